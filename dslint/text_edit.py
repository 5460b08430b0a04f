"""Applies a JSON Patch to the text of a document: comments, order and layout stay.

The text and a patch go in, the new text comes out. ruamel.yaml writes the document before and
after the patch; only the lines that differ between the two are carried over to the text, so what
ruamel.yaml would lay out anew stays as its author wrote it. None where that does not give the
patched data.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dslint import source
from dslint.model import Document

Operation = Mapping[str, object]

_MARKER = re.compile(r"(---|\.\.\.)(\s|$)")


def edited(document: Document, patch: Sequence[Operation]) -> str | None:
    """The file's text with the patch applied to the document, None where that cannot be shown.

    A patch's paths are JSON Pointers from the document's root; `add`, `replace` and `remove`.
    """
    lines = _lines(document)
    first, last = _extent(lines, document.line - 1)
    old = "".join(lines[first:last])
    # Spares whoever edits nothing the import of ruamel.yaml.
    from ruamel.yaml.error import YAMLError

    try:
        before, after = _round_trip(old, ()), _round_trip(old, patch)
    # ruamel.yaml makes dates and numbers of its own, and recurses
    except (YAMLError, LookupError, ValueError, TypeError, RecursionError):
        return None
    new = _carried(old, before, after)
    read = source.read(new, document.file)
    if len(read) != 1 or read[0].data != patched(document.data, patch):
        return None
    return "".join((*lines[:first], new, *lines[last:]))


def _lines(document: Document) -> list[str]:
    """The lines of a document's file; another document in it may hold bytes that are no UTF-8."""
    return document.text.decode("utf-8", "surrogateescape").splitlines(keepends=True)


def diff(document: Document, text: str) -> str:
    """The unified diff from the file's text to `text`."""
    old = _lines(document)
    new = text.splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, document.file, document.file))


def patched(data: Any, patch: Sequence[Operation]) -> Any:
    """A copy of plain data with the patch applied. Raises LookupError for an unknown path."""
    copy = _copy(data)
    for operation in patch:
        _apply(copy, operation)
    return copy


def _extent(lines: Sequence[str], inside: int) -> tuple[int, int]:
    """The lines of the document that holds line `inside` (0-based), its markers left out."""
    first = inside
    while first > 0 and not _MARKER.match(lines[first - 1]):
        first -= 1
    last = inside + 1
    while last < len(lines) and not _MARKER.match(lines[last]):
        last += 1
    return first, last


def _round_trip(text: str, patch: Sequence[Operation]) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes, yaml.width = True, 1 << 16
    indent = _sequence_indent(text)
    yaml.indent(mapping=2, sequence=indent + 2, offset=indent)
    data = yaml.load(text)
    for operation in patch:
        _apply(data, operation)
    written = io.StringIO()
    yaml.dump(data, written)
    return written.getvalue()


def _sequence_indent(text: str) -> int:
    """How far the first block list of the text stands to the right of its key: 0 or more."""
    found = re.search(r"^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n( *)- ", text, re.MULTILINE)
    return max(0, len(found[2]) - len(found[1])) if found else 0


def _carried(old: str, before: str, after: str) -> str:
    """`old` with the lines that differ from `before` to `after` changed likewise."""
    own, base, new = (text.splitlines(keepends=True) for text in (old, before, after))
    places = _places(base, own)
    merged, copied = [], 0
    for tag, low, high, new_low, new_high in _changes(base, new):
        if tag != "equal":
            merged += own[copied : places[low]] + new[new_low:new_high]
            copied = max(places[high], places[low])
    return "".join(merged + own[copied:])


def _places(base: list[str], own: list[str]) -> list[int]:
    """For each line of `base`, and its end, the line of `own` that it stands for."""
    places = [
        own_low + (step if tag == "equal" else min(step, own_high - own_low))
        for tag, low, high, own_low, own_high in _changes(base, own)
        for step in range(high - low)
    ]
    return [*places, len(own)]


def _changes(one: list[str], other: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _apply(data: Any, operation: Operation) -> None:
    *parents, last = parts(str(operation["path"]))
    for part in parents:
        data = _child(data, part)
    value = _copy(operation.get("value"))
    if isinstance(data, list) and (last == "-" or last.isdecimal()):
        _apply_to_list(data, str(operation["op"]), last, value)
    elif isinstance(data, dict) and operation["op"] == "remove":
        del data[last]
    elif isinstance(data, dict):
        data[last] = value
    else:
        raise LookupError(last)


def _child(data: Any, part: str) -> Any:
    if isinstance(data, list) and part.isdecimal():
        return data[int(part)]
    if isinstance(data, dict):
        return data[part]
    raise LookupError(part)


def _apply_to_list(data: list[Any], op: str, last: str, value: Any) -> None:
    if op == "remove":
        del data[int(last)]
    elif op == "replace":
        data[int(last)] = value
    else:
        data.insert(len(data) if last == "-" else int(last), value)


def parts(pointer: str) -> list[str]:
    """The parts of a JSON Pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(item) for item in data] if isinstance(data, list) else data
