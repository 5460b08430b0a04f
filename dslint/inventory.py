"""The nodes that workloads are placed on: read from files, given as objects, or built in.

Files in any form of inventories/ go in, plain v1.Node dicts in their order come out. A file that
cannot be used raises InputError with file, line and column; a duplicate name (the first counts)
and a taint that an API server refuses are complaints, and the rest is used.
"""

from __future__ import annotations

import functools
import importlib.resources
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path as FilePath
from typing import BinaryIO

from dslint import discover, source
from dslint.inventories import Node, Part, Taken
from dslint.model import Complaint, Document, InputError, Path, Place, format_path
from dslint.nodeset import NodeIndex, index_of

REFERENCE = "the built-in reference fleet"
_FIX = (
    "take it from the cluster (kubectl get nodes -o json > nodes.json) or write it by hand"
    " (kind: NodeInventory)"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where nodes were read: a file, its text, and the index of a document in it."""

    file: str
    text: bytes
    index: int
    short: bool


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
        files = dict.fromkeys(map(fspath, paths))
        return _assembled([(file, _bytes(file, stdin)) for file in files])

    @classmethod
    def parse(cls, text: str | bytes, file: str = "-") -> Inventory:
        """The inventory of one text. Raises InputError as `load` does."""
        raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
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
        return _place(origin, base, path)


@functools.cache
def reference_fleet() -> Inventory:
    """The nodes that a stock cluster has, one of each kind, for when no inventory is given."""
    data = importlib.resources.files("dslint") / "data" / "reference-fleet.yaml"
    read = _assembled([("reference-fleet.yaml", data.read_bytes())])
    return Inventory(read.nodes, (REFERENCE,), read.complaints, True, read.origins)


def _assembled(texts: Sequence[tuple[str, bytes]]) -> Inventory:
    """One inventory of several texts, duplicates left out."""
    first: dict[str, int] = {}
    nodes: list[Node] = []
    origins: list[tuple[Origin, Path]] = []
    complaints: list[tuple[str, Complaint]] = []
    for origin, taken in (found for file, text in texts for found in _taken(file, text)):
        complaints.extend((origin.file, _marked(origin, said)) for said in taken.complaints)
        for node, path in zip(taken.nodes, taken.paths, strict=True):
            seen = first.setdefault(_name(node), len(nodes))
            if seen == len(nodes):
                nodes.append(node)
                origins.append((origin, path))
            else:
                complaints.append(
                    (origin.file, _duplicate(_name(node), origin, path, origins[seen]))
                )
    if not nodes:
        raise InputError(
            "the inventory holds no node",
            texts[0][0] if texts else "",
            "placement answers with nodes",
            _FIX,
        )
    return Inventory(
        tuple(nodes), tuple(file for file, _ in texts), tuple(complaints), False, tuple(origins)
    )


def _taken(file: str, text: bytes) -> Iterator[tuple[Origin, Taken]]:
    """What the forms take of a text: of the whole, else of each document. Raises InputError."""
    if not text.strip():
        raise InputError("the file is empty", f"{file}:1:1", "an inventory names nodes", _FIX)
    whole = _asked(Part(file, text))
    if whole:
        yield Origin(file, text, 0, whole.short), whole
        return
    documents = _documents(file, text)
    _check_text(documents)
    answers = [_asked(Part(file, text, document)) for document in documents]
    if not any(answers):
        raise _no_node(file, documents)
    for index, taken in enumerate(answers):
        if taken:
            yield Origin(file, text, index, taken.short), taken


def _asked(part: Part) -> Taken | None:
    for form in discover.modules("inventories"):
        taken: Taken | None = form.take(part)
        if taken is not None:
            return taken
    return None


@functools.lru_cache(maxsize=4)
def _documents(file: str, text: bytes) -> tuple[Document, ...]:
    # remembered, because the place of a node is asked for after the text was read
    return tuple(source.read(text, file))


def _check_text(documents: Iterable[Document]) -> None:
    """Raises InputError for text that a YAML reader refuses, a key twice in a map included."""
    for document in documents:
        for said in document.complaints:
            if document.data is None or said.rule == "DS002":
                place = _marked_place(document, said)
                raise InputError(
                    said.what,
                    f"{place.file}:{place.line}:{place.column}",
                    said.why or "no YAML or JSON can be read from it",
                    said.fix
                    or "repair the text there, or take the inventory anew: kubectl get nodes -o json > nodes.json",
                )


def _no_node(file: str, documents: Sequence[Document]) -> InputError:
    found = dict(_kinds(documents))
    place = next(iter(found.values()), Place(file, 1, 1))
    return InputError(
        f"no v1 Node in it, but {', '.join(found)}" if found else "no document in it",
        f"{place.file}:{place.line}:{place.column}",
        "placement needs the nodes themselves, with their labels, taints and allocatable",
        _FIX,
    )


def _kinds(documents: Iterable[Document]) -> Iterator[tuple[str, Place]]:
    """What stands in documents that hold no node, the last one of a kind first."""
    for document in reversed(list(documents)):
        data = document.data
        if isinstance(data, dict) and data.get("kind") == "List":
            for index, item in reversed(list(enumerate(data.get("items") or ()))):
                yield _kind(item), document.at(("items", index, "kind"))
        elif data is not None:
            yield _kind(data), document.at(("kind",))


def _kind(data: object) -> str:
    if not isinstance(data, Mapping):
        return "a list" if isinstance(data, list) else f"the bare value {str(data)[:40]!r}"
    kind, version = data.get("kind"), data.get("apiVersion")
    if not kind:
        return "a document without kind"
    return f"{kind} ({version})" if version else str(kind)


def _name(node: Node) -> str:
    metadata = node.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""


def _duplicate(name: str, origin: Origin, base: Path, first: tuple[Origin, Path]) -> Complaint:
    here, there = (_place(*one, ("metadata", "name")) for one in ((origin, base), first))
    return Complaint(
        "DS901",
        (*base, "name") if origin.short else (*base, "metadata", "name"),
        f"node {name} is there already, at {there.file}:{there.line}:{there.column}",
        mark=(here.line, here.column),
    )


def _marked(origin: Origin, said: Complaint) -> Complaint:
    place = _marked_place(_documents(origin.file, origin.text)[origin.index], said)
    return Complaint(
        said.rule,
        said.path,
        said.what,
        mark=(place.line, place.column),
        why=said.why,
        fix=said.fix,
    )


def _marked_place(document: Document, said: Complaint) -> Place:
    if said.mark:
        return Place(document.file, *said.mark)
    return document.at(said.path if said.at is None else said.at, said.key)


def _place(origin: Origin, base: Path, path: Path) -> Place:
    """The place of a v1.Node's field; the short form has those of metadata, spec and status."""
    document = _documents(origin.file, origin.text)[origin.index]
    return document.at(base + (path[1:] if origin.short else path))


def _bytes(file: str, stdin: BinaryIO | None) -> bytes:
    if file == "-":
        return (stdin or sys.stdin.buffer).read()
    try:
        return FilePath(file).read_bytes()
    except OSError as error:
        is_folder = FilePath(file).is_dir()
        raise InputError(
            "this is a folder" if is_folder else f"cannot read it: {error.strerror}",
            file,
            "an inventory is one file or several",
            "name its files" if is_folder else "name a file that is there and may be read",
        ) from None
