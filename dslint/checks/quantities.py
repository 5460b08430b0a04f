"""Quantities that nobody else judges: sizes, divisors, what claims ask for, what gates leave out.

A quantity that cannot be read stops the API server before it validates anything, so nothing is
left out here for a version or a gate: containers' resources are judged by other files, and here
where the server does not validate them. Follows Quantity.UnmarshalJSON in
https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, quantity
from dslint.checks._walk import items, judged
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
_FOUND = Iterator[tuple[Path, object]]

FIELDS: tuple[str, ...] = (
    "env",
    "resources",
    "overhead",
    "emptyDir",
    "downwardAPI",
    "projected",
    "ephemeral",
    "volumeClaimTemplates",
)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """The complaint about each quantity that is none."""
    for path, value in _quantities(workload, target):
        if isinstance(value, str | int | float) and quantity.parse(value) is None:
            yield Complaint(
                "DS109", path, f'{path[-1]} "{value}" is no quantity', fix="write 100m or 1Gi, say"
            )


def _quantities(workload: Workload, target: Target) -> _FOUND:
    pod, path = workload.pod, workload.pod_path
    validated = bool(judged(workload, target))
    for field in _CONTAINERS:
        for at, container in items(pod.get(field), (*path, field)):
            if "env" in container:
                yield from _divisors(container.get("env"), (*at, "env"), "valueFrom")
            if "resources" in container and (field == "ephemeralContainers" or not validated):
                yield from _listed((*at, "resources"), mapping(container["resources"]))
    if "resources" in pod and not (validated and _is_pod_level(pod, target)):
        yield from _listed((*path, "resources"), mapping(pod["resources"]))
    if "overhead" in pod and not validated:
        yield from _each((*path, "overhead"), pod["overhead"])
    for at, volume in items(pod.get("volumes"), (*path, "volumes")):
        yield from _of_volume(at, volume)
    if workload.kind == "StatefulSet":
        templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
        for at, claim in items(templates, ("spec", "volumeClaimTemplates")):
            yield from _of_claim((*at, "spec"), mapping(claim.get("spec")))


def _is_pod_level(pod: Object, target: Target) -> bool:
    """Whether the server validates the pod's own resources; on Windows it refuses them whole."""
    is_windows = mapping(pod.get("os")).get("name") == "windows"
    return gates.enabled(target, "PodLevelResources") and not is_windows


def _listed(path: Path, resources: Object) -> _FOUND:
    for side in ("limits", "requests"):
        yield from _each((*path, side), resources.get(side))


def _each(path: Path, listed: object) -> _FOUND:
    for name, value in mapping(listed).items():
        yield (*path, name), value


def _of_volume(path: Path, volume: Object) -> _FOUND:
    if "emptyDir" in volume:
        yield (*path, "emptyDir", "sizeLimit"), mapping(volume["emptyDir"]).get("sizeLimit")
    if "downwardAPI" in volume:
        files = mapping(volume["downwardAPI"]).get("items")
        yield from _divisors(files, (*path, "downwardAPI", "items"))
    if "projected" in volume:
        sources = mapping(volume["projected"]).get("sources")
        for at, source in items(sources, (*path, "projected", "sources")):
            files = mapping(source.get("downwardAPI")).get("items")
            yield from _divisors(files, (*at, "downwardAPI", "items"))
    if "ephemeral" in volume:
        template = mapping(mapping(volume["ephemeral"]).get("volumeClaimTemplate"))
        here = (*path, "ephemeral", "volumeClaimTemplate", "spec")
        yield from _of_claim(here, mapping(template.get("spec")))


def _divisors(listed: object, path: Path, *within: str) -> _FOUND:
    """The divisor of each item's resourceFieldRef, which may stand `within` another field."""
    for at, item in items(listed, path):
        owner = item
        for step in within:
            owner = mapping(owner.get(step))
        reference = owner.get("resourceFieldRef")
        if reference is not None:
            yield (*at, *within, "resourceFieldRef", "divisor"), mapping(reference).get("divisor")


def _of_claim(path: Path, spec: Object) -> _FOUND:
    yield from _listed((*path, "resources"), mapping(spec.get("resources")))
