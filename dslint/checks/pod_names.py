"""Fields of a pod spec that name another object, the pod's host or a condition.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`ValidatePodSpec`, `validatePodHostName`, `validateReadinessGates`, `validateSchedulingGroup`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

Grammar = Callable[[str], str | None]

_NAMES: tuple[tuple[str, Grammar], ...] = (
    ("serviceAccountName", syntax.dns_subdomain),
    ("nodeName", syntax.dns_subdomain),
    ("priorityClassName", syntax.dns_subdomain),
    ("runtimeClassName", syntax.dns_subdomain),
    ("hostname", syntax.dns_label),
    ("subdomain", syntax.dns_label),
)
# The StatefulSet controller writes these itself, so nobody judges what a template says.
_STATEFUL = frozenset({"hostname", "subdomain"})
_HOSTNAME = 64
_FIX = "write a name that Kubernetes accepts"

FIELDS: tuple[str, ...] = (
    *(field for field, _ in _NAMES),
    "serviceAccount",
    "readinessGates",
    "hostnameOverride",
    "schedulingGroup",
)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """Names that the API server refuses."""
    pod, path = _walk.judged(workload, target), workload.pod_path
    if not pod:
        return
    yield from _plain(pod, path, is_stateful=workload.kind == "StatefulSet")
    yield from _service_account(pod, path)
    if "readinessGates" in pod:
        yield from _readiness_gates(pod, (*path, "readinessGates"))
    if "hostnameOverride" in pod and gates.enabled(target, "HostnameOverride"):
        yield from _hostname_override(workload, pod)
    group = pod.get("schedulingGroup")
    if isinstance(group, dict) and gates.enabled(target, "GenericWorkload"):
        yield from _scheduling_group(workload, group)


def _plain(pod: Object, path: Path, *, is_stateful: bool) -> Iterator[Complaint]:
    """Names that are judged where they are given; an empty runtimeClassName is given."""
    for field, grammar in _NAMES:
        name = pod.get(field)
        if not isinstance(name, str) or (not name and field != "runtimeClassName"):
            continue
        fault = None if is_stateful and field in _STATEFUL else grammar(name)
        if fault:
            yield _invalid((*path, field), f'{field} "{name}": {fault}')


def _readiness_gates(pod: Object, path: Path) -> Iterator[Complaint]:
    for here, gate in _walk.items(pod.get("readinessGates"), path):
        condition = gate.get("conditionType")
        fault = syntax.qualified_name(condition) if isinstance(condition, str) else None
        if fault:
            yield _invalid((*here, "conditionType"), f'conditionType "{condition}": {fault}')


def _service_account(pod: Object, path: Path) -> Iterator[Complaint]:
    """The old name of serviceAccountName, which counts where the new one is not set."""
    name = pod.get("serviceAccount")
    if not name or not isinstance(name, str) or pod.get("serviceAccountName"):
        return
    fault = syntax.dns_subdomain(name)
    if fault:
        what = f'serviceAccount "{name}": {fault}'
        at = (*path, "serviceAccount")
        yield Complaint("DS106", (*path, "serviceAccountName"), what, at=at, fix=_FIX)


def _hostname_override(workload: Workload, pod: Object) -> Iterator[Complaint]:
    name = pod.get("hostnameOverride")
    if not isinstance(name, str):
        return
    path = (*workload.pod_path, "hostnameOverride")
    for field in ("setHostnameAsFQDN", "hostNetwork"):
        if pod.get(field) is True:
            what = f"hostnameOverride may not be specified when {field} is true"
            yield Complaint("DS199", path, what, fix=f"remove hostnameOverride or {field}")
    fault = syntax.dns_subdomain(name)
    if not fault and len(name) > _HOSTNAME:
        fault = f"must be no more than {_HOSTNAME} characters"
    if fault:
        yield _invalid(path, f'hostnameOverride "{name}": {fault}')


def _scheduling_group(workload: Workload, group: Object) -> Iterator[Complaint]:
    path = (*workload.pod_path, "schedulingGroup", "podGroupName")
    name = group.get("podGroupName")
    if name is None:
        yield _invalid(path, "schedulingGroup has no podGroupName")
        return
    fault = syntax.dns_subdomain(name) if isinstance(name, str) else None
    if fault:
        yield _invalid(path, f'podGroupName "{name}": {fault}')


def _invalid(path: Path, what: str) -> Complaint:
    return Complaint("DS106", path, what, fix=_FIX)
