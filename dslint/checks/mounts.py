"""Volume mounts: the volume behind each, its path, and how it is mounted.

The server names some fields without the mount's index (`volumeMounts.subPath`); so does a
complaint here, which points at the mount itself. Follows ValidateVolumeMounts in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint.checks._paths import descending
from dslint.checks._sources import by_name, dropped
from dslint.checks._walk import having, items, truth, unsupported, word
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_PROPAGATIONS = ("Bidirectional", "HostToContainer", "None")
_PLAIN = frozenset({"name", "mountPath", "readOnly"})
_RECURSIVE = ("Disabled", "Enabled", "IfPossible")

FIELDS: tuple[str, ...] = ("volumeMounts",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the containers' volumeMounts."""
    volumes: Mapping[str | None, Object] | None = None
    gone = dropped(workload, target)
    for path, mounts, container in having(workload, target, "volumeMounts"):
        if volumes is None:
            volumes = by_name(workload, target)
        listed = [one for one in items(mounts, path) if word(one[1], "name") not in gone]
        yield from _volumes(listed, volumes)
        yield from _mount_paths(listed)
        for at, mount in listed:
            if _PLAIN.issuperset(mount):
                continue
            yield from _sub_path(at, mount)
            yield from _propagation(at, mount, container)
            if "recursiveReadOnly" in mount and enabled(target, "RecursiveReadOnlyMounts"):
                yield from _recursive(at, mount)


def _volumes(
    listed: list[tuple[Path, Object]], volumes: Mapping[str | None, Object]
) -> Iterator[Complaint]:
    for path, mount in listed:
        name = mount.get("name")
        if not isinstance(name, str) or name in volumes:
            continue
        yield Complaint(
            "DS116",
            (*path, "name"),
            f'volume "{name}" is mounted, and the pod has none of that name',
            fix="add the volume, or mount one that exists",
        )


def _mount_paths(listed: list[tuple[Path, Object]]) -> Iterator[Complaint]:
    seen: set[object] = set()
    for path, mount in listed:
        place = mount.get("mountPath")
        if not isinstance(place, str):
            continue
        if not place:
            yield Complaint("DS103", (*path, "mountPath"), "a volume mount has no mountPath")
        elif place in seen:
            yield Complaint(
                "DS117",
                (*path, "mountPath"),
                f"two volumes of the container are mounted at {place}",
                fix="give each mount a path of its own",
            )
        seen.add(place)


def _sub_path(path: Path, mount: Object) -> Iterator[Complaint]:
    for field in ("subPath", "subPathExpr"):
        value = mount.get(field)
        if isinstance(value, str) and (fault := descending(value)):
            yield Complaint(
                "DS199",
                (*path[:-1], field),
                f'{field} "{value}" {fault}',
                at=(*path, field),
                fix="name a path inside the volume",
            )
    if mount.get("subPath") and mount.get("subPathExpr"):
        yield Complaint(
            "DS199",
            (*path, "subPathExpr"),
            "a volume mount has both subPath and subPathExpr",
            fix="keep one of the two",
        )


def _propagation(path: Path, mount: Object, container: Object) -> Iterator[Complaint]:
    value = mount.get("mountPropagation")
    if not isinstance(value, str):
        return
    field, at = (*path[:-1], "mountPropagation"), (*path, "mountPropagation")
    if value not in _PROPAGATIONS:
        yield unsupported("DS199", field, value, _PROPAGATIONS, at=at)
    elif value == "Bidirectional" and not truth(container, "securityContext", "privileged"):
        yield Complaint(
            "DS131",
            field,
            f"container {container.get('name', '')} is not privileged and mounts with"
            " Bidirectional propagation",
            at=at,
            why="what it mounts appears on the node, which only a privileged container may do",
            fix="set securityContext.privileged, or use HostToContainer",
        )


def _recursive(path: Path, mount: Object) -> Iterator[Complaint]:
    value = mount.get("recursiveReadOnly")
    if not isinstance(value, str) or value == "Disabled":
        return
    field, at = (*path[:-1], "recursiveReadOnly"), (*path, "recursiveReadOnly")
    if value not in _RECURSIVE:
        yield unsupported("DS199", field, value, _RECURSIVE, at=at)
        return
    propagation = mount.get("mountPropagation")
    if mount.get("readOnly") is not True:
        fault, fix = "without readOnly: true", "set readOnly: true"
    elif propagation is not None and propagation != "None":
        fault, fix = f"with mountPropagation {propagation}", "remove mountPropagation"
    else:
        return
    yield Complaint("DS199", field, f"recursiveReadOnly is {value} {fault}", at=at, fix=fix)
