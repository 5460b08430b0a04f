"""What a pod requests and what a node has, in the numbers that the scheduler compares.

A workload or a node's resources go in, integers by resource come out: cpu in milli, all else in
units. What cannot be read counts as absent. Follows fitsRequest and resourceRequest in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/noderesources/fit.go
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from dslint import quantity, syntax
from dslint.model import Path
from dslint.node_facts import Resources
from dslint.pod_requests import pod_requests
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, mappings

_NATIVE = ("cpu", "memory", "ephemeral-storage")
_PREFIXES = ("hugepages-", "attachable-volumes-")


def requests(
    pod: Object, target: Target, counts: Callable[[str], bool] = lambda _: True
) -> dict[str, int]:
    """The scheduler's numbers: cpu in milli, all else in units; never below zero; and one pod."""
    counted = pod_requests(pod, target, counts)
    return {"pods": 1} | {
        name: max(0, _number(name, amount))
        for name, amount in counted.items()
        if name in _NATIVE or _is_scalar(name)
    }


@functools.lru_cache(maxsize=1024)
def allocatable(resources: Resources) -> Mapping[str, int]:
    """What a node has of each resource."""
    read = ((name, quantity.parse(value)) for name, value in resources)
    return {
        name: _number(name, quantity.round_up(amount))
        for name, amount in read
        if amount is not None
    }


def shown(name: str, amount: int) -> str:
    """The scheduler's number as a quantity: cpu comes in milli, bytes in binary units."""
    if name == "cpu":
        return f"{amount}m" if amount % 1000 else str(amount // 1000)
    binary = name in ("memory", "ephemeral-storage") or name.startswith("hugepages-")
    format_ = "BinarySI" if binary else "DecimalSI"
    return quantity.canonical(quantity.Quantity(amount, 0, fixed=True, format=format_))


def where(workload: Workload, name: str) -> Path:
    """The first request for a resource, or limit where there is no request, in the pod spec."""
    return next(asking(workload, name), ("containers",))


def asking(workload: Workload, name: str) -> Iterator[Path]:
    """Every place in the pod spec that requests a resource or sets its limit."""
    for holder, stated in _holders(workload):
        for kind in ("requests", "limits"):
            if name in mapping(mapping(stated.get("resources")).get(kind)):
                yield (*holder, "resources", kind, name)


def _holders(workload: Workload) -> Iterator[tuple[Path, Object]]:
    for part in ("containers", "initContainers"):
        for index, container in enumerate(mappings(workload.pod.get(part))):
            yield (part, index), container
    yield (), workload.pod


def _number(name: str, amount: quantity.Quantity) -> int:
    return quantity.scaled(amount, quantity.MILLI if name == "cpu" else 0)


@functools.lru_cache(maxsize=1024)
def _is_scalar(name: str) -> bool:
    """Whether the scheduler counts a resource besides the native ones: IsScalarResourceName."""
    return "kubernetes.io/" in name or name.startswith(_PREFIXES) or is_extended(name)


def is_extended(name: str) -> bool:
    """Whether a resource is an extended one: IsExtendedResourceName."""
    native = "/" not in name or "kubernetes.io/" in name
    return not (
        native or name.startswith("requests.") or syntax.qualified_name(f"requests.{name}")
    )
