"""What `kubectl get nodes -o yaml` prints: a List, a NodeList, or bare Node documents.

JSON that the quick way does not take comes here too, because only here lines are known. Dumps
without kind and apiVersion are taken by their look. Other kinds beside nodes are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint.inventories import Node, Part, Taken, _node
from dslint.model import Path

_LISTS = ("List", "NodeList", None)
# what a v1.Node has and hardly anything else: NodeSpec and NodeStatus of core/v1
_SPEC = ("taints", "unschedulable", "podCIDR", "podCIDRs", "providerID", "externalID")
_STATUS = ("allocatable", "capacity", "nodeInfo", "addresses", "daemonEndpoints")


def take(part: Part) -> Taken | None:
    """The nodes of one document; None where it is neither a Node nor a list with one.

    Raises InputError for a node without a name, with a wrong type or a quantity that is none.
    """
    document = part.document
    data = document.data if document else None
    if document is None or not isinstance(data, dict):
        return None
    found = [(path, _node.selected(node)) for path, node in _nodes(data)]
    if not found and not _is_empty_list(data):
        return None
    for path, node in found:
        _node.check(document, path, node)
    return Taken(
        [_node.settled(node) for _, node in found],
        [path for path, _ in found],
        complaints=[said for path, node in found for said in _node.complaints(path, node)],
    )


def _nodes(data: Mapping[str, object]) -> Iterator[tuple[Path, Node]]:
    kind, items = data.get("kind"), data.get("items")
    if _is_node(data):
        yield (), data
    elif kind in _LISTS and isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, dict) and (_is_node(item) or (kind == "NodeList" and _bare(item))):
                yield ("items", index), item


def _is_node(data: Mapping[str, object]) -> bool:
    if data.get("apiVersion", "v1") != "v1":
        return False
    return data.get("kind") == "Node" or (_bare(data) and _looks_like_node(data))


def _bare(data: Mapping[str, object]) -> bool:
    return "kind" not in data and data.get("apiVersion", "v1") == "v1"


def _looks_like_node(data: Mapping[str, object]) -> bool:
    metadata, spec, status = (data.get(part) for part in _node.KEPT)
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        return False
    return _has(spec, _SPEC) or _has(status, _STATUS)


def _has(data: object, keys: tuple[str, ...]) -> bool:
    return isinstance(data, dict) and any(key in data for key in keys)


def _is_empty_list(data: Mapping[str, object]) -> bool:
    return data.get("kind") in ("List", "NodeList") and not data.get("items")
