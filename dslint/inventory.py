"""The nodes that workloads are placed on: read from files, given as objects, or built in.

Files in any form of inventories/ go in, plain v1.Node dicts in their order come out. A file that
cannot be used raises InputError with file, line and column; a duplicate name (the first counts)
and a taint that an API server refuses are complaints, and the rest is used.
"""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import BinaryIO

from dslint.inventories import Node, _shortened, _text
from dslint.inventories._text import Origin
from dslint.model import Complaint, InputError, Path, Place, format_path
from dslint.nodeset import NodeIndex, index_of

_FLEET = pathlib.Path(__file__).parent / "data" / "reference-fleet.yaml"
REFERENCE = "the built-in reference fleet"


# no slots and no comparison by value: what is computed from an inventory is kept by its identity
@dataclass(frozen=True, eq=False)
class Inventory:
    """Nodes in order, as plain v1.Node dicts, and what is wrong with them.

    `sources` names the files. `complaints` are (file, complaint), each with its mark. `origins`
    holds, for each node that was read from a file, where it stands. `reference` says that this is
    the built-in fleet.
    """

    nodes: tuple[Node, ...]
    sources: tuple[str, ...] = ()
    complaints: tuple[tuple[str, Complaint], ...] = ()
    reference: bool = False
    origins: tuple[tuple[Origin, Path], ...] = ()

    @functools.cached_property
    def index(self) -> NodeIndex:
        """The sets of nodes that placement asks for, made once."""
        return index_of(self.nodes)

    @classmethod
    def from_objects(cls, nodes: Iterable[object], sources: Sequence[str] = ()) -> Inventory:
        """The inventory of plain v1.Node dicts, read once; of one name the first counts.

        Nothing is checked: what is no dict is left out, what a node has of a wrong type is for
        whoever asks for it.
        """
        named: dict[object, Node] = {}
        for node in nodes:
            if isinstance(node, Mapping):
                named.setdefault(_name(node) or id(node), node)
        return cls(tuple(named.values()), tuple(sources))

    @classmethod
    def load(cls, *paths: str | PathLike[str], stdin: BinaryIO | None = None) -> Inventory:
        """The inventory of one or several files; `-` is `stdin`, the process's by default.

        Raises InputError for a file that cannot be read or holds no node.
        """
        files = dict.fromkeys(fspath(path) for path in paths)
        return _assembled([(file, _text.content(file, stdin)) for file in files])

    @classmethod
    def parse(cls, text: str | bytes, file: str = "-") -> Inventory:
        """The inventory of one text. Raises InputError as `load` does."""
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return _assembled([(file, raw)])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the nodes in order, "" where one has none."""
        return tuple(map(_name, self.nodes))

    def at(self, position: int, path: Path = ()) -> Place:
        """The place of a field of the node at a position (from 0), or of its nearest parent."""
        if not self.origins:
            return Place("", 1, 1, format_path((position, *path)))
        origin, base = self.origins[position]
        return origin.at(base, path)


@functools.cache
def reference_fleet() -> Inventory:
    """The nodes that a stock cluster has, one of each kind, for when no inventory is given."""
    read = _assembled([(_FLEET.name, _FLEET.read_bytes())])
    return Inventory(
        read.nodes, (REFERENCE,), read.complaints, reference=True, origins=read.origins
    )


def to_short(nodes: Iterable[Node]) -> dict[str, object]:
    """The nodes in the short form, as plain data: what all share as defaults, alike ones as pools.

    Read again it gives nodes that are placed on alike, single ones before those of pools. The form
    cannot say of a node that it has no hostname label, or is cordoned without the taint.
    """
    return _shortened.shortened(nodes)


def _assembled(texts: Sequence[tuple[str, bytes]]) -> Inventory:
    """One inventory of several texts; of one name the first counts. Raises InputError."""
    kept: dict[object, tuple[Node, Origin, Path]] = {}
    complaints: list[tuple[str, Complaint]] = []
    for origin, taken in (found for file, text in texts for found in _text.taken(file, text)):
        complaints.extend((origin.file, origin.marked(said)) for said in taken.complaints)
        for node, path in zip(taken.nodes, taken.paths, strict=True):
            name = _name(node)
            entry = node, origin, path
            first = kept.setdefault(name or len(kept), entry)
            if first is not entry:
                complaints.append((origin.file, _duplicate(name, entry, first)))
    if not kept:
        where = ", ".join(file for file, _ in texts)
        raise InputError(
            "the inventory holds no node", where, "placement answers with nodes", _text.ANEW
        )
    return Inventory(
        nodes=tuple(node for node, _, _ in kept.values()),
        sources=tuple(file for file, _ in texts),
        complaints=tuple(complaints),
        origins=tuple((origin, path) for _, origin, path in kept.values()),
    )


def _duplicate(
    name: str, second: tuple[Node, Origin, Path], first: tuple[Node, Origin, Path]
) -> Complaint:
    here, there = (origin.at(base, ("metadata", "name")) for _, origin, base in (second, first))
    _, origin, base = second
    return Complaint(
        "DS901",
        origin.path(base, ("metadata", "name")),
        f"node {name} is there already, at {there.file}:{there.line}:{there.column}",
        mark=(here.line, here.column),
    )


def _name(node: Node) -> str:
    metadata = node.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""
