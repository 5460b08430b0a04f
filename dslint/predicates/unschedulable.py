"""A cordoned node takes no pod that does not tolerate the cordon.

Scheduler plug-in NodeUnschedulable; a kubelet does not ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import toleration_repairs
from dslint.node_facts import Taint
from dslint.question import Line, Question, Refused, Repair

ORDER = 1

TAINT = Taint("node.kubernetes.io/unschedulable", "", "NoSchedule")


def refusals(question: Question) -> Iterator[Refused]:
    """The cordoned nodes, unless the pod tolerates the taint of a cordon."""
    if question.by_kubelet or not question.universe.cordoned:
        return
    if question.tolerating(TAINT) is None:
        yield Refused(
            question.universe.cordoned, "cordoned (spec.unschedulable)", ("tolerations",), key=True
        )


def trace(question: Question) -> Iterator[Line]:
    """Whether the node is cordoned, and what tolerates that."""
    if not question.node.unschedulable:
        yield Line(holds=True, text="the node is not cordoned")
        return
    tolerated = question.tolerating(TAINT)
    by = "nobody tolerates that" if tolerated is None else f"tolerated by {tolerated}"
    yield Line(question.by_kubelet or tolerated is not None, f"the node is cordoned; {by}")


def repair(question: Question) -> Repair:
    """A toleration of the cordon, or its end."""
    patch = toleration_repairs.tolerating(question.workload, (TAINT,))
    return Repair(patch, ("kubectl uncordon {node}",))
