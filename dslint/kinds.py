"""Which kinds Kubernetes serves: the place of an apiVersion and kind in a version of it.

An object's `apiVersion` and `kind` come in; out goes whether it is a workload, another kind that
Kubernetes has, one of a foreign API group, or one that the API server refuses, with what is wrong.
The table of kinds is data, built by scripts/build_schemas.py.
"""

from __future__ import annotations

import functools
import json
import pathlib
import re
from collections.abc import Iterator, Mapping

from dslint.edits import pointer, replace
from dslint.model import Complaint, Path
from dslint.nearest import nearest, slip
from dslint.target import NEWEST, Target
from dslint.workloads import POD_PATHS

Kinds = Mapping[str, Mapping[str, tuple[int, int]]]

_DATA = pathlib.Path(__file__).with_name("data")
# kubectl's own configuration file says `apiVersion: v1`; no API server ever sees it.
_CLIENT_SIDE = frozenset({("v1", "Config")})
_MISSING = (None, "")
_HEADER = ("apiVersion", "kind")
# kubectl's own kind: it takes a List of any version that is served, and sends the items alone.
# kubernetes/client-go, restmapper/discovery.go
_LIST = "List"
_STABLE = re.compile(r"v(\d+)(?:(alpha|beta)(\d+))?$")


def status(data: object, target: Target) -> str:
    """What an object is to that version of Kubernetes.

    "workload": it has a pod template and is served. "known": another kind that is served, and
    `List`. "foreign": of an API group that Kubernetes never had. "removed": served until an
    earlier version. "unknown": its API group has no such kind or version. "partial": apiVersion or
    kind is missing or no string. "none": it has neither and is no Kubernetes object.
    """
    if not isinstance(data, Mapping):
        return "none"
    api_version, kind = data.get("apiVersion"), data.get("kind")
    if api_version and kind and isinstance(api_version, str) and isinstance(kind, str):
        return _status(api_version, kind, _minor(target.kubernetes))
    if not api_version and not kind and api_version is not False and kind is not False:
        return "none"
    return "partial"


def read(data: Mapping[str, object]) -> Mapping[str, object]:
    """The object with apiVersion and kind under their names, where only the names' case is wrong.

    The server looks for them in any case (encoding/json), and then refuses the unknown field:
    kubernetes/apimachinery, pkg/runtime/serializer/json/meta.go
    """
    if data.get("apiVersion") and data.get("kind"):
        return data
    renamed = {
        key: name
        for name in _HEADER
        if name not in data
        for key in data
        if key.lower() == name.lower()
    }
    return {renamed.get(key, key): value for key, value in data.items()} if renamed else data


NEITHER = Complaint(
    "DS007",
    (),
    "neither apiVersion nor kind: this is no Kubernetes object",
    fix="add apiVersion and kind",
)
"""What an API server says of a document that `status` calls "none"."""


def complaints(data: Mapping[str, object], target: Target, root: Path = ()) -> Iterator[Complaint]:
    """What is wrong with an object's apiVersion and kind: DS007, DS104, DS105, DS136, or nothing.

    `root` is the object's own path in its document, `("items", 0)` in a List.
    """
    found, minor = status(data, target), _minor(target.kubernetes)
    if found == "partial":
        yield from _partial(data, minor, root)
        return
    api_version, kind = str(data.get("apiVersion")), str(data.get("kind"))
    if found == "removed":
        yield _removed(api_version, kind, minor, root)
    elif found == "unknown":
        yield _unknown(api_version, kind, minor, root)
    elif found in ("workload", "known") and kind != _LIST:
        yield from _deprecated(api_version, kind, minor, root)


def successor(api_version: str, kind: str, target: Target) -> str | None:
    """The apiVersion that serves that kind in that version in place of an older one."""
    return _successor(api_version, kind, _minor(target.kubernetes))


@functools.cache
def _kinds() -> Kinds:
    """By apiVersion and kind, the first and last minor version that serves it (0: since ever)."""
    found = json.loads((_DATA / "kinds.json").read_text(encoding="utf-8"))
    return {
        api_version: {kind: (first, last) for kind, (first, last) in kinds.items()}
        for api_version, kinds in found.items()
    }


@functools.cache
def _status(api_version: str, kind: str, minor: int) -> str:
    if kind == _LIST and _served(minor).get(api_version):
        return "known"
    if (api_version, kind) in _CLIENT_SIDE:
        return "foreign"
    first, last = _kinds().get(api_version, {}).get(kind, (0, -1))
    if first <= minor <= last:
        return "workload" if kind in POD_PATHS else "known"
    if -1 < last < minor:
        return "removed"
    group = _group(api_version)
    # An API group is a DNS name in lower case, and one without a dot can only be Kubernetes' own:
    # kubernetes/apiextensions-apiserver, pkg/apis/apiextensions/validation/validation.go
    known = group.lower() in _groups(minor) or ("." not in group and _served_anywhere(kind, minor))
    return "unknown" if known else "foreign"


