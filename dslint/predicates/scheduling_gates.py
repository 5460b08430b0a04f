"""A pod with scheduling gates waits until they are lifted.

Scheduler plug-in SchedulingGates; a kubelet does not ask. On by default since Kubernetes 1.27.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import edits
from dslint.question import Line, Question, Refused, Repair
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


def trace(question: Question) -> Iterator[Line]:
    """Each gate; none of them holds as long as it stands there."""
    refused = any(one.nodes for one in refusals(question))
    gates = mappings(question.workload.pod.get("schedulingGates"))
    if not gates:
        yield Line(holds=True, text="no scheduling gate")
    for gate in gates:
        yield Line(not refused, f"scheduling gate {text(gate.get('name'))}")


def repair(_question: Question) -> Repair:
    """Without the gates the scheduler looks at the pod."""
    return Repair(edits.remove(("schedulingGates",)))
