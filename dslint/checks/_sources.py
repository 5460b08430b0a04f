"""The kinds of volumes, in the order in which the API server meets them.

Follows validateVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dslint.checks._walk import items, judged, word
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
    """The volumes of the pod, but those that a StatefulSet's claim template takes the place of."""
    return _volumes(workload) if judged(workload, target) else ()


@functools.lru_cache(maxsize=1)  # every check of one workload asks for them
def _volumes(workload: Workload) -> tuple[tuple[Path, Object], ...]:
    claims = claim_names(workload)
    listed = items(workload.pod.get("volumes"), (*workload.pod_path, "volumes"))
    return tuple(found for found in listed if word(found[1], "name") not in claims)


def by_name(workload: Workload, target: Target) -> Mapping[str | None, Object]:
    """The volumes that a container can mount, those of a StatefulSet's claims included."""
    listed = items(judged(workload, target).get("volumes"), ())
    named = {word(volume, "name"): volume for _, volume in listed}
    return {**named, **dict.fromkeys(claim_names(workload), _CLAIM)}


def claim_names(workload: Workload) -> frozenset[str | None]:
    """The names of a StatefulSet's volumeClaimTemplates."""
    if workload.kind != "StatefulSet":
        return frozenset()
    templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
    names = (word(mapping(claim.get("metadata")), "name") for _, claim in items(templates, ()))
    return frozenset(name for name in names if name)