def _groups(minor: int) -> frozenset[str]:
    """The API groups that Kubernetes serves in that version or once served."""
    return frozenset(
        _group(api_version)
        for api_version, kinds in _kinds().items()
        if any(first <= minor for first, _ in kinds.values())
    )


def _served(minor: int) -> Mapping[str, frozenset[str]]:
    """The kinds by apiVersion that a version serves."""
    return {
        api_version: frozenset(
            kind for kind, (first, last) in kinds.items() if first <= minor <= last
        )
        for api_version, kinds in _kinds().items()
    }


def _served_anywhere(kind: str, minor: int) -> bool:
    return any(kind in kinds for kinds in _served(minor).values())


def _partial(data: Mapping[str, object], minor: int, root: Path) -> Iterator[Complaint]:
    """DS007 where one of apiVersion and kind is missing; one that is no string is DS102's."""
    for name, other in (("apiVersion", "kind"), ("kind", "apiVersion")):
        if data.get(name) not in _MISSING:
            continue
        has = f"{other} is {data.get(other)}"
        wanted = _successor("", str(data.get("kind")), minor) if name == "apiVersion" else None
        sure = wanted and name not in data
        yield Complaint(
            "DS007",
            (*root, name),
            f"{name} is missing ({has})",
            at=root,
            fix=f"add `apiVersion: {wanted}`" if wanted else None,
            edit=({"op": "add", "path": pointer((*root, name)), "value": wanted},)
            if sure
            else None,
        )


def _removed(api_version: str, kind: str, minor: int, root: Path) -> Complaint:
    _, last = _kinds()[api_version][kind]
    wanted = _successor(api_version, kind, minor)
    return Complaint(
        "DS104",
        (*root, "apiVersion"),
        f"{api_version} {kind} is not served since Kubernetes 1.{last + 1}",
        fix=f"use apiVersion: {wanted}"
        if wanted
        else f"Kubernetes has no {kind} any more: drop it",
    )


def _deprecated(api_version: str, kind: str, minor: int, root: Path) -> Iterator[Complaint]:
    _, last = _kinds()[api_version][kind]
    if last == _minor(NEWEST):
        return
    wanted = _successor(api_version, kind, minor, last + 1)
    yield Complaint(
        "DS105",
        (*root, "apiVersion"),
        f"{api_version} {kind} is not served from Kubernetes 1.{last + 1} on",
        fix=f"use apiVersion: {wanted}" if wanted else None,
    )


def _unknown(api_version: str, kind: str, minor: int, root: Path) -> Complaint:
    """DS136: the nearest kind and apiVersion, and the repair where both are slips at most."""
    near_version, near_kind = _nearest(api_version, kind, minor)
    first, _ = _kinds().get(api_version, {}).get(kind, (0, 0))
    later = f"; 1.{first} is the first that has it" if first else ""
    pairs = (("apiVersion", api_version, near_version), ("kind", kind, near_kind))
    changed = [(name, old, new) for name, old, new in pairs if old != new and near_kind]
    certain = changed and all(slip(old, [new]) for _, old, new in changed)
    return Complaint(
        "DS136",
        (*root, "apiVersion" if near_kind == kind else "kind"),
        f'no kind "{kind}" is registered for version "{api_version}" in 1.{minor}{later}',
        fix=f"write {' and '.join(f'{name}: {new}' for name, _, new in changed)}"
        if changed
        else None,
        edit=tuple(edit for name, _, new in changed for edit in replace((*root, name), new))
        if certain
        else None,
    )


def _nearest(api_version: str, kind: str, minor: int) -> tuple[str, str]:
    """The served apiVersion and kind nearest to ones that are not; two empty strings for none."""
    if kind == _LIST:
        return "v1", kind
    served = _served(minor)
    found = nearest(kind, served.get(api_version, ()))
    if found and (found.lower() == kind.lower() or not _served_anywhere(kind, minor)):
        return api_version, found
    every = sorted({name for kinds in served.values() for name in kinds})
    found = kind if kind in every else nearest(kind, every)
    if found is None:
        return "", ""
    return _successor(api_version, found, minor) or "", found


def _successor(api_version: str, kind: str, minor: int, later: int = 0) -> str | None:
    """The most stable apiVersion that serves a kind, of its own API group where there is one."""
    served = _served(minor)
    wanted = (
        served
        if later == 0
        else {name: kinds & _served(later)[name] for name, kinds in served.items()}
    )
    having = [name for name, kinds in wanted.items() if kind in kinds and name != api_version]
    group = _group(api_version).lower()
    return max(having, key=lambda name: (_group(name) == group, _stability(name)), default=None)


def _stability(api_version: str) -> tuple[int, int, int]:
    """Sorts v1alpha1 below v1beta1 below v1 below v2."""
    match = _STABLE.match(api_version.rpartition("/")[2])
    if not match:
        return (0, 0, 0)
    rank = {None: 2, "beta": 1, "alpha": 0}[match[2]]
    return (rank, int(match[1]), int(match[3] or 0))


def _group(api_version: str) -> str:
    return api_version.rpartition("/")[0]


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
