"""Security contexts of the pod and of its containers.

Follows validatePodSpecSecurityContext and ValidateSecurityContext in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._profiles import app_armor, seccomp
from dslint.checks._walk import having, judged, number, part, unsupported
from dslint.checks._windows_options import windows_options
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS131"
_MOST = 2**31 - 1
_PROC_MOUNTS = ("Default", "Unmasked")
_POD_WORDS = (
    ("fsGroupChangePolicy", ("Always", "OnRootMismatch"), None),
    ("supplementalGroupsPolicy", ("Merge", "Strict"), "SupplementalGroupsPolicy"),
)

FIELDS: tuple[str, ...] = ("securityContext",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the security contexts."""
    pod = judged(workload, target)
    context = part(pod, "securityContext")
    if context:
        yield from _pod(workload, context, target)
    for path, _, container in having(workload, target, "securityContext"):
        own = part(container, "securityContext")
        if own:
            yield from _container(path, own, pod, target)


def _pod(workload: Workload, context: Object, target: Target) -> Iterator[Complaint]:
    path = (*workload.pod_path, "securityContext")
    yield from _ids(path, context, ("fsGroup", "runAsUser", "runAsGroup"))
    groups = context.get("supplementalGroups")
    if isinstance(groups, list):
        for index, group in enumerate(groups):
            yield from _id((*path, "supplementalGroups", index), "supplementalGroups", group)
    for field, known, gate in _POD_WORDS:
        value = context.get(field)
        if isinstance(value, str) and value not in known and (not gate or enabled(target, gate)):
            yield unsupported(_RULE, (*path, field), value, known)
    yield from _selinux((*path, "seLinuxChangePolicy"), context, target)
    yield from _profiles(path, context)


def _selinux(path: Path, context: Object, target: Target) -> Iterator[Complaint]:
    value = context.get("seLinuxChangePolicy")
    if not isinstance(value, str) or not enabled(target, "SELinuxChangePolicy"):
        return
    known = ("MountOption", "Recursive") if enabled(target, "SELinuxMount") else ("Recursive",)
    if value not in known:
        yield unsupported(_RULE, path, value, known)


def _container(path: Path, context: Object, pod: Object, target: Target) -> Iterator[Complaint]:
    yield from _ids(path, context, ("runAsUser", "runAsGroup"))
    yield from _profiles(path, context)
    if "procMount" in context and enabled(target, "ProcMountType"):
        # Without its gate the server drops hostUsers before it looks.
        shared = pod.get("hostUsers") is not False or not enabled(target, "UserNamespacesSupport")
        yield from _proc_mount((*path, "procMount"), context.get("procMount"), shared)
    if context.get("allowPrivilegeEscalation") is False:
        yield from _escalation(path, context)


def _profiles(path: Path, context: Object) -> Iterator[Complaint]:
    yield from seccomp((*path, "seccompProfile"), part(context, "seccompProfile"))
    yield from app_armor((*path, "appArmorProfile"), part(context, "appArmorProfile"))
    options = part(context, "windowsOptions")
    if options:
        yield from windows_options((*path, "windowsOptions"), options)


def _ids(path: Path, context: Object, fields: tuple[str, ...]) -> Iterator[Complaint]:
    for field in fields:
        if field in context:
            yield from _id((*path, field), field, context.get(field))


def _id(path: Path, field: str, value: object) -> Iterator[Complaint]:
    given = number(value)
    if given is not None and not 0 <= given <= _MOST:
        yield Complaint(
            _RULE,
            path,
            f"{field} {given} is not between 0 and {_MOST}",
            fix="use an id that Linux has",
        )


def _proc_mount(path: Path, value: object, shared: bool) -> Iterator[Complaint]:
    if not isinstance(value, str):
        return
    if value not in _PROC_MOUNTS:
        yield unsupported(_RULE, path, value, _PROC_MOUNTS)
    elif value == "Unmasked" and shared:
        yield Complaint(
            _RULE,
            path,
            "procMount is Unmasked and the pod shares the node's user namespace",
            fix="set hostUsers: false, or remove procMount",
        )


def _escalation(path: Path, context: Object) -> Iterator[Complaint]:
    added = mapping(context.get("capabilities")).get("add")
    privileged = context.get("privileged") is True
    if not privileged and not (isinstance(added, list) and "CAP_SYS_ADMIN" in added):
        return
    yield Complaint(
        _RULE,
        path,
        "allowPrivilegeEscalation is false beside "
        + ("privileged: true" if privileged else "capabilities.add CAP_SYS_ADMIN"),
        at=(*path, "allowPrivilegeEscalation"),
        why="a container with such rights has escalated already",
        fix="remove allowPrivilegeEscalation, or the rights",
    )
