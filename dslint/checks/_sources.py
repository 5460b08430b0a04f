"""The kinds of volumes, in the order in which the API server meets them.

Follows validateVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint.checks._walk import items, judged
from dslint.model import Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

SOURCES = (
    "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs"
    " flocker persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc flexVolume configMap"
    " azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk storageos projected"
    " scaleIO csi ephemeral image"
).split()

_CLAIM: Object = {"persistentVolumeClaim": {}}


def sources_of(volume: Object) -> list[str]:
    """The sources that a volume has; one that has none is an emptyDir (SetDefaults_Volume)."""
    given = [kind for kind in SOURCES if volume.get(kind) is not None] if len(volume) > 1 else []
    return given or ["emptyDir"]


def volumes(workload: Workload, target: Target) -> Iterator[tuple[Path, Object]]:
    """The volumes of the pod, but those that a StatefulSet's claim template takes the place of."""
    claims = claim_names(workload)
    listed = judged(workload, target).get("volumes")
    for path, volume in items(listed, (*workload.pod_path, "volumes")):
        if volume.get("name") not in claims:
            yield path, volume


def by_name(workload: Workload, target: Target) -> Mapping[object, Object]:
    """The volumes that a container can mount, those of a StatefulSet's claims included."""
    listed = items(judged(workload, target).get("volumes"), ())
    named = {volume.get("name"): volume for _, volume in listed}
    return {**named, **dict.fromkeys(claim_names(workload), _CLAIM)}


def claim_names(workload: Workload) -> frozenset[object]:
    """The names of a StatefulSet's volumeClaimTemplates."""
    if workload.kind != "StatefulSet":
        return frozenset()
    templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
    names = (mapping(claim.get("metadata")).get("name") for _, claim in items(templates, ()))
    return frozenset(name for name in names if isinstance(name, str))
