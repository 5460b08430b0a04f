"""The toleration that leaves nothing for another one to do."""

from __future__ import annotations

from dslint.subject import Subject


def fact(subject: Subject) -> dict[str, object] | None:
    """`by`, another toleration of the list that tolerates every taint that this one could.

    As `tolerations[0] (dedicated (Exists))`; `this` is this one in short, and `longer` whether it
    says a longer time than `by`. Null where the pod would
    tolerate any taint otherwise without this one: so the shorter of two that evict after a time is
    not shadowed by a longer one after it. Null also for a duplicate, and for a pod that a
    controller made, which has what that added.
    """
    if not subject.may_overlap:
        return None
    index, at = subject.toleration_index, subject.site.index
    if at in index.needed or index.duplicate(at) is not None:
        return None
    found = index.covering(at)
    if found is None:
        return None
    one, other = index.tolerations[at], index.tolerations[found]
    shorter = index.is_shorter(found, at)
    by = f"{other.told}, for {other.seconds} s" if shorter else other.told
    return {"by": by, "this": str(one), "longer": shorter}
