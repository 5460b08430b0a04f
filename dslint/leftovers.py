"""Notes what a template engine left in the text: `{{ }}`, `${VAR}`, and empty documents.

Documents in, the same documents out, with complaints added. Costs a search of the text for the
characters; documents are walked only where these are found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from dslint import faults
from dslint.model import Complaint, Document, Mark, Path, point

_ANY = re.compile(rb"\{\{|\$\{")
# What Helm's own templates hold; other braces (Prometheus' alerts, Grafana's panels) are meant.
_TEMPLATE = re.compile(
    r"\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Template|Files)\b"
    r"|(include|template|toYaml|tpl|if|range|with|end|else)\b[^}]*[ }-])"
)
_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_MARKER = re.compile(rb"---[ \t]*(#.*)?$")
_SHELLS = frozenset({"command", "args", "env"})


def noted(documents: list[Document], data: bytes) -> list[Document]:
    """The documents of one file, with DS008 and DS013 where they apply."""
    if b"{{" in data or b"${" in data:
        documents = _with_templates(documents, data)
    if any(document.data is None for document in documents[1:-1]):
        documents = _with_empties(documents, data)
    return documents


def _with_templates(documents: list[Document], data: bytes) -> list[Document]:
    """The documents, with DS008 in those whose lines hold a template."""
    lines = list(_lines_of(_ANY, data))
    ends = [*(document.line for document in documents[1:]), data.count(b"\n") + 2]
    return [
        _judged(document, data, lines, end) for document, end in zip(documents, ends, strict=True)
    ]


def _lines_of(pattern: re.Pattern[bytes], data: bytes) -> Iterator[int]:
    """The lines (1-based) in which a pattern is found, in their order."""
    line, end = 1, 0
    for found in pattern.finditer(data):
        line += data.count(b"\n", end, found.start())
        end = found.start()
        yield line


def _judged(document: Document, data: bytes, lines: Sequence[int], end: int) -> Document:
    """A document that ends before a line, with what is found in it."""
    if document.data is None:
        found = tuple(_of_broken(document, data))
    elif _any_between(lines, document.line, end):
        found = tuple(_of_strings(document, lines, end))
    else:
        return document
    return replace(document, complaints=(*document.complaints, *found)) if found else document


def _any_between(lines: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted lines is from `start` to `end`."""
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at] <= end


def _of_broken(document: Document, data: bytes) -> Iterator[Complaint]:
    """A document that is broken where a template stands."""
    for complaint in document.complaints[:1]:
        at = complaint.mark or (1, 1)
        text = faults.line(data, at[0]).strip()
        if complaint.rule in ("DS001", "DS006") and "{{" in text:
            yield _template(text, (), at)


def _of_strings(document: Document, lines: Sequence[int], end: int) -> Iterator[Complaint]:
    """Strings of an object that hold a template of Helm's, or are nothing but a variable."""
    if not isinstance(document.data, dict) or "kind" not in document.data:
        return
    for path, text, mark in _strings(document, lines, end):
        at = point(mark)
        if _TEMPLATE.search(text):
            yield _template(text, path, at)
        elif _VARIABLE.fullmatch(text) and _SHELLS.isdisjoint(path):
            what = f"the variable {text} was not replaced by its value"
            yield Complaint("DS008", path, what, mark=at, severity="warning")


def _template(text: str, path: Path, mark: tuple[int, int]) -> Complaint:
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return Complaint("DS008", path, f"the template {short!r} was not rendered", mark=mark)


def _strings(
    document: Document, lines: Sequence[int], end: int
) -> Iterator[tuple[Path, str, Mark]]:
    """The strings of a document that reach over one of those lines; aliased nodes once."""
    waiting: list[tuple[object, Path, int]] = [(document.data, (), end)]
    seen: set[int] = set()
    while waiting:
        node, path, end = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for part, value, mark, stop in reversed(list(_parts(node, document, end))):
            if not _any_between(lines, point(mark)[0], stop):
                continue
            if isinstance(value, str):
                yield (*path, part), value, mark
            elif isinstance(value, dict | list):
                waiting.append((value, (*path, part), stop))


def _parts(
    node: object, document: Document, end: int
) -> Iterator[tuple[str | int, object, Mark, int]]:
    """Key or index, value, mark and last line of each part of a node."""
    marks = document.places[id(node)]
    each = 2 if isinstance(node, dict) else 1
    parts = node.items() if isinstance(node, dict) else enumerate(cast("list[object]", node))
    for slot, (part, value) in enumerate(parts, start=1):
        behind = point(marks[slot * each])[0] if slot * each < len(marks) else end
        mark = marks[slot * each - 1]
        yield part, value, mark, max(behind, point(mark)[0])


def _with_empties(documents: Sequence[Document], data: bytes) -> list[Document]:
    """The documents, with DS013 on each between two others that has not even a comment."""
    lines = data.splitlines()
    full = [at for at, document in enumerate(documents) if document.data is not None]
    first, last = (full[0], full[-1]) if full else (0, 0)
    return [
        replace(document, complaints=(_empty(document),))
        if first < at < last and not document.complaints and _is_blank(document, lines)
        else document
        for at, document in enumerate(documents)
    ]


def _is_blank(document: Document, lines: Sequence[bytes]) -> bool:
    """Whether the next line after the document's `---` that has text is another `---`."""
    if document.data is not None or not _MARKER.match(lines[document.line - 1]):
        return False
    following = (line for line in lines[document.line :] if line.strip())
    return next(following, b"").startswith(b"---")


def _empty(document: Document) -> Complaint:
    what = "a document between two others is empty"
    return Complaint("DS013", (), what, mark=(document.line, document.column))
