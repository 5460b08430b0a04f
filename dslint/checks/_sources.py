"""The kinds of volumes, in the order in which the API server meets them.

Follows validateVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dslint.checks._walk import items, judged, word
from dslint.gates import enabled
from dslint.model import Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

SOURCES = (
    "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs"
    " flocker persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc flexVolume configMap"
    " azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk storageos projected"
    " scaleIO csi ephemeral image"
).split()

_RANKS = {kind: rank for rank, kind in enumerate(SOURCES)}
_CLAIM: Object = {"persistentVolumeClaim": {}}


def sources_of(volume: Object) -> list[str]:
    """The sources that a volume has; one that has none is an emptyDir (SetDefaults_Volume)."""
    given = [kind for kind in volume if kind in _RANKS and volume[kind] is not None]
    if len(given) > 1:
        given.sort(key=_RANKS.__getitem__)
    return given or ["emptyDir"]


def volumes(workload: Workload, target: Target) -> tuple[tuple[Path, Object], ...]:
    """The volumes of the pod that are judged.

    Not those that a StatefulSet's claim template takes the place of, nor images where the server
    has no ImageVolume: it drops them, with their mounts (dropImageVolumes of pkg/api/pod/util.go).
    """
    found = _volumes(workload) if judged(workload, target) else ()
    if enabled(target, "ImageVolume"):
        return found
    return tuple(one for one in found if one[1].get("image") is None)


def dropped(workload: Workload, target: Target) -> frozenset[str | None]:
    """The names of the volumes that the server drops, and of which it drops the mounts."""
    if enabled(target, "ImageVolume"):
        return frozenset()
    listed = items(workload.pod.get("volumes"), ())
    return frozenset(word(one, "name") for _, one in listed if one.get("image") is not None)


@functools.lru_cache(maxsize=1)  # every check of one workload asks for them
def _volumes(workload: Workload) -> tuple[tuple[Path, Object], ...]:
    claims = claim_names(workload)
    listed = items(workload.pod.get("volumes"), (*workload.pod_path, "volumes"))
    return tuple(found for found in listed if word(found[1], "name") not in claims)


def by_name(workload: Workload, target: Target) -> Mapping[str | None, Object]:
    """The volumes that a container can mount, those of a StatefulSet's claims included."""
    named = {word(volume, "name"): volume for _, volume in volumes(workload, target)}
    return {**named, **dict.fromkeys(claim_names(workload), _CLAIM)}


def claim_names(workload: Workload) -> frozenset[str | None]:
    """The names of a StatefulSet's volumeClaimTemplates."""
    if workload.kind != "StatefulSet":
        return frozenset()
    templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
    names = (word(mapping(claim.get("metadata")), "name") for _, claim in items(templates, ()))
    return frozenset(name for name in names if name)
