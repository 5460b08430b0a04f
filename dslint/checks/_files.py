"""One file of a volume: its path, its mode, and the key or the field that it shows.

Follows validateKeyToPath and validateDownwardAPIVolumeFile in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._paths import unreserved
from dslint.checks._references import VOLUME_FIELDS, field_faults, resource_faults
from dslint.checks._walk import number, part, word
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object

_RULE = "DS199"
_MOST = 0o777


def key_to_path(path: Path, item: Object) -> Iterator[Complaint]:
    """What is wrong with an item of a configMap or secret volume."""
    if item.get("key") == "":
        yield Complaint(_RULE, (*path, "key"), "an item has an empty key", fix="name the key")
    yield from inside((*path, "path"), item.get("path"))
    yield from mode((*path, "mode"), item.get("mode"))


def api_file(named: Path, path: Path, item: Object, target: Target) -> Iterator[Complaint]:
    """What is wrong with a file of a downwardAPI volume; `named` is the server's path for it."""
    yield from inside((*named, "path"), word(item, "path"), at=(*path, "path"))
    yield from mode((*named, "mode"), item.get("mode"), at=(*path, "mode"))
    field, resource = part(item, "fieldRef"), part(item, "resourceFieldRef")
    if field is not None:
        yield from field_faults(_RULE, (*named, "fieldRef"), field, VOLUME_FIELDS, target)
    elif resource is not None:
        at = (*named, "resourceFieldRef")
        yield from resource_faults(_RULE, at, resource, in_volume=True)
    one = item.get("fieldRef") is not None
    if one == (item.get("resourceFieldRef") is not None):
        yield Complaint(
            _RULE,
            named,
            "a file of the downwardAPI has "
            + ("both fieldRef and resourceFieldRef" if one else "no source"),
            at=path,
            fix="give one of fieldRef and resourceFieldRef",
        )


def inside(path: Path, value: object, at: Path | None = None) -> Iterator[Complaint]:
    """What is wrong with a file's path inside its volume."""
    if value == "":
        yield Complaint(_RULE, path, f"{path[-1]} is empty", at=at, fix="name the file")
    elif isinstance(value, str) and (fault := unreserved(value)):
        yield Complaint(
            _RULE,
            path,
            f'{path[-1]} "{value}" {fault}',
            at=at,
            fix="name a path inside the volume, without ..",
        )


def mode(path: Path, value: object, at: Path | None = None) -> Iterator[Complaint]:
    """What is wrong with a file's mode."""
    bits = number(value)
    if bits is not None and not 0 <= bits <= _MOST:
        yield Complaint(
            _RULE,
            path,
            f"{path[-1]} {bits} is not between 0 and 0777 (octal), which is 511",
            at=at,
            fix="write it as octal with a leading 0, or as a decimal number up to 511",
        )
