"""What is kept of a v1.Node, and what makes one unusable.

The fields that placement, rules and reports ask for are selected, the rest (images, managed) is
dropped, so that a node is the same whichever form it came in. Types that an API server could not
decode raise InputError; a taint that it would refuse is a complaint, and the node stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint import quantity
from dslint.inventories import Node, _taint, wrong
from dslint.inventories._shape import ANY, Field, check_types, values
from dslint.model import Complaint, Document, Path, format_path

KEPT: Mapping[str, tuple[str, ...]] = {
    "metadata": ("name", "labels", "creationTimestamp"),
    "spec": ("taints", "unschedulable"),
    "status": ("allocatable", "capacity", "conditions"),
}
CONDITION = ("type", "status", "lastHeartbeatTime")
"""What is kept of a condition; the newest heartbeat is the time of the capture."""

_MAP, _LIST, _TEXT = ((dict,), "a map"), ((list,), "a list"), ((str,), "a string")
_AMOUNT = (str, int, float), "a quantity"

AMOUNTS = (("status", "allocatable", ANY), ("status", "capacity", ANY))
FIELDS = (
    *(Field((part,), *_MAP) for part in KEPT),
    Field(("metadata", "name"), *_TEXT),
    Field(("metadata", "labels"), *_MAP),
    Field(("metadata", "labels", ANY), *_TEXT),
    Field(("spec", "unschedulable"), (bool,), "true or false"),
    Field(("spec", "taints"), *_LIST),
    Field(("spec", "taints", ANY), *_MAP),
    *(Field(("spec", "taints", ANY, key), *_TEXT) for key in ("key", "value", "effect")),
    *(Field(pattern[:2], *_MAP) for pattern in AMOUNTS),
    *(Field(pattern, *_AMOUNT) for pattern in AMOUNTS),
    Field(("status", "conditions"), *_LIST),
    Field(("status", "conditions", ANY), *_MAP),
)


def check(document: Document, base: Path, node: Node) -> None:
    """Raises InputError where the node at `base` has a wrong type or a quantity that is none."""
    check_types(document, base, node, FIELDS)
    check_amounts(document, base, node, AMOUNTS)


def check_amounts(
    document: Document, base: Path, data: object, patterns: tuple[tuple[str, ...], ...]
) -> None:
    """Raises InputError at the first value that Kubernetes reads no quantity from."""
    for pattern in patterns:
        for path, value in values(data, pattern):
            if quantity.parse(value) is None:
                raise wrong(
                    document,
                    base + path,
                    f"{format_path(base + path)} is {value!r}, which is no quantity",
                    "a quantity is a number with one suffix, or none: 500m, 4, 16Gi, 1.5G, 1e3",
                    "write one of that form",
                )


def complaints(base: Path, node: Node) -> Iterator[Complaint]:
    """What an API server refuses in the taints of the node at `base`."""
    taints = values(node, ("spec", "taints", ANY))
    return _taint.complaints(
        (base + path, taint, False) for path, taint in taints if isinstance(taint, dict)
    )


def selected(node: Node) -> Node:
    """The node without what nobody asks for, whatever types it has."""
    whole: dict[str, object] = {key: node[key] for key in ("apiVersion", "kind") if key in node}
    for part, fields in KEPT.items():
        data = _unelided(node.get(part))
        if isinstance(data, dict):
            whole[part] = {key: _unelided(data[key]) for key in fields if key in data}
        elif data is not None:
            whole[part] = data
    return whole


def settled(node: Node) -> Node:
    """A selected and checked node as the API server holds it, without nulls.

    A label whose value is null has an empty one.
    """
    return {
        part: {key: _settled(key, value) for key, value in data.items() if value is not None}
        if isinstance(data, dict)
        else data
        for part, data in node.items()
    }


def _unelided(value: object) -> object:
    # documentation writes `spec: ...` for what it leaves out
    return None if value in ("...", "…") else value


def _settled(key: str, value: object) -> object:
    if key == "labels" and isinstance(value, dict):
        return {label: "" if text is None else text for label, text in value.items()}
    if key == "taints" and isinstance(value, list):
        return [
            {k: v for k, v in one.items() if v is not None} for one in value if one is not None
        ]
    if key == "conditions" and isinstance(value, list):
        return [{k: one[k] for k in CONDITION if k in one} for one in value if one]
    return value
