"""The tolerations that let a pod on a node and have it evicted after a while."""

from __future__ import annotations

from dslint import landing
from dslint.node_facts import Taint
from dslint.question import ask
from dslint.subject import Subject
from dslint.tolerations import Toleration

NEEDS_INVENTORY = True


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each toleration its `taint`, the `seconds` until the eviction, `nodes`, `names`, `path`.

    `toleration` says whose it is. Those that admission adds are one item, whose path is the pod's
    tolerations.
    """
    if subject.placement is None or subject.inventory is None:
        return []
    index = subject.inventory.index
    landed = landing.of(subject.placement, index)
    question = ask(subject.workload, index, subject.target)
    evicted: dict[int, tuple[Taint, Toleration, int]] = {}
    for taint, nodes in landed.universe.taints.items():
        toleration = question.tolerating(taint)
        if taint.effect != "NoExecute" or toleration is None or toleration.seconds is None:
            continue
        if nodes & landed.lands:
            at = toleration.position
            first, own, before = evicted.get(at, (taint, toleration, 0))
            evicted[at] = first, own, before | nodes & landed.lands
    return [
        {
            "taint": str(taint),
            "toleration": toleration.told,
            "seconds": max(0, toleration.seconds or 0),
            **landed.told(nodes),
            "path": _path(subject, toleration),
        }
        for taint, toleration, nodes in evicted.values()
    ]


def _path(subject: Subject, toleration: Toleration) -> tuple[str | int, ...]:
    own = (*subject.workload.pod_path, "tolerations")
    if toleration.position < 0:
        return own if "tolerations" in subject.workload.pod else subject.workload.pod_path
    return (*own, toleration.position, "tolerationSeconds")
