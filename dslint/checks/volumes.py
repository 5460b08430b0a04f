"""Volumes of a pod: their names, and that each has one source.

What stands in a source is judged by the files of its kind. Follows ValidateVolumes and
validateVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks._sources import sources_of, volumes
from dslint.checks._walk import items, judged, word
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

# The server's own spellings in "may not specify more than 1 volume type".
_SECOND = {"cephfs": "cephFS", "downwardAPI": "downwarAPI"}

FIELDS: tuple[str, ...] = ("volumes", "volumeClaimTemplates")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the volumes' names, and which have more than one source."""
    seen: set[str] = set()
    for path, volume in volumes(workload, target):
        name = volume.get("name")
        if isinstance(name, str):
            yield from _name((*path, "name"), name, name in seen)
            seen.add(name)
        yield from _sources(path, volume)
    if workload.kind == "StatefulSet":
        yield from _claims(workload, target)


def _name(path: Path, name: str, again: bool) -> Iterator[Complaint]:
    if not name:
        yield Complaint("DS103", path, "a volume has an empty name", fix="name the volume")
    elif fault := syntax.dns_label(name):
        yield Complaint("DS106", path, f'volume name "{name}": {fault}')
    elif again:
        yield Complaint(
            "DS115",
            path,
            f'two volumes are named "{name}"',
            fix="give each volume a name of its own",
        )


def _sources(path: Path, volume: Object) -> Iterator[Complaint]:
    given = sources_of(volume)
    for kind in given[1:]:
        yield Complaint(
            "DS118",
            (*path, _SECOND.get(kind, kind)),
            f"volume {volume.get('name', '')} has both {given[0]} and {kind}",
            at=(*path, kind),
            key=True,
            fix="make two volumes of it, or keep one source",
        )


def _claims(workload: Workload, target: Target) -> Iterator[Complaint]:
    """A StatefulSet's claim templates become volumes of the pod, and their names volume names."""
    if not judged(workload, target):
        return
    templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
    for count, (at, claim) in enumerate(items(templates, ("spec", "volumeClaimTemplates"))):
        name = word(mapping(claim.get("metadata")), "name")
        fault = None if name is None else syntax.dns_label(name)
        if fault:
            yield Complaint(
                "DS106",
                (*workload.pod_path, "volumes", count, "name"),
                f'volume claim template "{name}": {fault}' if name else "a claim has no name",
                at=(*at, "metadata", "name") if name else at,
                why="each pod gets a volume of that name",
            )
