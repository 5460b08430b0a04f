"""Whether a toleration without a value is right to tolerate the empty value alone."""

from __future__ import annotations

from dslint.facts import duplicate_of, mismatched_taint, shadowed_by
from dslint.subject import Subject


def fact(subject: Subject) -> bool:
    """Whether every taint of that key on the nodes has the empty value, and one at least is there.

    True also where something else is said of the toleration: that another one covers it, or that
    it misses the taints of the nodes by its value. False where there is no inventory.
    """
    if duplicate_of.fact(subject) or shadowed_by.fact(subject):
        return True
    if subject.inventory is None:
        return False
    if mismatched_taint.fact(subject):
        return True
    taints = subject.inventory.index.classes.taints
    values = {taint.value for taint in taints if taint.key == subject.key}
    return values == {""}
