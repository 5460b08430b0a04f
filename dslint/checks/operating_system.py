"""The pod's operating system, and the fields that only the other one knows.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateOS`, `validateLinux`, `validateWindows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dslint.checks import _walk
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_RULE = "DS130"
_SYSTEMS = ("linux", "windows")
_POD_FIELDS = ("hostUsers", "shareProcessNamespace")
_POD_FLAGS = ("hostPID", "hostIPC")
_POD_CONTEXT = (
    "appArmorProfile seLinuxOptions seccompProfile fsGroup fsGroupChangePolicy sysctls runAsUser"
    " runAsGroup supplementalGroups supplementalGroupsPolicy seLinuxChangePolicy"
).split()
_GATES = {
    "hostUsers": "UserNamespacesSupport",
    "seLinuxChangePolicy": "SELinuxChangePolicy",
    "supplementalGroupsPolicy": "SupplementalGroupsPolicy",
}
_CONTEXT = (
    "appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged"
    " allowPrivilegeEscalation procMount runAsUser runAsGroup"
).split()

FIELDS: tuple[str, ...] = ("os",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `os`, and because of it."""
    pod = _walk.judged(workload, target)
    system = pod.get("os")
    if not isinstance(system, dict):
        return
    name, path = system.get("name") or "", workload.pod_path
    if not isinstance(name, str):
        return
    if not name:
        yield Complaint(_RULE, (*path, "os", "name"), "os has no name", fix="write linux")
    elif name not in _SYSTEMS:
        yield _unknown(name, workload)
    elif name == "linux":
        yield from _linux(workload, pod, target)
    else:
        yield from _windows(workload, pod, target)


def _unknown(name: str, workload: Workload) -> Complaint:
    at = (*workload.pod_path, "os", "name")
    return _walk.unsupported(_RULE, at[:-1], name, _SYSTEMS, at)


def _linux(workload: Workload, pod: Object, target: Target) -> Iterator[Complaint]:
    yield from _context(pod, workload.pod_path, ("windowsOptions",), "linux")
    for path, container in _walk.containers(workload, target):
        yield from _context(container, path, ("windowsOptions",), "linux")


def _windows(workload: Workload, pod: Object, target: Target) -> Iterator[Complaint]:
    for field in _kept(_POD_FIELDS, target):
        if pod.get(field) is not None:
            yield _forbidden((*workload.pod_path, field), "windows")
    for field in _POD_FLAGS:
        if pod.get(field) is True:
            yield _forbidden((*workload.pod_path, field), "windows")
    yield from _context(pod, workload.pod_path, _kept(_POD_CONTEXT, target), "windows")
    for path, container in _walk.containers(workload, target):
        yield from _context(container, path, _CONTEXT, "windows")


def _kept(fields: Sequence[str], target: Target) -> list[str]:
    """The fields without those that the server drops, because their gate is off."""
    return [name for name in fields if name not in _GATES or enabled(target, _GATES[name])]


def _context(owner: Object, path: Path, fields: Sequence[str], system: str) -> Iterator[Complaint]:
    context = owner.get("securityContext")
    if not isinstance(context, dict):
        return
    for field in fields:
        # An empty list of sysctls is the one that Kubernetes takes as absent.
        if context.get(field) is not None and not (field == "sysctls" and context[field] == []):
            yield _forbidden((*path, "securityContext", field), system)


def _forbidden(path: Path, system: str) -> Complaint:
    what = f"{path[-1]} cannot be set for a {system} pod"
    fix = f"remove {path[-1]}, or set os.name to the other system"
    return Complaint(_RULE, path, what, key=True, fix=fix)
