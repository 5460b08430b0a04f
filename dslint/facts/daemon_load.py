"""How much of a node its daemons request together, resource by resource."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dslint import daemons, landing, room
from dslint.bitsets import bits_of, flags_of
from dslint.daemons import Daemon, Fleet
from dslint.nodeset import Universe
from dslint.subject import Subject

NEEDS_INVENTORY = True
SETTINGS = ("over_percent", "up_to_percent")


class _Load(NamedTuple):
    """A node's daemons, what they request of a resource together, and what it has."""

    percent: int
    nodes: int
    daemons: Sequence[Daemon]
    requested: int
    has: int


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each resource the `node` with the greatest load, and on how many `nodes` it is too much.

    Too much is over the setting `over_percent` and at most `up_to_percent` of what a node has:
    `percent`, `requested`, `allocatable`, `daemons` (how many) are of that one node, `path` is the
    largest request of them.
    """
    fleet = daemons.of(subject)
    if fleet is None:
        return []
    asked = {
        one.position: room.requests(one.workload.pod, subject.target) for one in fleet.daemons
    }
    found: dict[str, list[_Load]] = {}
    for name, load in _loads(fleet, asked):
        if _is_too_much(load, subject.settings):
            found.setdefault(name, []).append(load)
    return [_item(name, loads, fleet, asked) for name, loads in found.items()]


def _is_too_much(load: _Load, settings: Mapping[str, object]) -> bool:
    over, up_to = settings.get("over_percent"), settings.get("up_to_percent")
    part = 100 * load.requested
    if isinstance(over, int | float) and part <= over * load.has:
        return False
    return not isinstance(up_to, int | float) or part <= up_to * load.has


def _loads(fleet: Fleet, asked: Mapping[int, Mapping[str, int]]) -> Iterator[tuple[str, _Load]]:
    """The loads of each sort of node: the same daemons, the same resources."""
    for nodes, there in daemons.meetings(fleet):
        total: dict[str, int] = {}
        for daemon in there:
            for name, amount in asked[daemon.position].items():
                total[name] = total.get(name, 0) + amount
        for name, amount in total.items():
            for has, alike in _alike(fleet.universe, name, nodes):
                yield name, _Load(100 * amount // has, alike, there, amount, has)


def _alike(universe: Universe, name: str, nodes: int) -> Iterator[tuple[int, int]]:
    """Some nodes by how much of a resource they have; those that have none are left out."""
    bits: dict[int, list[int]] = {}
    flags = flags_of(nodes)
    for bit in itertools.compress(range(len(flags)), flags):
        has = room.having(universe, name)[bit]
        if has is not None and has > 0:
            bits.setdefault(has, []).append(bit)
    for has, alike in bits.items():
        yield has, bits_of(alike, len(universe.facts))


def _item(
    name: str, loads: Sequence[_Load], fleet: Fleet, asked: Mapping[int, Mapping[str, int]]
) -> dict[str, object]:
    worst = max(loads, key=lambda load: load.percent)
    largest = max(worst.daemons, key=lambda daemon: asked[daemon.position].get(name, 0))
    names = fleet.names(worst.nodes)
    nodes = 0
    for load in loads:
        nodes |= load.nodes
    asking = sum(1 for one in worst.daemons if asked[one.position].get(name))
    where = room.where(largest.workload, name)
    return {
        "resource": name,
        "node": next(iter(names)),
        "percent": worst.percent,
        "requested": room.shown(name, worst.requested),
        "allocatable": room.shown(name, worst.has),
        "daemons": asking,
        "nodes": len(fleet.names(nodes)),
        "names": landing.shown(fleet.names(nodes)),
        "path": ("workloads", largest.position, *largest.workload.pod_path, *where),
    }
