"""A pod with scheduling gates waits until they are lifted.

Scheduler plug-in SchedulingGates; a kubelet does not ask. On by default since Kubernetes 1.27.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.question import Question, Refused
from dslint.workloads import mappings, text

ORDER = 0


def refusals(question: Question) -> Iterator[Refused]:
    """Every node, where the pod has gates."""
    gates = mappings(question.workload.pod.get("schedulingGates"))
    on = question.target.gate("PodSchedulingReadiness", question.target.at_least("1.27"))
    if question.by_kubelet or not gates or not on:
        return
    names = ", ".join(text(gate.get("name")) for gate in gates)
    because = f"scheduling gates hold it back until they are lifted: {names}"
    yield Refused(question.universe.everything, because, ("schedulingGates",), key=True)
