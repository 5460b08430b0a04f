"""Whether a node has the value that is asked of a role label."""

from __future__ import annotations

from dslint.subject import Subject
from dslint.workloads import texts


def fact(subject: Subject) -> bool:
    """Whether a node of the inventory has the role label with one of the values asked for.

    False where there is no inventory: most installers set role labels with an empty value.
    """
    if subject.inventory is None:
        return False
    values = texts(subject.value.get("values")) or texts([subject.value.get("value")])
    found = subject.inventory.index.nodes.values(subject.key)
    return any(value in found for value in values)
