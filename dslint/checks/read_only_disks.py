"""GCE disks of more than one pod, which before 1.29 had to be read-only.

Follows ValidateReadOnlyPersistentDisks of Kubernetes 1.28 (kubernetes/kubernetes,
pkg/apis/core/validation/validation.go); since 1.29 SkipReadOnlyValidationGCE leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._sources import volumes
from dslint.checks._walk import number, part
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Workload, mapping

_REPLICATED = frozenset({"Deployment", "ReplicaSet", "ReplicationController"})

FIELDS: tuple[str, ...] = ("gcePersistentDisk",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """The complaint about each writable disk of a workload that runs more than one pod."""
    if target.at_least("1.29") or not _is_many(workload):
        return
    for path, volume in volumes(workload, target):
        disk = part(volume, "gcePersistentDisk")
        if disk is not None and disk.get("readOnly") is not True:
            yield Complaint(
                "DS199",
                (*path, "gcePersistentDisk", "readOnly"),
                f"disk {disk.get('pdName', '')} is not read-only, and more than one pod has it",
                fix="set readOnly: true",
            )


def _is_many(workload: Workload) -> bool:
    if workload.kind == "DaemonSet":
        return True
    replicas = number(mapping(workload.manifest.get("spec")).get("replicas"))
    return workload.kind in _REPLICATED and (replicas or 0) > 1
