"""The counts and words of a controller's own spec: replicas, seconds, limits, policies.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, text

_RULE = "DS199"
_COUNTS = {
    "DaemonSet": ("minReadySeconds", "revisionHistoryLimit"),
    "Deployment": (
        "replicas",
        "minReadySeconds",
        "revisionHistoryLimit",
        "progressDeadlineSeconds",
    ),
    # Of a negative revisionHistoryLimit the server only warns: it keeps every revision.
    # https://github.com/kubernetes/kubernetes/pull/129017
    "StatefulSet": ("replicas", "minReadySeconds"),
    "ReplicaSet": ("replicas", "minReadySeconds"),
    "ReplicationController": ("replicas", "minReadySeconds"),
}
_MANAGEMENT = ("OrderedReady", "Parallel")
_RETENTION = ("Retain", "Delete")
_PROGRESS = 600  # the default of progressDeadlineSeconds: pkg/apis/apps/v1/defaults.go

FIELDS: tuple[str, ...] = (
    "replicas",
    "minReadySeconds",
    "revisionHistoryLimit",
    "progressDeadlineSeconds",
    "podManagementPolicy",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy",
    "serviceName",
)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses beside the pod template."""
    counts = _COUNTS.get(workload.kind)
    if counts is None:
        return
    spec = mapping(workload.manifest.get("spec"))
    yield from negatives(spec, ("spec",), counts)
    if workload.kind == "Deployment":
        yield from _progress(spec)
    elif workload.kind == "StatefulSet":
        yield from _stateful_set(spec, target)


def negatives(
    spec: Object, path: tuple[str | int, ...], fields: tuple[str, ...]
) -> Iterator[Complaint]:
    """The fields that hold a negative number."""
    for field in fields:
        number = _walk.number(spec.get(field))
        if number is not None and number < 0:
            what = f"{field} {number} must be greater than or equal to 0"
            yield Complaint(_RULE, (*path, field), what, fix="set 0 or more")


def _progress(spec: Object) -> Iterator[Complaint]:
    given = spec.get("progressDeadlineSeconds")
    deadline = _PROGRESS if given is None else _walk.number(given)
    ready = _walk.number(spec.get("minReadySeconds")) or 0
    if deadline is not None and deadline <= ready:
        what = f"progressDeadlineSeconds {deadline} must be greater than minReadySeconds {ready}"
        path = ("spec", "progressDeadlineSeconds")
        at = path if given is not None else ("spec", "minReadySeconds")
        yield Complaint(_RULE, path, what, at=at, fix="raise it, or lower minReadySeconds")


def _stateful_set(spec: Object, target: Target) -> Iterator[Complaint]:
    policy = spec.get("podManagementPolicy") or "OrderedReady"
    if isinstance(policy, str) and policy not in _MANAGEMENT:
        path = ("spec", "podManagementPolicy")
        yield _walk.unsupported(_RULE, path, policy, _MANAGEMENT)
    start = _walk.number(mapping(spec.get("ordinals")).get("start"))
    if start is not None and start < 0 and gates.enabled(target, "StatefulSetStartOrdinal"):
        what = f"ordinals.start {start} must be greater than or equal to 0"
        at = ("spec", "ordinals", "start")
        yield Complaint(_RULE, ("spec", "ordinals.start"), what, at=at, fix="set 0 or more")
    if gates.enabled(target, "StatefulSetAutoDeletePVC"):
        yield from _retention(mapping(spec.get("persistentVolumeClaimRetentionPolicy")))
    service = text(spec.get("serviceName"))
    # https://github.com/kubernetes/kubernetes/pull/130233
    fault = syntax.dns_label(service) if service and target.at_least("1.33") else None
    if fault:
        what, path = f'serviceName "{service}": {fault}', ("spec", "serviceName")
        yield Complaint("DS106", path, what, fix="write the name of a Service")


def _retention(policies: Object) -> Iterator[Complaint]:
    for field in ("whenDeleted", "whenScaled"):
        policy = policies.get(field)
        if policy and isinstance(policy, str) and policy not in _RETENTION:
            path = ("spec", "persistentVolumeClaimRetentionPolicy", field)
            yield _walk.unsupported(_RULE, path, policy, _RETENTION)
