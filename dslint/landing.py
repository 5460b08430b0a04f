"""A placement as sets of nodes: what rules ask of it without a loop over nodes.

A `Placement` and the index of its inventory go in, a `Landing` comes out, whose sets are those of
the placement's own universe (classes, or single nodes). Nothing raises.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dslint import node_kinds
from dslint.bitsets import flags_of
from dslint.nodeset import NodeIndex, NodeNames, Universe
from dslint.placement import Names, Placement

_SHOWN = 3
_DIGITS = bytes.maketrans(b"\0\x01", b"01")


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a workload lands, and what each predicate refuses, as sets of one universe."""

    index: NodeIndex
    by_class: bool
    lands: int
    refused: Mapping[str, int]

    @property
    def universe(self) -> Universe:
        """The universe that the sets are of."""
        return self.index.classes if self.by_class else self.index.nodes

    def names(self, nodes: int) -> NodeNames:
        """The names of a set, made only when read."""
        return self.index.select(nodes, self.by_class)

    def alone(self, predicate: str) -> int:
        """The nodes that this predicate refuses and no other."""
        found = self.refused.get(predicate, 0)
        for name, nodes in self.refused.items():
            if found and name != predicate:
                found &= ~nodes
        return found

    def told(self, nodes: int) -> dict[str, object]:
        """`nodes`, how many there are in the set, and `names` of some: what an item may say."""
        names = self.names(nodes)
        return {"nodes": len(names), "names": shown(names)}


def of(placement: Placement, index: NodeIndex) -> Landing:
    """The landing of a placement on the nodes of that index."""
    by_class = isinstance(placement.lands, NodeNames) and placement.lands.by_class
    refused: dict[str, int] = {}
    for one in placement.refusals:
        found = refused.get(one.predicate, 0)
        refused[one.predicate] = found | bits(one.nodes, index, by_class)
    return Landing(index, by_class, bits(placement.lands, index, by_class), refused)


def bits(names: Names, index: NodeIndex, by_class: bool) -> int:
    """The names as a set of the universe of classes or of nodes; a class has to be whole."""
    if isinstance(names, NodeNames):
        if names.by_class == by_class:
            return names.bits
        if names.by_class:
            return _spread(names.bits, index)
    found = 0
    for name in names:
        position = index.positions[name]
        found |= 1 << (index.class_of[position] if by_class else position)
    return found


def _spread(classes: int, index: NodeIndex) -> int:
    """A set of classes as the set of the nodes in them."""
    flags = flags_of(classes).ljust(len(index.sizes), b"\0")
    members = bytes(map(flags.__getitem__, index.class_of))
    return int(members[::-1].translate(_DIGITS) or b"0", 2)


def shown(names: Iterable[str]) -> str:
    """The first names of many: `a, b, c, ...`."""
    first = list(itertools.islice(names, _SHOWN + 1))
    return ", ".join(first[:_SHOWN]) + (", ..." if len(first) > _SHOWN else "")


def counts(placement: Placement, index: NodeIndex) -> dict[str, object]:
    """The site `placement` as rules see it: how many nodes there are of each sort.

    `controlPlane`, `virtual` and `windows` are nodes that it lands on, `missed` those that a taint
    alone refuses, `short` those that have too little room and nothing else against it.
    """
    landing = of(placement, index)
    universe, lands = landing.universe, landing.lands
    counted = {
        "controlPlane": lands & node_kinds.control_planes(universe),
        "virtual": lands & node_kinds.virtual(universe),
        "windows": lands & node_kinds.windows(universe),
        "missed": landing.alone("taints"),
        "short": landing.alone("resources"),
    }
    return {
        "nodes": len(index.names),
        "desired": len(placement.desired),
        "lands": len(placement.lands),
        "pending": len(placement.pending),
        "continues": len(placement.continues),
        "evicted": len(placement.evicted_after),
        **{name: len(landing.names(nodes)) if nodes else 0 for name, nodes in counted.items()},
    }
