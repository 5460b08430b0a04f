"""What `kubectl get nodes -o json` prints, the quick way: 100 MB in about 0.2 s.

Only the fields that are kept are decoded, with their types. Whatever is not exactly as kubectl
writes it (another kind, a wrong type, a taint that an API server refuses) is left to the reader of
YAML, which knows the line of it; so nothing raises here.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TypedDict, cast

from dslint import quantity
from dslint.inventories import Node, Part, Taken, _taint
from dslint.model import Path

_BOM = b"\xef\xbb\xbf"
_is_object = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{").match
_is_plain_amount = re.compile(r"[0-9]+(?:m|[KMGTPE]i|)", re.ASCII).fullmatch

# the fields of _node.KEPT, with what kubectl prints in them


class _Taint(TypedDict, total=False):
    key: str
    value: str
    effect: str


class _Condition(TypedDict, total=False):
    type: str
    status: str
    lastHeartbeatTime: str | None


class _Metadata(TypedDict, total=False):
    name: str
    labels: dict[str, str]
    creationTimestamp: str


class _Spec(TypedDict, total=False):
    taints: list[_Taint]
    unschedulable: bool


class _Status(TypedDict, total=False):
    allocatable: dict[str, str]
    capacity: dict[str, str]
    conditions: list[_Condition]


class _Node(TypedDict, total=False):
    apiVersion: str
    kind: str
    metadata: _Metadata
    spec: _Spec
    status: _Status


class _Listing(_Node, total=False):
    items: list[_Node]


def take(part: Part) -> Taken | None:
    """The nodes of the text as a whole; None where it is not kubectl's JSON, word for word."""
    if part.document is not None or not _is_object(part.text):
        return None
    listing = _decoded(part.text.removeprefix(_BOM))
    if listing is None or listing.get("apiVersion") != "v1":
        return None
    paths: list[Path]
    if listing.get("kind") == "Node":
        nodes, paths = [cast("_Node", listing)], [()]
    elif listing.get("kind") in ("List", "NodeList") and "items" in listing:
        nodes = listing["items"]
        paths = [("items", index) for index in range(len(nodes))]
    else:
        return None
    bare = listing.get("kind") == "NodeList"
    if not all(map(_is_sound, nodes)) or not all(_is_node(node, bare) for node in nodes):
        return None
    return Taken(cast("list[Node]", nodes), paths) if _are_amounts(nodes) else None


def _decoded(text: bytes) -> _Listing | None:
    import msgspec  # spares start-up: an inventory in YAML does without it

    try:
        return msgspec.json.decode(text, type=_Listing)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _is_node(node: _Node, bare: bool) -> bool:
    if bare and "kind" not in node and "apiVersion" not in node:
        return True
    return node.get("kind") == "Node" and node.get("apiVersion") == "v1"


def _is_sound(node: _Node) -> bool:
    return _taint.are_valid(node.get("spec", {}).get("taints", ()))


def _are_amounts(nodes: list[_Node]) -> bool:
    statuses = [node.get("status", {}) for node in nodes]
    maps = chain(*((one.get("allocatable", {}), one.get("capacity", {})) for one in statuses))
    texts = set(chain.from_iterable(amounts.values() for amounts in maps))
    return all(_is_plain_amount(text) or quantity.parse(text) is not None for text in texts)
