"""A cordoned node takes no pod that does not tolerate the cordon.

Scheduler plug-in NodeUnschedulable; a kubelet does not ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.node_facts import Taint
from dslint.question import Question, Refused
from dslint.tolerations import first_tolerating

ORDER = 1

TAINT = Taint("node.kubernetes.io/unschedulable", "", "NoSchedule")


def refusals(question: Question) -> Iterator[Refused]:
    """The cordoned nodes, unless the pod tolerates the taint of a cordon."""
    if question.by_kubelet or not question.universe.cordoned:
        return
    if first_tolerating(question.tolerations, TAINT, question.comparison) is None:
        yield Refused(
            question.universe.cordoned, "cordoned (spec.unschedulable)", ("tolerations",), key=True
        )
