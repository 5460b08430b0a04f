"""The parts of a pod that the checks go through, and the words that they share.

A workload comes in; containers, fields and volumes go out, each with its path from the manifest's
root. What is null, missing or of the wrong type is left out, so nothing here can fail.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence

from dslint import edits
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

CONTAINERS = ("initContainers", "containers")
"""Ephemeral containers are not gone through: a manifest with any is refused for them alone."""

_NOTHING: Object = {}


def judged(workload: Workload, target: Target) -> Object:
    """The pod spec that the API server validates, {} where it does not look at it.

    A StatefulSet's template is validated since 1.34:
    https://github.com/kubernetes/kubernetes/pull/131790
    """
    if workload.kind == "StatefulSet" and not target.at_least("1.34"):
        return _NOTHING
    return workload.pod


def containers(workload: Workload, target: Target) -> tuple[tuple[Path, Object], ...]:
    """The init containers and the containers, with their paths."""
    if workload.kind == "StatefulSet" and not target.at_least("1.34"):
        return ()
    return _containers(workload)


@functools.lru_cache(maxsize=1)  # every check of one workload asks for them
def _containers(workload: Workload) -> tuple[tuple[Path, Object], ...]:
    path, pod = workload.pod_path, workload.pod
    return tuple(found for field in CONTAINERS for found in items(pod.get(field), (*path, field)))


def having(workload: Workload, target: Target, key: str) -> Sequence[tuple[Path, object, Object]]:
    """The value at `key` of each container that has one, with its path and its container."""
    return [
        ((*path, key), container[key], container)
        for path, container in containers(workload, target)
        if container.get(key) is not None
    ]


def items(value: object, path: Path) -> Sequence[tuple[Path, Object]]:
    """The maps of a list with their paths; null in it is read as an empty map."""
    if not isinstance(value, list):
        return ()
    return [
        ((*path, index), _NOTHING if item is None else item)
        for index, item in enumerate(value)
        if item is None or isinstance(item, dict)
    ]


def strings(value: object) -> Iterator[tuple[int, str]]:
    """The strings of a list with their indexes; null in it is read as an empty string."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield index, item
            elif item is None:
                yield index, ""


def part(owner: Object, key: str) -> Object | None:
    """The map at `key` ({} counts), None where there is none."""
    value = owner.get(key)
    return value if isinstance(value, dict) else None


def absent(owner: Object, key: str) -> bool:
    """Whether Kubernetes reads the string or list at `key` as not given."""
    return owner.get(key) in (None, "", [])


def word(owner: Object, key: str) -> str | None:
    """The string at `key`, "" where there is none, None where it is something else."""
    value = owner.get(key)
    if value is None:
        return ""
    return value if isinstance(value, str) else None


def number(value: object) -> int | None:
    """`value` where it is a whole number, None where it is anything else.

    1.0 and 1e3 are whole: Kubernetes' JSON reader takes them for an integer field.
    https://github.com/kubernetes-sigs/json/blob/main/internal/golang/encoding/json/decode.go
    """
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def truth(owner: Object, *keys: str) -> bool:
    """Whether the field at `keys` is true."""
    for key in keys[:-1]:
        owner = mapping(owner.get(key))
    return owner.get(keys[-1]) is True


def is_sidecar(path: Path, container: Object, target_has: bool = True) -> bool:
    """Whether it is an init container that keeps running beside the others."""
    return (
        path[-2] == "initContainers" and target_has and container.get("restartPolicy") == "Always"
    )


def quoted(names: Collection[str]) -> str:
    """The names as a sentence lists them."""
    return ", ".join(f'"{name}"' for name in sorted(names))


def unsupported(
    rule: str, path: Path, value: str, known: Collection[str], at: Path | None = None
) -> Complaint:
    """The complaint about a word that is none of the known ones.

    Where it differs from exactly one of them by case alone, that one is the repair.
    """
    near = [name for name in known if name.lower() == value.lower() and name]
    edit = edits.replace(at or path, near[0]) if len(near) == 1 else None
    return Complaint(
        rule,
        path,
        f'{path[-1]} "{value}" is none of {quoted(known)}',
        at=at,
        fix=f'write "{near[0]}"' if edit else f"use one of {quoted(known)}",
        edit=edit,
    )
