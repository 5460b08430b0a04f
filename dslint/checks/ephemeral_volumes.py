"""Ephemeral volumes: the claim that is made for each, its metadata, and its name in a Pod.

Follows ValidatePersistentVolumeClaimTemplate and ValidateVolumes in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import labels, syntax
from dslint.checks._annotations import overweight
from dslint.checks._claims import claim_faults
from dslint.checks._sources import sources_of, volumes
from dslint.checks._walk import part
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, text

_RULE = "DS199"
_ALLOWED = frozenset({"annotations", "labels"})
# What Go reads as not set; an empty list is one that is set, and so is 0 behind a pointer.
_ZEROES = {"generation": 0, "deletionGracePeriodSeconds": None}

FIELDS: tuple[str, ...] = ("ephemeral",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the claim templates of ephemeral volumes."""
    made: set[str] = set()
    for path, volume in volumes(workload, target):
        ephemeral = part(volume, "ephemeral")
        if ephemeral is None:
            continue
        made.add(f"{workload.name}-{volume.get('name')}")
        template = part(ephemeral, "volumeClaimTemplate")
        if template is None or sources_of(volume)[0] != "ephemeral":
            continue
        here = (*path, "ephemeral", "volumeClaimTemplate")
        yield from _metadata((*here, "metadata"), mapping(template.get("metadata")))
        yield from claim_faults((*here, "spec"), mapping(template.get("spec")), target)
        yield from _claim_name(path, volume, workload)
    if made and _is_named(workload):
        yield from _used_elsewhere(workload, target, made)


def _metadata(path: Path, metadata: Object) -> Iterator[Complaint]:
    """Labels and annotations go to the claim; nothing else may be set."""
    annotations = metadata.get("annotations")
    if fault := overweight(annotations):
        yield Complaint("DS108", (*path, "annotations"), f"annotations {fault}")
    for key in mapping(annotations):
        if fault := syntax.annotation_key(key):
            yield Complaint(
                "DS108", (*path, "annotations"), f'annotation "{key}": {fault}', key=True
            )
    yield from labels.faults(metadata.get("labels"), (*path, "labels"))
    for field, value in metadata.items():
        if field not in _ALLOWED and value not in (None, _ZEROES.get(field, "")):
            # The server makes the path of Go's UID, in which only the first letter is lowered.
            yield Complaint(
                _RULE,
                (*path, "uID" if field == "uid" else field),
                f"a volumeClaimTemplate has metadata.{field}",
                at=(*path, field),
                why="the claim's name and owner are those of its pod",
                fix=f"remove {field}",
            )


def _is_named(workload: Workload) -> bool:
    """Only a Pod that has its name already is told what its claims will be called."""
    metadata = mapping(workload.manifest.get("metadata"))
    return workload.kind == "Pod" and bool(text(metadata.get("name")))


def _claim_name(path: Path, volume: Object, workload: Workload) -> Iterator[Complaint]:
    name = text(volume.get("name"))
    if not name or not _is_named(workload):
        return
    fault = syntax.dns_subdomain(f"{workload.name}-{name}")
    if fault and not syntax.dns_label(name) and not syntax.dns_subdomain(workload.name):
        yield Complaint(
            _RULE,
            (*path, "name"),
            f'the claim "{workload.name}-{name}" of the volume: {fault}',
            fix="give the Pod or the volume a shorter name",
        )


def _used_elsewhere(workload: Workload, target: Target, made: set[str]) -> Iterator[Complaint]:
    for path, volume in volumes(workload, target):
        claim = text(mapping(volume.get("persistentVolumeClaim")).get("claimName"))
        if claim in made:
            yield Complaint(
                _RULE,
                (*path, "persistentVolumeClaim", "claimName"),
                f'claim "{claim}" is the one made for an ephemeral volume of the Pod',
                fix="mount the ephemeral volume, or name another claim",
            )
