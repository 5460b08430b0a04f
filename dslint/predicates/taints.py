"""A NoSchedule or NoExecute taint that nobody tolerates repels the pod.

Scheduler plug-in TaintToleration and the DaemonSet controller; a kubelet asks about NoExecute.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import toleration_repairs
from dslint.node_facts import Taint
from dslint.question import Line, Question, Refused, Repair

ORDER = 3


def refusals(question: Question) -> Iterator[Refused]:
    """For each taint that is not tolerated, the nodes that have it."""
    for taint, nodes in question.universe.taints.items():
        if not _repels(taint, question):
            continue
        if question.tolerating(taint) is None:
            yield Refused(nodes, f"untolerated taint {taint}", ("tolerations",), key=True)


def trace(question: Question) -> Iterator[Line]:
    """Each taint of the node with the toleration that tolerates it."""
    if not question.node.taints:
        yield Line(holds=True, text="the node has no taint")
    for taint in question.node.taints:
        tolerated = question.tolerating(taint)
        if tolerated is not None:
            yield Line(holds=True, text=f"taint {taint}: tolerated by {tolerated.told}")
            continue
        holds = not _repels(taint, question)
        counts = _why_not(taint) if holds else ""
        near = toleration_repairs.near_miss(taint, question.tolerations)
        yield Line(holds, f"taint {taint}: nobody tolerates it{counts}", near)


def repair(question: Question) -> Repair:
    """A toleration of each taint that nobody tolerates, or the taints taken off."""
    missing = [
        taint
        for taint in dict.fromkeys(question.node.taints)
        if _repels(taint, question) and question.tolerating(taint) is None
    ]
    commands = [f"kubectl taint nodes {{node}} {taint.key}:{taint.effect}-" for taint in missing]
    return Repair(toleration_repairs.tolerating(question.workload, missing), tuple(commands))


def _why_not(taint: Taint) -> str:
    """Why a taint that nobody tolerates does not repel."""
    if taint.effect == "NoSchedule":
        return "; the kubelet looks at NoExecute alone, and does not refuse"
    return "; it is only preferred, and does not refuse"


def _repels(taint: Taint, question: Question) -> bool:
    effects = ("NoExecute",) if question.by_kubelet else ("NoSchedule", "NoExecute")
    return taint.effect in effects
