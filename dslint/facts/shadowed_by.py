"""The toleration that leaves nothing for another one to do."""

from __future__ import annotations

from dslint import toleration_cover, tolerations
from dslint.facts import duplicate_of
from dslint.subject import Subject


def fact(subject: Subject) -> dict[str, object] | None:
    """`by`, another toleration of the list that tolerates every taint that this one could.

    As `tolerations[0] (dedicated (Exists))`; `this` is this one in short, and `longer` whether it
    says a longer time than `by`. Null where the pod would
    tolerate any taint otherwise without this one: so the shorter of two that evict after a time is
    not shadowed by a longer one after it. Null also for a duplicate, and for a pod that a
    controller made, which has what that added.
    """
    if not tolerations.may_overlap(subject.workload, subject.site.index):
        return None
    comparison = tolerations.compares(subject.target)
    own, index = subject.tolerations, subject.site.index
    one, rest = own[index], (*own[:index], *own[index + 1 :])
    if toleration_cover.tolerated(one, comparison) is None or duplicate_of.fact(subject):
        return None
    for other in rest:
        if other.position < 0 or not _wider(other, one):
            continue
        untimed = other._replace(seconds=None)
        if toleration_cover.missed(one, untimed, comparison) or toleration_cover.same(
            one, other, comparison
        ):
            continue
        if toleration_cover.changed(own, rest, comparison) is None:
            shorter = toleration_cover.missed(one, other, comparison) is not None
            by = f"{other.told}, for {other.seconds} s" if shorter else other.told
            return {"by": by, "this": str(one), "longer": shorter}
    return None


def _wider(other: tolerations.Toleration, one: tolerations.Toleration) -> bool:
    """Whether key and effect leave it possible; an API server refuses Equal without a key."""
    if not other.key and other.operator != "Exists":
        return False
    return other.key in ("", one.key) and other.effect in ("", one.effect)
