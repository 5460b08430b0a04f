"""Containers as such: their names, their images, and the words that some of their fields take.

Follows validateContainers, validateInitContainers and validateContainerCommon in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks._walk import containers, judged, unsupported
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_WORDS = {
    "imagePullPolicy": ("Always", "IfNotPresent", "Never"),
    "terminationMessagePolicy": ("File", "FallbackToLogsOnError"),
}

FIELDS: tuple[str, ...] = ()


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the containers' names, images and policies."""
    if judged(workload, target).get("containers") == []:
        yield Complaint("DS103", (*workload.pod_path, "containers"), "the pod has no container")
    for path, container in containers(workload, target):
        yield from _name(path, container)
        yield from _image(path, container, workload)
        for field, known in _WORDS.items():
            value = container.get(field)
            if value and isinstance(value, str) and value not in known:
                yield unsupported("DS199", (*path, field), value, known)
    yield from _duplicates(workload, target)


def _name(path: Path, container: Object) -> Iterator[Complaint]:
    name = container.get("name")
    if name == "":
        yield Complaint("DS103", (*path, "name"), "a container has an empty name")
    elif isinstance(name, str) and (fault := syntax.dns_label(name)):
        yield Complaint("DS106", (*path, "name"), f'container name "{name}": {fault}')


def _image(path: Path, container: Object, workload: Workload) -> Iterator[Complaint]:
    image = container.get("image")
    if image is None or image == "":
        yield Complaint(
            "DS134",
            (*path, "image"),
            f"container {container.get('name', '')} has no image",
            fix="name the image",
        )
    elif workload.kind == "Pod" and isinstance(image, str) and image != syntax.trimmed(image):
        yield Complaint(
            "DS134",
            (*path, "image"),
            f'image "{image}" has white space around it',
            fix=f'write "{syntax.trimmed(image)}"',
        )


def _duplicates(workload: Workload, target: Target) -> Iterator[Complaint]:
    """Names that a container before has: the containers come first, then the init containers."""
    seen: set[str] = set()
    for path, container in sorted(containers(workload, target), key=_regular_first):
        name = container.get("name")
        if not isinstance(name, str) or not name:
            continue
        if name in seen:
            yield Complaint(
                "DS114",
                (*path, "name"),
                f'two containers are named "{name}"',
                fix="give each container, init containers included, a name of its own",
            )
        seen.add(name)


def _regular_first(entry: tuple[Path, Object]) -> bool:
    return entry[0][-2] != "containers"
