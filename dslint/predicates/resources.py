"""A node must have room for what the pod requests, alone on it.

Scheduler plug-in NodeResourcesFit and the kubelet's admission, on an otherwise empty node. A node
that states neither allocatable nor capacity is not judged. Follows fitsRequest in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/noderesources/fit.go
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from dslint import edits, quantity, syntax
from dslint.model import Path
from dslint.node_facts import Resources
from dslint.pod_requests import pod_requests
from dslint.question import Line, Question, Refused, Repair
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, mappings

ORDER = 6

_Asked = Mapping[str, tuple[int, int]]

_NATIVE = ("cpu", "memory", "ephemeral-storage")
_PREFIXES = ("hugepages-", "attachable-volumes-")


def refusals(question: Question) -> Iterator[Refused]:
    """For each resource, the nodes that have too little of it; those without room for one pod."""
    asked = _asked(question)
    short: dict[str, int] = {}
    amounts: dict[str, int] = {}
    for resources, nodes in question.universe.resources.items():
        if resources is not None:
            for name, amount in _short(asked, question, _allocatable(resources)):
                short[name] = short.get(name, 0) | nodes
                amounts[name] = amount
    for name, nodes in short.items():
        yield Refused(
            nodes, _because(name, amounts[name]), _where(question.workload, name), key=True
        )


def _short(
    wanted: _Asked, question: Question, allocatable: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """The resources that a node has too little of, with what is asked."""
    for name, (amount, known) in wanted.items():
        # A kubelet drops what its node has never heard of: removeMissingExtendedResources in
        # https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/lifecycle/predicate.go
        dropped = question.by_kubelet and name not in allocatable
        asked = known if dropped else amount
        # An allocatable that overflowed may be negative: a pod that asks for nothing fits.
        if asked > 0 and asked > allocatable.get(name, 0):
            yield name, asked


def _asked(question: Question) -> _Asked:
    """Each request, in full and without the containers' requests for extended resources."""
    pod, target = question.workload.pod, question.target
    full = lacking = _requests(pod, target)
    if question.by_kubelet:
        lacking = _requests(pod, target, lambda name: not is_extended(name))
    return {name: (amount, lacking.get(name, 0)) for name, amount in full.items()}


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
    return f"Insufficient {name}: the pod requests {_shown(name, amount)}"


def _shown(name: str, amount: int) -> str:
    """The scheduler's number as a quantity: cpu comes in milli, bytes in binary units."""
    if name == "cpu":
        return f"{amount}m" if amount % 1000 else str(amount // 1000)
    binary = name in ("memory", "ephemeral-storage") or name.startswith("hugepages-")
    format_ = "BinarySI" if binary else "DecimalSI"
    return quantity.canonical(quantity.Quantity(amount, 0, fixed=True, format=format_))


def _where(workload: Workload, name: str) -> Path:
    """The first request for a resource, or limit where there is no request."""
    return next(_asking(workload, name), ("containers",))


def _asking(workload: Workload, name: str) -> Iterator[Path]:
    """Every place where the pod requests a resource or sets its limit."""
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


def trace(question: Question) -> Iterator[Line]:
    """Each request beside what the node has."""
    stated = question.node.resources
    if stated is None:
        yield Line(holds=True, text="the node states no allocatable resources: not judged")
        return
    allocatable = _allocatable(stated)
    short = {name for name, _ in _short(_asked(question), question, allocatable)}
    for name, amount in _requests(question.workload.pod, question.target).items():
        has = _shown(name, allocatable.get(name, 0))
        yield Line(
            name not in short, f"{name}: requests {_shown(name, amount)}, allocatable {has}"
        )


def repair(question: Question) -> Repair:
    """Each request that is too large cut to what the node has, where one container makes it."""
    allocatable = _allocatable(question.node.resources or ())
    patch: tuple[dict[str, object], ...] = ()
    for name, _ in _short(_asked(question), question, allocatable):
        cut = _cut(question.workload, name, allocatable.get(name, 0))
        if cut is None:
            return Repair(None)
        patch += cut
    return Repair(patch)


def _cut(workload: Workload, name: str, room: int) -> edits.Patch | None:
    """Puts the room in the place of the only request for a resource, or takes that out."""
    asking = tuple(_asking(workload, name))
    if not asking or len({path[:2] for path in asking}) > 1:
        return None
    if room <= 0:
        return tuple(one for path in asking for one in edits.remove(path))
    value = _shown(name, room)
    return tuple(one for path in asking for one in edits.replace(path, value))
