"""What a pod requests and what a node has, in the numbers that the scheduler compares.

A workload, a node's resources or a universe of nodes go in, integers by resource come out: cpu in
milli, all else in units. What cannot be read counts as absent. Follows fitsRequest in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/noderesources/fit.go
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

from dslint import quantity, syntax
from dslint.bitsets import bits_of
from dslint.model import Path
from dslint.node_facts import Resources
from dslint.nodeset import Universe, remembered
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
    return _read(resources)


def _read(resources: Resources) -> Mapping[str, int]:
    read = ((name, quantity.parse(value)) for name, value in resources)
    return {
        name: _number(name, quantity.round_up(amount))
        for name, amount in read
        if amount is not None
    }


@remembered
def having(universe: Universe, name: str) -> Sequence[int | None]:
    """What the nodes of each bit have of a resource: 0 where they name others, None for nothing.

    Worked out once: a real node has an allocatable that no other node has.
    """
    return [
        None if resources is None else resources.get(name, 0) for resources in _stated(universe)
    ]


@remembered
def _stated(universe: Universe) -> Sequence[Mapping[str, int] | None]:
    read = {one: None if one is None else _read(one) for one in universe.resources}
    return [read[fact.resources] for fact in universe.facts]


@remembered
def lacking(universe: Universe, name: str, amount: int) -> int:
    """The nodes that state what they have, and have less of a resource than a pod asks for.

    An allocatable that overflowed may be negative: a pod that asks for nothing fits.
    """
    found = [
        bit for bit, has in enumerate(having(universe, name)) if has is not None and has < amount
    ]
    return bits_of(found, len(universe.facts)) if amount > 0 else 0


@remembered
def naming(universe: Universe, name: str) -> int:
    """The nodes whose allocatable names a resource."""
    found = [bit for bit, has in enumerate(_stated(universe)) if has is not None and name in has]
    return bits_of(found, len(universe.facts))


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
