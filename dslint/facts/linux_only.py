"""What of a pod runs on Linux alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dslint import landing, node_kinds, selectors
from dslint.model import Path
from dslint.node_facts import SYSTEM_LABEL
from dslint.subject import Subject
from dslint.workloads import Object, mapping, mappings, text

NEEDS_INVENTORY = True

# Distributions, and what images say of themselves: `nginx:1-alpine`, `agent-linux-amd64`.
_IMAGE = re.compile(
    r"(^|[/:._-])(linux|(alpine|ubi)[0-9.]*|busybox|ubuntu|debian|centos|fedora|amazonlinux"
    r"|rockylinux|almalinux|bullseye|bookworm|buster|distroless)($|[/:@._-])",
    re.ASCII | re.IGNORECASE,
)
# https://kubernetes.io/docs/concepts/storage/windows-storage/
_VOLUMES = ("nfs", "iscsi", "fc", "rbd", "cephfs", "glusterfs")
_SYSTEM_LABELS = (SYSTEM_LABEL, "beta.kubernetes.io/os")


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item where it lands on Windows: `part`, the first such part, `nodes`, `names`, `path`.

    A part is a path of the node that begins with a slash, a kind of volume that Windows has not,
    or an image that is named after Linux. Empty where the pod says that it is for Windows.
    """
    if subject.placement is None or subject.inventory is None:
        return []
    landed = landing.of(subject.placement, subject.inventory.index)
    nodes = landed.lands & node_kinds.windows(landed.universe)
    found = first_part(subject.workload.pod) if nodes else None
    if found is None:
        return []
    at = (*subject.workload.pod_path, *found[1])
    return [{"part": found[0], **landed.told(nodes), "path": at}]


def first_part(pod: Object) -> tuple[str, Path] | None:
    """The first part that only Linux has, and its place; None where the pod is for Windows."""
    return None if _for_windows(pod) else next(_parts(pod), None)


def _for_windows(pod: Object) -> bool:
    selector = mapping(pod.get("nodeSelector"))
    asked = [selector.get(key) for key in _SYSTEM_LABELS]
    for term in selectors.required_terms(pod) or ():
        for one in term.requirements:
            if one.key in _SYSTEM_LABELS and one.operator == "In":
                asked += one.values
    own = mapping(pod.get("os")).get("name") == "windows"
    options = mapping(pod.get("securityContext")).get("windowsOptions")
    return own or "windows" in asked or options is not None


def _parts(pod: Object) -> Iterator[tuple[str, Path]]:
    yield from _volumes(pod)
    for field in ("containers", "initContainers"):
        for index, container in enumerate(mappings(pod.get(field))):
            image = text(container.get("image"))
            if _IMAGE.search(image):
                yield f"image {image}", (field, index, "image")


def _volumes(pod: Object) -> Iterator[tuple[str, Path]]:
    for index, volume in enumerate(mappings(pod.get("volumes"))):
        path = text(mapping(volume.get("hostPath")).get("path"))
        if path.startswith("/"):
            yield f"hostPath {path}", ("volumes", index, "hostPath", "path")
        if mapping(volume.get("emptyDir")).get("medium"):
            yield "an emptyDir in memory", ("volumes", index, "emptyDir", "medium")
        for kind in _VOLUMES:
            if kind in volume:
                yield f"a volume of {kind}", ("volumes", index, kind)
