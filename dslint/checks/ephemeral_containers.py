"""Ephemeral containers, which no manifest may have: they are added to a Pod that runs.

Follows ValidatePodCreate and ValidatePodTemplateSpec in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._walk import judged
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Workload

FIELDS: tuple[str, ...] = ("ephemeralContainers",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """The complaint about ephemeral containers, whatever stands in them."""
    listed = judged(workload, target).get("ephemeralContainers")
    if not isinstance(listed, list) or not listed:
        return
    template = "" if workload.kind == "Pod" else "a pod template"
    yield Complaint(
        "DS199",
        (*workload.pod_path, "ephemeralContainers"),
        f"{template or 'a Pod that is created'} has ephemeralContainers",
        key=True,
        why="they are added to a Pod that runs, with kubectl debug",
        fix="remove ephemeralContainers",
    )
