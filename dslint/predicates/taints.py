"""A NoSchedule or NoExecute taint that nobody tolerates repels the pod.

Scheduler plug-in TaintToleration and the DaemonSet controller; a kubelet asks about NoExecute.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.question import Question, Refused
from dslint.tolerations import first_tolerating

ORDER = 3


def refusals(question: Question) -> Iterator[Refused]:
    """For each taint that is not tolerated, the nodes that have it."""
    effects = ("NoExecute",) if question.by_kubelet else ("NoSchedule", "NoExecute")
    for taint, nodes in question.universe.taints.items():
        if taint.effect not in effects:
            continue
        if first_tolerating(question.tolerations, taint, question.comparison) is None:
            yield Refused(nodes, f"untolerated taint {taint}", ("tolerations",), key=True)
