"""A node must have room for what the pod requests, alone on it.

Scheduler plug-in NodeResourcesFit and the kubelet's admission, on an otherwise empty node. A node
that states neither allocatable nor capacity is not judged. Follows fitsRequest in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/noderesources/fit.go
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from dslint import quantity, syntax
from dslint.model import Path
from dslint.node_facts import Resources
from dslint.pod_requests import pod_requests
from dslint.question import Question, Refused
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, mappings

ORDER = 6

_NATIVE = ("cpu", "memory", "ephemeral-storage")
_PREFIXES = ("hugepages-", "attachable-volumes-")


def refusals(question: Question) -> Iterator[Refused]:
    """For each resource, the nodes that have too little of it; those without room for one pod."""
    requests = _requests(question.workload.pod, question.target)
    lacking = _requests(question.workload.pod, question.target, lambda name: not is_extended(name))
    short: dict[str, int] = {}
    for resources, nodes in question.universe.resources.items():
        if resources is None:
            continue
        allocatable = _allocatable(resources)
        for name, amount in requests.items():
            # A kubelet drops what its node has never heard of: removeMissingExtendedResources in
            # https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/lifecycle/predicate.go
            dropped = question.by_kubelet and name not in allocatable
            asked = lacking.get(name, 0) if dropped else amount
            # An allocatable that overflowed may be negative: a pod that asks for nothing fits.
            if asked > 0 and asked > allocatable.get(name, 0):
                short[name] = short.get(name, 0) | nodes
    for name, nodes in short.items():
        yield Refused(
            nodes, _because(name, requests[name]), _where(question.workload, name), key=True
        )


def _requests(
    pod: Object, target: Target, counts: Callable[[str], bool] = lambda _: True
) -> dict[str, int]:
    """The scheduler's numbers: cpu in milli, all else in units; never below zero; and one pod."""
    counted = pod_requests(pod, target, counts)
    return {"pods": 1} | {
        name: max(0, _number(name, amount))
        for name, amount in counted.items()
        if name in _NATIVE or _is_scalar(name)
    }


def _because(name: str, amount: int) -> str:
    if name == "pods":
        return "Too many pods: the node takes none"
    shown = (
        f"{amount}m"
        if name == "cpu" and amount % 1000
        else amount // ((name == "cpu" and 1000) or 1)
    )
    return f"Insufficient {name}: the pod requests {shown}"


def _where(workload: Workload, name: str) -> Path:
    """The first request for a resource, or limit where there is no request."""
    for part in ("containers", "initContainers"):
        for index, container in enumerate(mappings(workload.pod.get(part))):
            for kind in ("requests", "limits"):
                if name in mapping(mapping(container.get("resources")).get(kind)):
                    return (part, index, "resources", kind, name)
    return ("containers",)


def _number(name: str, amount: quantity.Quantity) -> int:
    return quantity.scaled(amount, quantity.MILLI if name == "cpu" else 0)


@functools.lru_cache(maxsize=1024)
def _allocatable(resources: Resources) -> Mapping[str, int]:
    read = ((name, quantity.parse(value)) for name, value in resources)
    return {
        name: _number(name, quantity.round_up(amount))
        for name, amount in read
        if amount is not None
    }


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
