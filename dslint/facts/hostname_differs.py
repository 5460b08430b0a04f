"""Whether a node whose name is asked for as its hostname has another one."""

from __future__ import annotations

from dslint.subject import Subject
from dslint.workloads import texts

LABEL = "kubernetes.io/hostname"


def fact(subject: Subject) -> list[str] | None:
    """The nodes that are called as asked and have another hostname: `node node-1 has ip-10`.

    Empty where there is no inventory to tell, null where every value that is asked for is as it
    should be.
    """
    values = texts(subject.value.get("values")) or texts([subject.value.get("value")])
    if not values or subject.inventory is None:
        return [] if values else None
    index = subject.inventory.index
    found = []
    for name in values:
        position = index.positions.get(name)
        if position is not None:
            label = index.facts[position].labels.get(LABEL)
            if label != name:
                found.append(f"node {name} " + (f"has {label}" if label else "has none"))
    return found or None
