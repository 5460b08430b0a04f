"""Whether a toleration tolerates no taint that is there."""

from __future__ import annotations

from dslint import tolerations
from dslint.facts import (
    duplicate_of,
    evicting_taint,
    mismatched_taint,
    near_taint_key,
    shadowed_by,
)
from dslint.subject import Subject

NEEDS_INVENTORY = True
_CLOSER = (duplicate_of, shadowed_by, mismatched_taint, near_taint_key, evicting_taint)


def fact(subject: Subject) -> bool:
    """Whether no node of the inventory has a taint that the toleration tolerates.

    False where more is known of the toleration: it is covered by another one, or misses a taint by
    its value, its key or its effect alone.
    """
    if subject.inventory is None:
        return False
    comparison = tolerations.compares(subject.target)
    one = subject.tolerations[subject.site.index]
    taints = subject.inventory.index.classes.taints
    if any(tolerations.tolerates(one, taint, comparison) for taint in taints):
        return False
    return not any(closer.fact(subject) for closer in _CLOSER)
