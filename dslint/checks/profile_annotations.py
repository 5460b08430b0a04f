"""Seccomp and AppArmor profiles in annotations, as they were named before there were fields.

Follows ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations and what compares them
with the fields, in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint.checks._paths import descending
from dslint.checks._profiles import app_armor
from dslint.checks._walk import containers, items, judged, part
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS131"
_SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"
_SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
_APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
_LOCALHOST = "localhost/"
_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
_SECCOMP_NAMES = {
    "Unconfined": ("unconfined",),
    "RuntimeDefault": ("runtime/default", "docker/default"),
}
_APP_ARMOR_NAMES = {"Unconfined": ("unconfined",), "RuntimeDefault": ("runtime/default",)}

FIELDS: tuple[str, ...] = ("annotations",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the profiles that the pod's annotations name."""
    annotations = mapping(workload.pod_metadata.get("annotations"))
    profiles = {key: text or "" for key, text in annotations.items() if _is_profile(key, text)}
    if not profiles:
        return
    at = (*workload.pod_path[:-1], "metadata", "annotations")
    # The server leaves `metadata` of a template out of the path.
    named = at if workload.kind == "Pod" else (*workload.pod_path[:-1], "annotations")
    for key, text in profiles.items():
        if key.startswith(_APP_ARMOR):
            yield from _app_armor(key, str(text), (named, at), workload)
        elif fault := _seccomp_fault(str(text)):
            path = (*named[:-1], f"annotations.{key}")
            yield Complaint(_RULE, path, f'seccomp profile "{text}" {fault}', at=(*at, key))
    if judged(workload, target):
        yield from _conflicts(profiles, workload, target)


def _is_profile(key: str, text: object) -> bool:
    known = key == _SECCOMP_POD or key.startswith((_SECCOMP, _APP_ARMOR))
    return known and (text is None or isinstance(text, str))


def _seccomp_fault(profile: str) -> str | None:
    if profile in ("unconfined", "runtime/default", "docker/default"):
        return None
    if profile.startswith(_LOCALHOST):
        return descending(profile.removeprefix(_LOCALHOST))
    return "is none of runtime/default, docker/default, unconfined and localhost/…"


def _app_armor(
    key: str, profile: str, paths: tuple[Path, Path], workload: Workload
) -> Iterator[Complaint]:
    named, at = ((*path, key) for path in paths)
    name = key.removeprefix(_APP_ARMOR)
    listed = (items(workload.pod.get(field), ()) for field in _CONTAINERS)
    if not any(container.get("name") == name for found in listed for _, container in found):
        yield Complaint(
            _RULE,
            named,
            f'an AppArmor profile is named for container "{name}", which the pod does not have',
            at=at,
            key=True,
            fix="correct the container's name, or remove the annotation",
        )
    if profile not in ("", "unconfined", "runtime/default") and not profile.startswith(_LOCALHOST):
        yield Complaint(_RULE, named, f'"{profile}" is no AppArmor profile', at=at)


def _conflicts(profiles: Object, workload: Workload, target: Target) -> Iterator[Complaint]:
    """Annotations that say something else than the fields."""
    pod = workload.pod
    path = (*workload.pod_path, "securityContext")
    of_pod = mapping(pod.get("securityContext"))
    yield from _seccomp_conflict(path, of_pod, profiles.get(_SECCOMP_POD))
    windows = mapping(pod.get("os")).get("name") == "windows"
    for at, container in containers(workload, target):
        own = mapping(container.get("securityContext"))
        here, name = (*at, "securityContext"), container.get("name")
        yield from _seccomp_conflict(here, own, profiles.get(f"{_SECCOMP}{name}"))
        if windows or not target.at_least("1.30"):
            continue
        profile, annotation = part(own, "appArmorProfile"), profiles.get(f"{_APP_ARMOR}{name}")
        # A Pod's annotation becomes the container's field where that is missing
        # (applyAppArmorVersionSkew), a template's does not.
        if profile is None and (workload.kind != "Pod" or not _becomes_field(annotation)):
            profile = part(of_pod, "appArmorProfile")
        yield from _conflict((*here, "appArmorProfile"), profile, annotation, _APP_ARMOR_NAMES)


def _becomes_field(annotation: object) -> bool:
    """Whether the field would be accepted that a Pod's AppArmor annotation is made into."""
    if not isinstance(annotation, str) or not annotation.startswith(_LOCALHOST):
        return annotation in ("unconfined", "runtime/default")
    profile = {"type": "Localhost", "localhostProfile": annotation.removeprefix(_LOCALHOST)}
    return next(app_armor((), profile), None) is None


def _seccomp_conflict(path: Path, context: Object, annotation: object) -> Iterator[Complaint]:
    profile = part(context, "seccompProfile")
    return _conflict((*path, "seccompProfile"), profile, annotation, _SECCOMP_NAMES)


def _conflict(
    path: Path, profile: Object | None, annotation: object, names: Mapping[str, tuple[str, ...]]
) -> Iterator[Complaint]:
    if profile is None or not isinstance(annotation, str):
        return
    kind, field = profile.get("type"), "type"
    if kind == "Localhost" and annotation.startswith(_LOCALHOST):
        field = "localhostProfile"
        agrees = annotation.removeprefix(_LOCALHOST) == profile.get("localhostProfile")
    else:
        agrees = kind != "Localhost" and annotation in names.get(str(kind), (annotation,))
    if not agrees:
        yield Complaint(
            _RULE,
            (*path, field),
            f'{path[-1]} is {kind}, and the annotation beside it says "{annotation}"',
            at=path,
            fix="remove the annotation",
        )
