"""Reads YAML (and JSON): text in, documents with the place of every key and value out.

One pass over libyaml's events (composer.py), typed as Kubernetes' reader types them (scalars.py).
Whatever is wrong with the text is a complaint in the document that it spoils; nothing here raises
on bad input, and nothing takes more time or memory than the text's length accounts for.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import DocumentStartEvent, Event, StreamEndEvent
from yaml.reader import ReaderError

from dslint import dialect, faults, leftovers
from dslint.composer import Scan, compose, excessive, expands_too_far, unused_anchors
from dslint.model import Complaint, Document, Mark, Path

_LARGE = 50_000  # bytes from which garbage collection costs more than it could save
_MAX_RESTARTS = 100  # faults of one file after which the rest of it is left unread
_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)


def read(text: bytes | str, file: str) -> list[Document]:
    """The documents of a YAML stream or a JSON text, in their order.

    A document that is broken has no data and a complaint that says where; those before and after it
    are read. A `str` with lone surrogates stands for bytes that are not UTF-8. A stream that holds
    nothing but comments has no documents.
    """
    data = text if isinstance(text, bytes) else _encoded(text)
    if len(data) > faults.MAX_BYTES:
        return [Document(None, file, text=data, complaints=(faults.too_large(len(data)),))]
    with _collection_paused(len(data) > _LARGE):
        return leftovers.noted(_documents(data, file), data)


def _encoded(text: str) -> bytes:
    """`text` as UTF-8, its lone surrogates as bytes that are none."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


@contextmanager
def _collection_paused(wanted: bool) -> Iterator[None]:
    """Garbage collection off meanwhile: it would walk the growing data again and again."""
    if not (wanted and gc.isenabled()):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _documents(data: bytes, file: str) -> list[Document]:
    """Every document; after a broken one reading goes on at the next `---`."""
    text, start = dialect.as_yaml(data), 0
    documents: list[Document] = []
    for _ in range(_MAX_RESTARTS):
        piece = _padded(text, start, len(text))
        found, error = _attempt(piece, file, data, len(documents))
        if error is None:
            return documents + found
        if isinstance(error, ReaderError):  # libyaml reads ahead, and stops before what is sound
            bad = faults.first_bad(text, start)
            cut = max((at.start() for at in _SEPARATOR.finditer(text, start, bad)), default=start)
            found, error = _attempt(_padded(text, start, cut), file, data, len(documents))
        if error is None:
            complaint, resume = faults.bad_character(text, bad), bad
        else:
            resume = _offset(error, piece, text, start)
            mended = dialect.go_quotes(text, resume)
            if mended is not None:
                text = mended
                continue
            complaint, resume = faults.from_error(error, piece), _after(text, resume, start)
        documents += found
        documents.append(_broken(complaint, file, data, len(documents)))
        separator = _SEPARATOR.search(text, resume)
        if separator is None:
            break
        start = separator.start()
    return documents


def _padded(text: bytes, start: int, end: int) -> bytes:
    """A stretch of the text, after as many blank lines as came before, so that lines are right."""
    if start == 0:
        return text if end == len(text) else text[:end]
    return b"\n" * faults.breaks(text, start) + text[start:end]


def _offset(error: MarkedYAMLError, piece: bytes, text: bytes, start: int) -> int:
    """The byte of `text` at which the parser stopped in `piece`; marks count characters."""
    mark = error.problem_mark or error.context_mark
    rest = piece.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")[mark.index :]
    return max(start, len(text) - len(rest.encode("utf-8", "surrogateescape")))


def _after(text: bytes, offset: int, start: int) -> int:
    """Where to look for the next document after a fault at `offset`."""
    line = text.rfind(b"\n", 0, offset) + 1
    return offset if _SEPARATOR.match(text, line) and offset > line else max(line, start + 1)


def _broken(complaint: Complaint, file: str, data: bytes, index: int) -> Document:
    line, column = complaint.mark or (1, 1)
    return Document(None, file, line, column, index, data, {}, (complaint,))


def _attempt(
    piece: bytes, file: str, data: bytes, index: int
) -> tuple[list[Document], YAMLError | None]:
    """The documents of a stretch of text, as far as it can be read, and what stopped the parser."""
    documents: list[Document] = []
    known: dict[str, object] = {}
    try:
        next_event = dialect.Parser(piece).get_event
        while (event := next_event()).__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent:
                scan = Scan(known)
                root, mark = compose(next_event, event, scan)
                complaints = _complaints(root, event, scan)
                marks = scan.places.get(id(root)) or [event.start_mark if root is None else mark]
                line, column = marks[0].line + 1, marks[0].column + 1
                documents.append(
                    Document(
                        None if scan.fatal else root,
                        file,
                        line,
                        column,
                        index + len(documents),
                        data,
                        scan.places,
                        complaints,
                    )
                )
    except YAMLError as error:
        return documents, error
    return documents, None


def _complaints(root: object, opening: Event, scan: Scan) -> tuple[Complaint, ...]:
    """What is to be said of a document that could be parsed."""
    point = opening.start_mark.line + 1, opening.start_mark.column + 1
    if opening.version not in (None, (1, 1)):
        scan.fatal.insert(0, faults.version(point))
    if scan.declared:
        scan.notes.extend(unused_anchors(scan))
    if scan.counts and expands_too_far(scan):
        scan.fatal.append(excessive(point))
    if scan.fatal:
        return (scan.fatal[0],)
    return _located(root, scan) if scan.notes else ()


def _located(root: object, scan: Scan) -> tuple[Complaint, ...]:
    """The notes in the order of the text, each with the path of the field at its mark."""
    paths = _paths(root, scan.places)
    return tuple(
        replace(complaint, path=paths.get(id(mark), ()))
        for complaint, mark in sorted(scan.notes, key=lambda note: note[0].mark or (0, 0))
    )


def _paths(root: object, places: Mapping[int, Sequence[Mark]]) -> dict[int, Path]:
    """The path of the field at each mark (by id) of a document; aliased nodes under their first."""
    paths: dict[int, Path] = {}
    waiting: list[tuple[object, Path]] = [(root, ())]
    seen: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        marks = places[id(node)]
        if isinstance(node, list):
            parts = [((*path, at), item, marks[at : at + 1]) for at, item in enumerate(node)]
        else:
            parts = [
                ((*path, key), item, marks[2 * at : 2 * at + 2])
                for at, (key, item) in enumerate(node.items())
            ]
        for way, item, spots in reversed(parts):
            waiting.append((item, way))
            paths.update((id(spot), way) for spot in spots)
    return paths
