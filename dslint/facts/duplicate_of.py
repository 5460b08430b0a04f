"""The toleration that says the same, further up in the list."""

from __future__ import annotations

from dslint import toleration_cover, tolerations
from dslint.subject import Subject


def fact(subject: Subject) -> dict[str, str] | None:
    """`by`, the first toleration before this one that tolerates the same taints, as long as it.

    As `tolerations[0] (dedicated (Exists))`; `this` is this one in short. Null where there is
    none, and for a pod that a controller made, which has what that added.
    """
    if not tolerations.may_overlap(subject.workload, subject.site.index):
        return None
    comparison = tolerations.compares(subject.target)
    own = subject.tolerations
    one = own[subject.site.index]
    for other in own[: subject.site.index]:
        if (other.key, other.effect) != (one.key, one.effect):
            continue
        if toleration_cover.same(one, other, comparison):
            return {"by": other.told, "this": str(one)}
    return None
