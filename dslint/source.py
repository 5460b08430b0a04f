"""Reads YAML (and JSON): text in, documents with the place of every key and value out.

One pass over libyaml's events (composer.py), typed as Kubernetes' reader types them (scalars.py).
Whatever is wrong with the text is a complaint in the document that it spoils; nothing here raises
on bad input, and nothing takes more time or memory than the text's length accounts for.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import DocumentStartEvent, StreamEndEvent

from dslint import dialect, faults, leftovers, plain
from dslint.composer import compose, expands_too_far, unused_anchors
from dslint.model import Complaint, Document, Mark, Path, point
from dslint.scan import Event, Scan, mark

_LARGE = 50_000  # bytes from which garbage collection costs more than it could save
_RESTARTS = 100  # faults of one file after which the rest of it is left unread
_REREAD = 500_000_000  # bytes that may be gone over again for them
_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_FILE_MODES = frozenset({"mode", "defaultMode"})


def read(text: bytes | str, file: str) -> list[Document]:
    """The documents of a YAML stream or a JSON text, in their order.

    A document that is broken has no data and a complaint that says where; those before and after
    it are read. A `str` with lone surrogates stands for bytes that are not UTF-8. A stream of
    comments alone has no documents.
    """
    data = text if isinstance(text, bytes) else _encoded(text)
    if len(data) > faults.MAX_BYTES:
        # without the text: a run over many such files is not to keep them all
        return [Document(None, file, complaints=(faults.too_large(),))]
    if len(data) <= _LARGE:
        return _read(data, file)
    with _collection_paused():
        return _read(data, file)


def _read(data: bytes, file: str) -> list[Document]:
    return leftovers.noted(_plain(data, file) or _documents(data, file), data)


def _plain(data: bytes, file: str) -> list[Document]:
    """The documents of a text that is plain throughout; none where it is not."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return []
    return [
        Document(tree.root, file, *point(tree.start), index, data, tree.places)
        for index, tree in enumerate(plain.trees(text) or ())
    ]


