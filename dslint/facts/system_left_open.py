"""Whether a pod for Linux says nowhere that its nodes are to run Linux."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dslint import requirement_sets
from dslint.model import Path
from dslint.subject import Subject
from dslint.value_sets import Values
from dslint.workloads import Object, mapping, mappings, text

USES_PLACEMENT = True

_LABELS = ("kubernetes.io/os", "beta.kubernetes.io/os")
# Labels that nodes of one system alone have, as clouds and installers set them.
_TELLING = re.compile(
    r"node-role\.kubernetes\.io/(control-plane|master|etcd|controlplane)"
    r"|cloud\.google\.com/gke-(os-distribution|accelerator|tpu-.+)|kubernetes\.azure\.com/os-sku"
    r"|node\.openshift\.io/os_id|feature\.node\.kubernetes\.io/.+|nvidia\.com/.+"
)
# Folders that a Windows node has no counterpart of; /var/log and the like exist on both.
_FOLDERS = re.compile(r"/|/(proc|sys|dev|run|boot|lib/modules|var/run|etc/cni)(/.*)?", re.ASCII)


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item, if any, with its `path`.

    With an inventory: the pod lands on `linux` and on `windows`, the numbers of such nodes, with
    the names of some as `onLinux` and `onWindows`. Without one: `part`, the first volume or
    security context of a pod without a selector of the system that Linux alone has. `label` is
    the system label that the pod has in place of a selector, or "".
    """
    workload = subject.workload
    label = next((key for key in _LABELS if key in workload.pod_labels), "")
    if subject.inventory is not None:
        both = _landing(subject)
        if not both:
            return []
        own = "nodeSelector" in workload.pod
        path = (*workload.pod_path, *(("nodeSelector",) if own else ()))
        at = (*workload.pod_path[:-1], "metadata", "labels", label) if label else path
        return [{**both, "label": label, "path": at}]
    if _kept_away(workload.pod):
        return []
    for part, path in _parts(workload.pod):
        return [{"part": part, "label": label, "path": (*workload.pod_path, *path)}]
    return []


def _landing(subject: Subject) -> dict[str, object]:
    """The nodes of both systems that it lands on, {} where one of them is missing."""
    if subject.placement is None or subject.inventory is None:
        return {}
    from dslint import landing, node_kinds  # spares start-up where nothing is placed

    landed = landing.of(subject.placement, subject.inventory.index)
    windows = landed.lands & node_kinds.windows(landed.universe)
    linux = landed.lands & ~windows
    if not windows or not linux:
        return {}
    return {
        "linux": len(landed.names(linux)),
        "windows": len(landed.names(windows)),
        "onLinux": landing.shown(landed.names(linux)),
        "onWindows": landing.shown(landed.names(windows)),
    }


def _kept_away(pod: Object) -> bool:
    """Whether it is for Windows, has its node, or wants a device that a plug-in offers."""
    if pod.get("nodeName") or mapping(pod.get("os")).get("name") == "windows":
        return True
    resources = (mapping(one.get("resources")) for one in mappings(pod.get("containers")))
    devices = (name for one in resources for name in mapping(one.get("limits")) if "/" in name)
    return any(devices) or _selected(pod)


def _selected(pod: Object) -> bool:
    """Whether the node selector, or each term, keeps it from nodes with Windows."""
    keys = mapping(pod.get("nodeSelector"))
    if any(key in _LABELS or _TELLING.fullmatch(key) for key in keys):
        return True
    terms = requirement_sets.living(pod)
    boxes = [requirement_sets.box(term.requirements) for term in terms]
    return bool(boxes) and all(
        any(_excludes_windows(key, values) for (_, key), values in box.items()) for box in boxes
    )


def _excludes_windows(key: str, values: Values) -> bool:
    return "windows" not in values if key in _LABELS else bool(_TELLING.fullmatch(key))


def _parts(pod: Object) -> Iterator[tuple[str, Path]]:
    for field in ("hostPID", "hostIPC"):
        if pod.get(field) is True:
            yield field, (field,)
    for index, volume in enumerate(mappings(pod.get("volumes"))):
        path = text(mapping(volume.get("hostPath")).get("path"))
        if _FOLDERS.fullmatch(path):
            yield f"hostPath {path}", ("volumes", index, "hostPath", "path")
        if mapping(volume.get("emptyDir")).get("medium"):
            yield "an emptyDir in memory", ("volumes", index, "emptyDir", "medium")
    for key in ("seLinuxOptions", "sysctls"):
        if mapping(pod.get("securityContext")).get(key):
            yield f"securityContext.{key}", ("securityContext", key)
    for field in ("containers", "initContainers"):
        for index, container in enumerate(mappings(pod.get(field))):
            for key in _of_context(mapping(container.get("securityContext"))):
                yield f"securityContext.{key}", (field, index, "securityContext", key)


def _of_context(context: Object) -> Iterator[str]:
    if context.get("privileged") is True:
        yield "privileged"
    if mapping(context.get("capabilities")).get("add"):
        yield "capabilities"
    if context.get("seLinuxOptions"):
        yield "seLinuxOptions"
