"""The values that a label has on the nodes."""

from __future__ import annotations

from dslint.subject import Subject

# More values than this tell a reader nothing.
_SHOWN = 5


def fact(subject: Subject) -> list[str]:
    """The values of the site's label on the nodes of the inventory, at most five, sorted.

    Empty where no node has the label or there is no inventory.
    """
    if subject.inventory is None:
        return []
    return sorted(subject.inventory.index.nodes.values(subject.key))[:_SHOWN]
