"""Whether a toleration of the control plane's old taint has outlived the taint."""

from __future__ import annotations

from dslint.facts import control_plane_tolerated, duplicate_of, shadowed_by
from dslint.subject import Subject


def fact(subject: Subject) -> bool:
    """Whether the pod tolerates today's taint by its key beside the one of this toleration's key.

    False where a node of the inventory still has a taint of this key, and where another toleration
    of the list covers this one (then that is what is wrong with it).
    """
    if not subject.toleration_index.keys[control_plane_tolerated.KEY]:
        return False
    if not control_plane_tolerated.fact(subject):
        return False
    inventory = subject.inventory
    if inventory and any(taint.key == subject.key for taint in inventory.index.classes.taints):
        return False
    return duplicate_of.fact(subject) is None and shadowed_by.fact(subject) is None
