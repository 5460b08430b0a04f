"""Volume sources that need a few fields each: disks, network file systems, host paths, images.

A table of the fields that must not be empty; what else a source asks for is in _source_faults.
Follows the validate…VolumeSource functions of
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks import _iscsi
from dslint.checks._source_faults import FAULTS
from dslint.checks._sources import sources_of, volumes
from dslint.checks._walk import absent, part
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_RULE = "DS199"

# What no schema asks for is looked for here; of the rest, only what is there and empty.
_UNASKED = {
    "configMap": "name",
    "secret": "secretName",
    "gcePersistentDisk": "pdName",
    "storageos": "volumeName",
    "scaleIO": "volumeName",
    "image": "reference",
    "ephemeral": "volumeClaimTemplate",
}
_NOT_EMPTY = {
    "hostPath": ("path",),
    "gitRepo": ("repository",),
    "awsElasticBlockStore": ("volumeID",),
    "nfs": ("server", "path"),
    "iscsi": ("targetPortal", "iqn"),
    "glusterfs": ("endpoints", "path"),
    "persistentVolumeClaim": ("claimName",),
    "rbd": ("monitors", "image"),
    "cinder": ("volumeID",),
    "cephfs": ("monitors",),
    "quobyte": ("registry", "volume"),
    "flexVolume": ("driver",),
    "azureFile": ("secretName", "shareName"),
    "vsphereVolume": ("volumePath",),
    "photonPersistentDisk": ("pdID",),
    "portworxVolume": ("volumeID",),
    "azureDisk": ("diskName", "diskURI"),
    "scaleIO": ("gateway", "system"),
    "csi": ("driver",),
}
# What the server calls the source in the paths below it.
_NAMES = {"gcePersistentDisk": "persistentDisk"}

FIELDS: tuple[str, ...] = ("volumes",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong in the first source of each volume; the others are too many anyway."""
    for path, volume in volumes(workload, target):
        kind = sources_of(volume)[0]
        if "iscsi" in volume and kind != "iscsi":
            yield from _iscsi.length((*path, "iscsi"), part(volume, "iscsi") or {}, volume)
        source = part(volume, kind)
        if source is None:
            continue
        yield from _missing((*path, _NAMES.get(kind, kind)), kind, source, workload, target)
        if kind in FAULTS:
            yield from FAULTS[kind]((*path, _NAMES.get(kind, kind)), source, volume)


def _missing(
    path: Path, kind: str, source: Object, workload: Workload, target: Target
) -> Iterator[Complaint]:
    needed = [field for field in _NOT_EMPTY.get(kind, ()) if source.get(field) in ("", [])]
    unasked = _UNASKED.get(kind)
    optional = kind == "image" and workload.kind != "Pod" and not target.at_least("1.36")
    if unasked and absent(source, unasked) and not optional:
        needed.append(unasked)
    for field in needed:
        yield Complaint(
            _RULE,
            (*path, field),
            f"{kind} has no {field}",
            at=(*path[:-1], kind, field),
            fix=f"give {field}",
        )
