"""The DaemonSets of a whole run and the nodes on which the same ones of them meet.

What a fact is asked about comes in, daemons with the sets of nodes that they land on come out, in
one universe. A DaemonSet that stands twice in a run (two overlays, two versions) counts once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dslint import landing
from dslint.nodeset import NodeIndex, NodeNames, Universe
from dslint.placement import Names
from dslint.subject import Subject
from dslint.workloads import Workload


class Daemon(NamedTuple):
    """A DaemonSet, its place in the run, and the nodes that it lands on."""

    workload: Workload
    position: int
    lands: int


@dataclass(frozen=True, slots=True)
class Fleet:
    """The DaemonSets of a run; the sets are of classes of nodes, or of nodes."""

    index: NodeIndex
    by_class: bool
    daemons: tuple[Daemon, ...]

    @property
    def universe(self) -> Universe:
        """The universe that the sets are of."""
        return self.index.classes if self.by_class else self.index.nodes

    def names(self, nodes: int) -> NodeNames:
        """The names of a set."""
        return self.index.select(nodes, self.by_class)


def of(subject: Subject) -> Fleet | None:
    """The DaemonSets of the subject's run that land somewhere, None where nothing is placed."""
    if subject.inventory is None or not subject.placements:
        return None
    index = subject.inventory.index
    placed = zip(subject.workloads, subject.placements, strict=True)
    found: dict[str, tuple[Workload, int, Names]] = {}
    for position, (workload, placement) in enumerate(placed):
        if workload.kind == "DaemonSet" and placement.lands:
            found.setdefault(workload.id, (workload, position, placement.lands))
    by_class = all(
        isinstance(names, NodeNames) and names.by_class for _, _, names in found.values()
    )
    daemons = (
        Daemon(workload, position, landing.bits(names, index, by_class))
        for workload, position, names in found.values()
    )
    return Fleet(index, by_class, tuple(daemons))


def meetings(fleet: Fleet) -> Iterator[tuple[int, Sequence[Daemon]]]:
    """Each set of nodes on which the same daemons land, with these; no two sets share a node.

    Daemons that land on the same nodes are kept together, so that a set is split once for each
    different landing and not for each daemon.
    """
    alike: dict[int, list[Daemon]] = {}
    for daemon in fleet.daemons:
        alike.setdefault(daemon.lands, []).append(daemon)
    parts: Mapping[int, list[Daemon]] = {fleet.universe.everything: []}
    for lands, daemons in alike.items():
        split: dict[int, list[Daemon]] = {}
        for nodes, there in parts.items():
            if nodes & lands:
                split[nodes & lands] = [*there, *daemons]
            if nodes & ~lands:
                split[nodes & ~lands] = there
        parts = split
    yield from parts.items()