def _encoded(text: str) -> bytes:
    """`text` as UTF-8, its lone surrogates as bytes that are none."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Garbage collection off meanwhile: it would walk the growing data again and again."""
    if not gc.isenabled():
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
    for _ in range(max(2, min(_RESTARTS, _REREAD // (len(text) + 1)))):
        found, error = _attempt(_padded(text, start, len(text)), file, data, len(documents))
        if error is None:
            return documents + found
        if isinstance(error, MarkedYAMLError):
            complaint, resume = _stopped(error, text, start, len(text))
        else:
            found, (complaint, resume) = _before_bad(text, start, file, data, len(documents))
        documents += found
        documents.append(_unread(complaint, file, data, len(documents)))
        separator = _SEPARATOR.search(text, resume)
        if separator is None:
            return documents
        start = separator.start()
    rest = faults.given_up(faults.position(text, start))
    return [*documents, _unread(rest, file, data, len(documents))]


def _unread(complaint: Complaint, file: str, data: bytes, index: int) -> Document:
    """A document of which nothing is known but what is wrong with it."""
    line, column = complaint.mark or (1, 1)
    return Document(None, file, line, column, index, data, {}, (complaint,))


def _padded(text: bytes, start: int, end: int) -> bytes:
    """A stretch of the text, behind as many blank lines as there are lines before it."""
    if start == 0:
        return text[:end]
    return b"\n" * faults.breaks(text, start) + text[start:end]


Fault = tuple[Complaint, int]
"""What is wrong, and the byte from which the next document is to be looked for."""


def _before_bad(
    text: bytes, start: int, file: str, data: bytes, index: int
) -> tuple[list[Document], Fault]:
    """The documents before the one that holds a character which cannot be read.

    libyaml reads ahead, and stops at it before it has told what stands in front of it.
    """
    bad = faults.first_bad(text, start)
    cut = max((found.start() for found in _SEPARATOR.finditer(text, start, bad)), default=start)
    found, error = _attempt(_padded(text, start, cut), file, data, index)
    if isinstance(error, MarkedYAMLError):
        return found, _stopped(error, text, start, cut)
    return found, (faults.bad_character(text, bad), bad)


def _stopped(error: MarkedYAMLError, text: bytes, start: int, end: int) -> Fault:
    """The fault at which the parser stopped in a stretch of the text."""
    offset = _offset(error, text, start, end)
    line = text.rfind(b"\n", 0, offset) + 1
    # Where the fault stands behind a `---`, that one began the broken document.
    begun = _SEPARATOR.match(text, line) is not None and offset > line
    return faults.from_error(error, text), max(offset if begun else line, start + 1)


def _offset(error: MarkedYAMLError, text: bytes, start: int, end: int) -> int:
    """The byte of the text at which the parser stopped; marks count characters."""
    stop = error.problem_mark or error.context_mark
    if stop is None:
        return start
    piece = _padded(text, start, end).removeprefix(b"\xef\xbb\xbf")
    rest = piece.decode("utf-8", "surrogateescape")[stop.index :]
    return end - len(rest.encode("utf-8", "surrogateescape"))


def _attempt(
    piece: bytes, file: str, data: bytes, index: int
) -> tuple[list[Document], YAMLError | None]:
    """The documents of a stretch of text as far as it can be read, and what stopped the parser."""
    documents: list[Document] = []
    known: dict[str, object] = {}
    try:
        next_event: Callable[[], Event] = dialect.Parser(piece).get_event
        while (event := next_event()).__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent:
                scan = Scan(known)
                root, start = compose(next_event, event, scan)
                place = file, index + len(documents), data
                documents.append(_document(root, start, event, scan, place))
    except YAMLError as error:
        return documents, error
    return documents, None


def _document(
    root: object,
    start: Mark,
    opening: Event,
    scan: Scan,
    place: tuple[str, int, bytes],
) -> Document:
    """A document that could be parsed; one that is empty stands where its `---` does."""
    opened = mark(opening)
    complaints = _complaints(root, opening, point(opened), scan)
    if isinstance(root, dict) and root:
        start = scan.places[id(root)][0]
    line, column = point(opened if root is None else start)
    file, index, data = place
    root = None if scan.fatal else root
    return Document(root, file, line, column, index, data, scan.places, complaints)


def _complaints(
    root: object, opening: Event, at: tuple[int, int], scan: Scan
) -> tuple[Complaint, ...]:
    """What is to be said of a document that could be parsed."""
    if opening.version is not None and tuple(opening.version) != (1, 1):
        scan.fatal.insert(0, faults.version(at))
    if scan.counts and expands_too_far(scan):
        scan.fatal.append(faults.excessive(at))
    if scan.fatal:
        return (scan.fatal[0],)
    if scan.unused:
        scan.notes.extend(unused_anchors(scan))
    return _located(root, scan) if scan.notes else ()


def _located(root: object, scan: Scan) -> tuple[Complaint, ...]:
    """The notes in the order of the text, each with the path of the field at its mark."""
    paths = _paths(root, scan.places)
    found = sorted(scan.notes, key=lambda note: note[0].mark or (0, 0))
    placed = [said._replace(path=paths.get(at, ())) for said, at in found]
    # An octal number is what a file mode is meant to be; of a key DS006 speaks.
    keys = {said.path for said in placed if said.rule == "DS006"}
    return tuple(
        said
        for said in placed
        if said.rule != "DS009" or not (said.path in keys or _FILE_MODES & set(said.path[-1:]))
    )


def _paths(root: object, places: Mapping[int, Sequence[Mark]]) -> dict[Mark, Path]:
    """The path of the field at each mark; aliased nodes under the first path to them.

    Where a map begins its first key does, too: of the two it is the key of which there are notes.
    """
    paths: dict[Mark, Path] = {}
    waiting: list[tuple[object, Path]] = [(root, ())]
    seen: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        marks, each = places[id(node)], 2 if isinstance(node, dict) else 1
        parts = list(node.items() if isinstance(node, dict) else enumerate(node))
        for slot, (part, _) in enumerate(parts):
            own = marks[each * slot : each * (slot + 1)]
            new = (at for at in own if paths.get(at, path) == path)
            paths.update(dict.fromkeys(new, (*path, part)))
        waiting.extend((value, (*path, part)) for part, value in reversed(parts))
    return paths
