"""A node must have room for what the pod requests, alone on it.

Scheduler plug-in NodeResourcesFit and the kubelet's admission, on an otherwise empty node. A node
that states neither allocatable nor capacity is not judged. Follows fitsRequest in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/noderesources/fit.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint import edits, room
from dslint.question import Line, Question, Refused, Repair
from dslint.workloads import Workload

ORDER = 6

_Asked = Mapping[str, tuple[int, int]]


def refusals(question: Question) -> Iterator[Refused]:
    """For each resource, the nodes that have too little of it; those without room for one pod."""
    universe = question.universe
    for name, (amount, known) in _asked(question).items():
        short, asked = room.lacking(universe, name, amount), amount
        if known != amount:
            named = short & room.naming(universe, name)
            asked = amount if named else known
            short = named | room.lacking(universe, name, known)
        if short:
            where = room.where(question.workload, name)
            yield Refused(short, _because(name, asked), where, key=True)


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
    """Each request, in full and as a kubelet reads it whose node does not name the resource."""
    pod, target = question.workload.pod, question.target
    full = lacking = room.requests(pod, target)
    if question.by_kubelet:
        lacking = room.requests(pod, target, lambda name: not room.is_extended(name))
    return {name: (amount, lacking.get(name, 0)) for name, amount in full.items()}


def _because(name: str, amount: int) -> str:
    if name == "pods":
        return "Too many pods: the node takes none"
    return f"Insufficient {name}: the pod requests {room.shown(name, amount)}"


def trace(question: Question) -> Iterator[Line]:
    """Each request beside what the node has."""
    stated = question.node.resources
    if stated is None:
        yield Line(holds=True, text="the node states no allocatable resources: not judged")
        return
    allocatable = room.allocatable(stated)
    short = {name for name, _ in _short(_asked(question), question, allocatable)}
    for name, amount in room.requests(question.workload.pod, question.target).items():
        has = room.shown(name, allocatable.get(name, 0))
        yield Line(
            name not in short, f"{name}: requests {room.shown(name, amount)}, allocatable {has}"
        )


def repair(question: Question) -> Repair:
    """Each request that is too large cut to what the node has, where one container makes it."""
    allocatable = room.allocatable(question.node.resources or ())
    patch: tuple[dict[str, object], ...] = ()
    for name, _ in _short(_asked(question), question, allocatable):
        cut = _cut(question.workload, name, allocatable.get(name, 0))
        if cut is None:
            return Repair(None)
        patch += cut
    return Repair(patch)


def _cut(workload: Workload, name: str, most: int) -> edits.Patch | None:
    """Puts what there is in the place of the only request for a resource, or takes that out."""
    asking = tuple(room.asking(workload, name))
    if not asking or len({path[:2] for path in asking}) > 1:
        return None
    if most <= 0:
        return tuple(one for path in asking for one in edits.remove(path))
    value = room.shown(name, most)
    return tuple(one for path in asking for one in edits.replace(path, value))
