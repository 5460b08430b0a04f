"""From a file to what the forms take of it, and back from a node to its line.

Bytes are read, the forms are asked, documents are made where no form takes the text as a whole.
Whatever cannot be read, or holds no node at all, raises InputError that says what was found.
"""

from __future__ import annotations

import errno
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import BinaryIO

from dslint import discover, faults, intake, source
from dslint.inventories import Part, Taken
from dslint.model import Complaint, Document, InputError, Path, Place

# Kubectl's JSON costs twice its length, and 15,000 nodes have as much; YAML is read up to a third.
_MOST = 3 * faults.MAX_BYTES
_READABLE = "name a file that is there and may be read"
_SMALLER = (
    "leave out what placement does not look at:"
    " kubectl get nodes -o json | jq 'del(.items[].status.images)' > nodes.json"
)
_TWICE = "of two values under one key only one could count"
_UNREADABLE = "an inventory is YAML or JSON, written in UTF-8"
ANEW = (
    "take it from the cluster (kubectl get nodes -o json > nodes.json) or write it by hand"
    " (kind: NodeInventory)"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where nodes were read: a file, its text, the index of a document in it, and its form.

    The document is made again where a place is asked for and it is not at hand: the quick way
    never makes one.
    """

    file: str
    text: bytes
    index: int
    short: bool

    def path(self, base: Path, path: Path) -> Path:
        """Where a v1.Node's field stands; the short form has no metadata, spec and status."""
        return base + (path[1:] if self.short else path)

    def at(self, base: Path, path: Path) -> Place:
        """The place of a v1.Node's field, or of its nearest parent."""
        return documents_of(self.file, self.text)[self.index].at(self.path(base, path))

    def marked(self, said: Complaint) -> Complaint:
        """The complaint with its mark."""
        place = _place(documents_of(self.file, self.text)[self.index], said)
        return said._replace(mark=(place.line, place.column))


def content(file: str, stdin: BinaryIO | None) -> bytes:
    """The bytes of a file, of `stdin` for `-`. Raises InputError where they cannot be had."""
    try:
        return intake.whole(file, _MOST, stdin)
    except OSError as error:
        is_folder = _is_folder(file)
        fix = _SMALLER if error.errno == errno.EFBIG else _READABLE
        raise InputError(
            "this is a folder" if is_folder else f"cannot read it: {error.strerror}",
            file,
            "an inventory is one file or several",
            "name its files" if is_folder else fix,
        ) from None


def _is_folder(file: str) -> bool:
    """Whether it is a folder: Windows says of one, too, that it may not be read."""
    try:
        return FilePath(file).is_dir()
    except OSError:
        return False


def taken(file: str, text: bytes) -> Iterator[tuple[Origin, Taken]]:
    """What the forms take of a text: of the whole, else of each document. Raises InputError."""
    if not text or text.isspace():
        raise InputError("the file is empty", f"{file}:1:1", "an inventory names nodes", ANEW)
    whole = _asked(Part(file, text))
    if whole:
        yield Origin(file, text, 0, whole.short), whole
        return
    documents = documents_of(file, text)
    _check(documents)
    answers = [_asked(Part(file, text, document)) for document in documents]
    if not any(answers):
        raise _no_node(file, documents)
    for index, found in enumerate(answers):
        if found:
            yield Origin(file, text, index, found.short), found


def _asked(part: Part) -> Taken | None:
    for form in discover.modules("inventories"):
        found: Taken | None = form.take(part)
        if found is not None:
            return found
    return None


@functools.lru_cache(maxsize=4)
def documents_of(file: str, text: bytes) -> tuple[Document, ...]:
    """The documents of a file, remembered: the place of a node is asked for later."""
    return tuple(source.read(text, file))


def _check(documents: Iterable[Document]) -> None:
    """Raises InputError for text that a YAML reader refuses, a key twice in a map included."""
    for document in documents:
        for said in document.complaints:
            if document.data is None or said.rule == "DS002":
                place = _place(document, said)
                raise InputError(
                    said.what,
                    f"{place.file}:{place.line}:{place.column}",
                    said.why or (_TWICE if said.rule == "DS002" else _UNREADABLE),
                    said.fix or f"repair the text there, or {ANEW}",
                )


def _no_node(file: str, documents: Sequence[Document]) -> InputError:
    found: dict[str, Place] = {}
    for kind, at in _kinds(documents):
        found.setdefault(kind, at)
    place = next(iter(found.values()), Place(file, 1, 1))
    return InputError(
        f"no v1 Node in it, but {', '.join(found)}" if found else "no document in it",
        f"{place.file}:{place.line}:{place.column}",
        "placement needs the nodes themselves, with their labels, taints and allocatable",
        ANEW,
    )


def _kinds(documents: Iterable[Document]) -> Iterator[tuple[str, Place]]:
    """What stands in documents that hold no node, and where."""
    for document in documents:
        data = document.data
        items = data.get("items") if isinstance(data, dict) else None
        if isinstance(items, list) and data.get("kind") == "List":
            for index, item in enumerate(items):
                yield _kind(item), document.at(("items", index, "kind"))
        elif data is not None:
            yield _kind(data), document.at(("kind",))


def _kind(data: object) -> str:
    if not isinstance(data, Mapping):
        return "a list" if isinstance(data, list) else f"plain text, {str(data)[:60]!r}"
    kind, version = data.get("kind"), data.get("apiVersion")
    if not kind:
        return "a document without kind"
    return f"{kind} ({version})" if version else str(kind)


def _place(document: Document, said: Complaint) -> Place:
    if said.mark:
        return Place(document.file, *said.mark)
    return document.at(said.path if said.at is None else said.at, said.key)
