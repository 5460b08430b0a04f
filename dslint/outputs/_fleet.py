"""The nodes of an inventory, one row each: what a scheduler sees of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dslint.outputs._findings import count
from dslint.outputs._sheet import Line, Row, line, row
from dslint.report import NodesReport

ROLE = "node-role.kubernetes.io/"
HEADS = ("NODE", "ROLES", "OS/ARCH", "CORDONED", "CPU", "MEMORY", "LABELS", "TAINTS")


class Seen(NamedTuple):
    """One node as it is shown; `allocatable` falls back to `capacity`, as Kubernetes does."""

    name: str
    roles: tuple[str, ...]
    system: str
    architecture: str
    cordoned: bool
    allocatable: Mapping[str, Any]
    labels: Mapping[str, Any]
    taints: tuple[str, ...]


def seen(node: Mapping[str, Any]) -> Seen:
    """A v1.Node as it is shown; what has the wrong type reads as absent."""
    metadata, spec, status = (_mapping(node.get(key)) for key in ("metadata", "spec", "status"))
    labels = _mapping(metadata.get("labels"))
    taints = spec.get("taints")
    return Seen(
        str(metadata.get("name", "")),
        tuple(key.removeprefix(ROLE) for key in labels if key.startswith(ROLE)),
        str(labels.get("kubernetes.io/os", "")),
        str(labels.get("kubernetes.io/arch", "")),
        spec.get("unschedulable") is True,
        _mapping(status.get("allocatable")) or _mapping(status.get("capacity")),
        labels,
        tuple(_taint(_mapping(taint)) for taint in (taints if isinstance(taints, list) else ())),
    )


def lines(report: NodesReport) -> Iterator[Line | Row]:
    """The heading and the table; no table where there is no node."""
    yield line(f"{count(len(report.nodes), 'node')} of {', '.join(report.sources)}", "title")
    if report.nodes:
        yield line()
        yield row(HEADS, "head")
    for node in map(seen, report.nodes):
        yield row(cells(node), "name")


def cells(node: Seen) -> list[str]:
    """The cells of a node under `HEADS`."""
    return [
        node.name,
        ",".join(role or "<none>" for role in node.roles) or "<none>",
        f"{node.system or '?'}/{node.architecture or '?'}",
        "yes" if node.cordoned else "no",
        str(node.allocatable.get("cpu", "?")),
        str(node.allocatable.get("memory", "?")),
        str(len(node.labels)),
        ", ".join(node.taints) or "<none>",
    ]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _taint(taint: Mapping[str, Any]) -> str:
    """A taint in kubectl's own syntax."""
    value = taint.get("value")
    text = f"{taint.get('key', '')}={value}" if value else str(taint.get("key", ""))
    return f"{text}:{taint.get('effect', '')}"
