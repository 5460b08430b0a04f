"""The names of the nodes that a workload lands on."""

from __future__ import annotations

import itertools

from dslint.subject import Subject

NEEDS_INVENTORY = True
_SHOWN = 3


def fact(subject: Subject) -> list[str]:
    """The names of the first nodes that it lands on, at most three, in inventory order."""
    if subject.placement is None:
        return []
    return list(itertools.islice(subject.placement.lands, _SHOWN))
