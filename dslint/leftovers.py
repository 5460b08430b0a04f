"""Notes what a template engine left in the text: `{{ }}`, `${VAR}`, and empty documents.

Documents in, the same documents out, with complaints added. Costs a search of the text for the
characters; documents are walked only where these are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dslint.model import Complaint, Document, Path

# What Helm's own templates hold; other braces (Prometheus' alerts, Grafana's panels) belong there.
_TEMPLATE = re.compile(
    r"\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Template|Files)\b|include\s|template\s|toYaml\s|tpl\s|if\s|range\s|with\s|end\b)"
)
_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_SHELLS = frozenset({"command", "args", "env"})


def noted(documents: list[Document], data: bytes) -> list[Document]:
    """The documents of one file, with DS008 and DS013 where they apply."""
    braces, dollars = b"{{" in data, b"${" in data
    if braces or dollars:
        documents = [_with_templates(document, data) for document in documents]
    if any(document.data is None for document in documents[1:-1]):
        documents = _with_empties(documents, data)
    return documents


def _with_templates(document: Document, data: bytes) -> Document:
    if document.data is None:
        found = list(_of_broken(document, data))
    else:
        found = list(_of_strings(document))
    return replace(document, complaints=(*document.complaints, *found)) if found else document


def _of_broken(document: Document, data: bytes) -> Iterator[Complaint]:
    """A document that is broken where a template stands."""
    for complaint in document.complaints[:1]:
        line, column = complaint.mark or (1, 1)
        lines = data.splitlines()
        text = lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
        if complaint.rule in ("DS001", "DS006") and "{{" in text:
            yield _template(text.strip(), (), (line, column))


def _of_strings(document: Document) -> Iterator[Complaint]:
    """Strings that hold a template of Helm's, or are nothing but a variable."""
    for path, text in _strings(document.data):
        place = document.at(path)
        if "{{" in text and _TEMPLATE.search(text):
            yield _template(text, path, (place.line, place.column))
        elif text[:2] == "${" and _VARIABLE.fullmatch(text) and _SHELLS.isdisjoint(path):
            yield Complaint(
                rule="DS008",
                path=path,
                what=f"{text} was not replaced by a value",
                mark=(place.line, place.column),
                severity="warning",
            )


def _template(text: str, path: Path, mark: tuple[int, int]) -> Complaint:
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return Complaint("DS008", path, f"the template {short!r} was not rendered", mark=mark)


def _strings(root: object) -> Iterator[tuple[Path, str]]:
    """Every string of a document with its path; aliased nodes once."""
    waiting: list[tuple[object, Path]] = [(root, ())]
    seen: set[int] = set()
    while waiting:
        node, path = waiting.pop()
        if isinstance(node, str):
            if "{{" in node or "${" in node:
                yield path, node
            continue
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        parts = list(node.items() if isinstance(node, dict) else enumerate(node))
        waiting.extend((value, (*path, part)) for part, value in reversed(parts))


def _with_empties(documents: Sequence[Document], data: bytes) -> list[Document]:
    """The documents, with a note on each that has nothing, not even a comment, between two others."""
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
    """Whether the next text after the document's `---` is another `---`."""
    if document.data is not None or lines[document.line - 1].strip() != b"---":
        return False
    following = (line for line in lines[document.line :] if line.strip())
    return next(following, b"").startswith(b"---")


def _empty(document: Document) -> Complaint:
    what = "a document between two others is empty"
    return Complaint("DS013", (), what, mark=(document.line, document.column))
