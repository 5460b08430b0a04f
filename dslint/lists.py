"""Judges lists: what stands around objects that one document holds together.

A document's data comes in; out goes what kubectl says of a List that it cannot take apart. No API
server ever sees one: kubectl sends the items, and refuses the whole where one is no object.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import kinds
from dslint.model import Complaint, Path, format_path
from dslint.target import Target
from dslint.workloads import Object, is_headless, text

_SUFFIX = "List"
_NAMES: dict[type, str] = {bool: "a boolean", str: "a string", list: "a list"}


def complaints(data: object, target: Target, root: Path = ()) -> Iterator[Complaint]:
    """What is wrong with a List's apiVersion, and with items that are no Kubernetes objects.

    Nothing for data of another kind. Items of a typed list (`PodList`) need no kind. Follows
    decodeToList of kubernetes/apimachinery, pkg/apis/meta/v1/unstructured/helpers.go
    """
    if not isinstance(data, dict) or not text(data.get("kind")).endswith(_SUFFIX):
        return
    items = data.get("items")
    if isinstance(items, list):
        if kinds.status(data, target) != "partial":
            yield from kinds.complaints(data, target, root)
        for index, item in enumerate(items):
            yield from _item(data, item, target, (*root, "items", index))
    elif kinds.status(data, target) == "known" and (items is not None or "items" not in data):
        yield _no_items(data, root)


def _item(owner: Object, item: object, target: Target, path: Path) -> Iterator[Complaint]:
    """What is wrong with one item as such; a list in a list is taken apart as well."""
    if not isinstance(item, dict):
        what = f"items[{path[-1]}] is {_name(item)}; a map is wanted"
        yield Complaint("DS102", path, what, fix="write a Kubernetes object, or remove the item")
    elif owner.get("kind") == _SUFFIX and is_headless(item):
        yield kinds.NEITHER._replace(path=path)
    else:
        yield from complaints(item, target, path)


def _no_items(data: Object, root: Path) -> Complaint:
    """A list without a list of items: there is no such resource that it could be itself."""
    path = (*root, "items")
    if "items" in data:
        what = f"items is {_name(data['items'])}; a list is wanted"
        return Complaint("DS102", path, what, fix="write a list")
    what = f"{format_path(path)} is missing"
    fix = f"add items to the {data.get('kind')}"
    return Complaint("DS103", path, what, at=root, key=True, fix=fix)


def _name(value: object) -> str:
    if isinstance(value, dict):
        return "a map"
    return "null" if value is None else _NAMES.get(type(value), "a number")
