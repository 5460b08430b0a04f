"""Whether a toleration without an effect keeps a pod where NoExecute would evict it."""

from __future__ import annotations

from dslint import tolerations
from dslint.facts import duplicate_of, shadowed_by
from dslint.node_facts import Taint
from dslint.subject import Subject


def fact(subject: Subject) -> bool:
    """Whether it is this toleration that tolerates NoExecute taints of its key.

    False where the DaemonSet controller tolerates them anyway, where another toleration covers
    this one, and, with an inventory, where no node has such a taint.
    """
    index = subject.toleration_index
    one = index.tolerations[subject.site.index]
    others = index.of_its_key(Taint(one.key, one.value, "NoExecute"))
    if any(other != subject.site.index for other in others):
        return False
    if duplicate_of.fact(subject) or shadowed_by.fact(subject):
        return False
    if subject.inventory is None:
        return True
    return any(
        taint.effect == "NoExecute" and tolerations.tolerates(one, taint, index.comparison)
        for taint in subject.inventory.index.classes.taints
    )
