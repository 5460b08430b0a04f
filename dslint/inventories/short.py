"""The short form that people write by hand: `kind: NodeInventory`, with defaults and pools.

Labels and allocatable of a node are added to those of `defaults`; its taints and `unschedulable`
replace them. A node gets its hostname label and, where it is unschedulable, the taint that goes
with it. Unknown keys, wrong types and bad names raise InputError; a bad taint is a complaint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from dslint.inventories import Node, Part, Taken, _node, _pool, _taint, wrong
from dslint.inventories._shape import ANY, Field, check_keys, check_types
from dslint.model import Complaint, Document, InputError, Path

API_VERSION, KIND = "dslint.dev/v1", "NodeInventory"
HOSTNAME = "kubernetes.io/hostname"
CORDON: Mapping[str, object] = {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}

_Entry: TypeAlias = Mapping[str, object]
_TOP = ("apiVersion", "kind", "defaults", "nodes", "pools")
_DEFAULTS = ("labels", "taints", "unschedulable", "allocatable")
_NODE = ("name", *_DEFAULTS)
_POOL = ("name", "count", *_DEFAULTS)
_TAINT = ("key", "value", "effect", "timeAdded")

_MAP, _LIST, _TEXT = ((dict,), "a map"), ((list,), "a list"), ((str,), "a string")
_FIELDS = (
    Field((), *_MAP),
    Field(("name",), *_TEXT),
    Field(("count",), (int,), "a whole number"),
    Field(("labels",), *_MAP),
    Field(("labels", ANY), *_TEXT),
    Field(("taints",), *_LIST),
    Field(("taints", ANY), (str, dict), "a taint (key=value:NoSchedule)"),
    *(Field(("taints", ANY, key), *_TEXT) for key in _TAINT),
    Field(("unschedulable",), (bool,), "true or false"),
    Field(("allocatable",), *_MAP),
    Field(("allocatable", ANY), (str, int, float), "a quantity"),
)


def take(part: Part) -> Taken | None:
    """The nodes of one document of ours, pools expanded; None where it is another's.

    Raises InputError for whatever the form does not know.
    """
    document = part.document
    data = document.data if document else None
    if document is None or not isinstance(data, dict) or not _is_ours(document, data):
        return None
    _check(document, data)
    defaults = data.get("defaults") or {}
    pairs = [
        (path, _expanded(name, entry, defaults))
        for path, entry in _entries(data)
        for name in _names(document, path, entry)
    ]
    return Taken(
        [node for _, node in pairs],
        [path for path, _ in pairs],
        short=True,
        complaints=tuple(_complaints(data)),
    )


def _is_ours(document: Document, data: _Entry) -> bool:
    version, kind = data.get("apiVersion"), data.get("kind")
    if kind == KIND and version == API_VERSION:
        return True
    if kind != KIND and not str(version).startswith("dslint.dev/"):
        return False
    at = "kind" if version == API_VERSION else "apiVersion"
    raise wrong(
        document,
        (at,),
        f"{at} is {data[at]}" if at in data else f"there is no {at}",
        f"dslint's own form of an inventory is `apiVersion: {API_VERSION}`, `kind: {KIND}`",
        f"write {at}: {KIND if at == 'kind' else API_VERSION}",
    )


def _check(document: Document, data: _Entry) -> None:
    check_keys(document, (), data, _TOP)
    check_types(document, (), data, (Field(("nodes",), *_LIST), Field(("pools",), *_LIST)))
    for path, entry, known in _tables(data):
        check_types(document, path, entry, _FIELDS[:1])
        check_keys(document, path, entry, known)
        check_types(document, path, entry, _FIELDS)
        _check_taints(document, path, entry)
        _node.check_amounts(document, path, entry, (("allocatable", ANY),))


def _check_taints(document: Document, path: Path, entry: object) -> None:
    for index, taint in _taints(entry):
        at = (*path, "taints", index)
        if isinstance(taint, dict) and _is_split(taint):
            key, effect = next(iter(taint.items()))
            raise wrong(
                document,
                at,
                f"the taint {key}: {effect} is a map",
                "a blank after a colon makes a map in YAML",
                f"write {key}:{effect}",
            )
        check_keys(document, at, taint, _TAINT)


def _is_split(taint: Mapping[str, object]) -> bool:
    """Whether it was meant as `key=value:Effect`, and a blank made it a map."""
    return (
        len(taint) == 1
        and not taint.keys() & set(_TAINT)
        and (next(iter(taint.values())) in _taint.EFFECTS)
    )


def _tables(data: _Entry) -> Iterator[tuple[Path, object, tuple[str, ...]]]:
    """Every map with fields of a node: its path, itself, the keys that it may have."""
    yield ("defaults",), data.get("defaults"), _DEFAULTS
    for path, entry in _entries(data):
        yield path, entry, _NODE if path[0] == "nodes" else _POOL


def _entries(data: _Entry) -> Iterator[tuple[Path, _Entry]]:
    for part in ("nodes", "pools"):
        found = data.get(part)
        for index, entry in enumerate(found if isinstance(found, list) else ()):
            yield (part, index), entry


def _names(document: Document, path: Path, entry: _Entry) -> list[str]:
    name, count = entry.get("name") if entry else None, entry.get("count") if entry else None
    place = document.at((*path, "name"))
    where = f"{place.file}:{place.line}:{place.column}"
    if not isinstance(name, str) or not name:
        raise InputError("no name", where, "every node and every pool has one", "write a name")
    if path[0] == "pools":
        return _pool.names(name, count if isinstance(count, int) else None, where)
    if _pool.is_pattern(name):
        raise InputError(
            f"the node's name {name} is a pool's",
            where,
            "only an entry of `pools` stands for several nodes",
            "move it to `pools`",
        )
    return [name]


def _expanded(name: str, entry: _Entry, defaults: _Entry) -> Node:
    labels = {HOSTNAME: name, **_joined("labels", entry, defaults)}
    spec: dict[str, object] = {}
    cordoned = entry.get("unschedulable", defaults.get("unschedulable"))
    taints = [_read(one) for _, one in _taints(entry if "taints" in entry else defaults)]
    if cordoned:
        spec["unschedulable"] = True
        taints += [] if any(is_cordon(taint) for taint in taints) else [dict(CORDON)]
    if taints:
        spec["taints"] = taints
    metadata = {"name": name, "labels": {k: "" if v is None else v for k, v in labels.items()}}
    node: dict[str, object] = {"apiVersion": "v1", "kind": "Node", "metadata": metadata}
    node["spec"] = spec
    if "allocatable" in entry or "allocatable" in defaults:
        node["status"] = {"allocatable": _joined("allocatable", entry, defaults)}
    return node


def _joined(key: str, entry: _Entry, defaults: _Entry) -> dict[str, object]:
    both = defaults.get(key), entry.get(key)
    return {k: v for one in both if isinstance(one, dict) for k, v in one.items()}


def _taints(entry: object) -> Iterator[tuple[int, object]]:
    taints = entry.get("taints") if isinstance(entry, dict) else None
    yield from enumerate(taints if isinstance(taints, list) else ())


def _read(taint: object) -> dict[str, object]:
    if isinstance(taint, str):
        return _taint.parsed(taint)
    pairs = taint.items() if isinstance(taint, dict) else ()
    return {key: value for key, value in pairs if value is not None}


def is_cordon(taint: _Entry) -> bool:
    """Whether this is the taint that a cordon brings."""
    return (taint.get("key"), taint.get("effect")) == (CORDON["key"], CORDON["effect"])


def _complaints(data: _Entry) -> Iterator[Complaint]:
    for path, entry, _ in _tables(data):
        yield from _taint.complaints(
            ((*path, "taints", index), _read(taint), isinstance(taint, str))
            for index, taint in _taints(entry)
        )
