"""Scheduling gates: their names, none twice, and no node named while there are any.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateSchedulingGates`, `ValidatePodCreate`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Workload, text

FIELDS: tuple[str, ...] = ("schedulingGates",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `schedulingGates`."""
    pod = _walk.judged(workload, target)
    listed = pod.get("schedulingGates")
    if not listed or not gates.enabled(target, "PodSchedulingReadiness"):
        return
    seen: set[str] = set()
    for path, gate in _walk.items(listed, (*workload.pod_path, "schedulingGates")):
        name = text(gate.get("name"))
        fault = syntax.qualified_name(name)
        if fault:
            what = f'scheduling gate "{name}": {fault}'
            at = (*path, "name") if name else path
            yield Complaint("DS129", path, what, at=at, fix="write a qualified name")
        if name in seen:
            what = f'scheduling gate "{name}" is there twice'
            yield Complaint("DS129", path, what, fix="remove one of the two")
        seen.add(name)
    if workload.kind == "Pod" and pod.get("nodeName"):
        what = "nodeName cannot be set until all schedulingGates have been cleared"
        path = (*workload.pod_path, "nodeName")
        yield Complaint("DS129", path, what, fix="remove nodeName or the gates")
