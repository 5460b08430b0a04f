"""The nodes without a machine that a workload lands on, and what lets it in."""

from __future__ import annotations

from dslint import landing, node_kinds
from dslint.node_kinds import VIRTUAL
from dslint.question import ask
from dslint.subject import Subject

NEEDS_INVENTORY = True


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: `nodes`, `names`, and `because`, the taint and the toleration that tolerates it.

    `path` is that toleration, the pod spec where the nodes have no such taint. Empty for another
    kind than DaemonSet whose toleration names the taint's key: it is sent there on purpose.
    """
    if subject.placement is None or subject.inventory is None:
        return []
    index = subject.inventory.index
    landed = landing.of(subject.placement, index)
    nodes = landed.lands & node_kinds.virtual(landed.universe)
    if not nodes:
        return []
    daemon, pod_path = subject.workload.kind == "DaemonSet", subject.workload.pod_path
    question = ask(subject.workload, index, subject.target)
    for taint, tainted in landed.universe.taints.items():
        toleration = question.tolerating(taint)
        if taint.key not in VIRTUAL or not tainted & nodes or toleration is None:
            continue
        if toleration.key and not daemon:
            return []
        because = f"{toleration.told} tolerates {taint}"
        path = (*pod_path, "tolerations", toleration.position)
        return [{"because": because, **landed.told(nodes), "path": path}]
    because = "no taint keeps it away, and its node selector and affinity admit them"
    return [{"because": because, **landed.told(nodes), "path": pod_path}] if daemon else []
