"""Reads what most manifests are written in at a third of libyaml's cost; leaves the rest to it.

Plain are block maps and lists indented by spaces, with words for keys and values of one line:
bare, quoted, in brackets (flow.py), or a `|` block. Data and marks are those that composer.py
makes of libyaml's events; where the text is anything else there is no answer.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from itertools import compress, count
from operator import add, sub
from typing import NamedTuple

from dslint.flow import KEYWORDS, OddError, Places, flow, is_key, scalar, unquoted
from dslint.model import Mark
from dslint.scalars import WORDS, Scalar

_DEEPEST = 99  # columns of indentation: far below what is refused for its depth
_QUOTES = frozenset("\"'")
_BEGINS = frozenset("\"'[{|")
_LONG = 1_000  # from 1,024 characters on libyaml takes no text for a key
_QUOTED_OR_COMMENT = re.compile(r""""[^"\\]*"|'[^']*'| #""")
# A word may hold `a:b` and `a#b`; `a: ` ends it, and so does the comment behind `a #`.
_WORD = r"[^\s:#][^\s:]*(?::+[^\s:]+)*"
_is_bare = re.compile(
    rf"(?:-{{0,2}}[\w/.]|[$(^+=~;\\])[^\s:]*(?::+[^\s:]+)*(?: +{_WORD})*", re.ASCII
).fullmatch


_SCALAR, _NOTHING, _FLOW, _BLOCK, _ENTRY = range(5)


class Tree(NamedTuple):
    """One document: its data, where it begins, and the marks by the id of each map and list."""

    root: object
    start: Mark
    places: Places


class Said(NamedTuple):
    """What a line says: of an entry the key, how its value is written, that, and where it begins.

    The value is a scalar, or the text that is still to be read: in brackets, the head of a block,
    the entry that an item begins with. An item has no key.
    """

    key: str
    kind: int
    value: Scalar
    start: int


class Text(NamedTuple):
    """The lines of a text, and of each that says something what that is, its column and its mark.

    The column of a line that begins a document is -1, and so is that of the last, which is none.
    """

    lines: list[str]
    parts: list[str]
    columns: list[int]
    marks: list[Mark]
    places: Places
    said: Callable[[str], Said]


def trees(text: str) -> list[Tree] | None:
    """The documents of a text, where all of them are plain."""
    # No break and no white space but these two is left, so that `strip` takes nothing else.
    if not text.replace("\n", "").isprintable():
        return None
    lines = text.split("\n")
    is_long = max(map(len, lines)) > _LONG
    if is_long and max(map(len, text.split())) > _LONG:
        return None
    try:
        return list(_trees(_text(text, lines, _said if is_long else _remembered)))
    except OddError:
        return None


def _text(text: str, lines: list[str], said: Callable[[str], Said]) -> Text:
    """The text by its lines, all of which are handled by functions that are no Python."""
    parts = list(map(str.lstrip, lines))
    columns = list(map(sub, map(len, lines), map(len, parts)))
    marks = list(map(add, columns, count(0, 1 << 32)))
    parts = list(map(str.rstrip, parts))
    if "#" in text:
        parts = [_bared(part) if "#" in part else part for part in parts]
    if "---" in text:
        columns = [-1 if line[:3] == "---" else columns[row] for row, line in enumerate(lines)]
    if "" in parts:
        columns, marks = list(compress(columns, parts)), list(compress(marks, parts))
        parts = list(compress(parts, parts))
    return Text(lines, [*parts, ""], [*columns, -1], [*marks, len(lines) << 32], {}, said)


def _bared(part: str) -> str:
    """What a line says without the comment and the spaces at its end."""
    if part[0] == "#":
        return ""
    for found in _QUOTED_OR_COMMENT.finditer(part):
        if found[0] == " #":
            part = part[: found.start()]
            break
    return part.rstrip(" ")


def _trees(text: Text) -> Iterator[Tree]:
    """The documents of a text. Raises OddError."""
    index, begun = 0, -1
    while True:
        part, at = text.parts[index], text.marks[index]
        node: object
        if text.columns[index] >= 0:
            node, index = (_list if part[:2] == "- " else _map)(text, index)
            if text.columns[index] >= 0:
                raise OddError(text.parts[index])
            yield Tree(node, at, text.places)
            begun = -1
            continue
        if begun >= 0:
            yield Tree(None, begun, text.places)
        if not part:
            return
        if part != "---":
            raise OddError(part)
        index, begun = index + 1, at


def _map(text: Text, index: int) -> tuple[dict[str, object], int]:
    """The map that begins on a line, and the line behind it. Raises OddError."""
    _, parts, columns, starts, places, said = text
    node: dict[str, object] = {}
    marks = places[id(node)] = []
    here = column = columns[index]
    if column > _DEEPEST:
        raise OddError(parts[index])
    while here == column:
        at = starts[index]
        key, kind, value, start = said(parts[index])
        marks.append(at)
        index += 1
        here = columns[index]
        if kind == _SCALAR:
            node[key] = value
            marks.append(at + start)
        elif kind != _NOTHING:
            marks.append(at + start)
            node[key], index = _read(text, index, kind, str(value), at + start, column)
            here = columns[index]
        elif here > column or (here == column and parts[index][:2] == "- "):
            marks.append(starts[index])
            node[key], index = (_list if parts[index][:2] == "- " else _map)(text, index)
            here = columns[index]
        else:
            node[key] = None
            marks.append(at + start)
    if here > column or len(marks) != 2 * len(node) or not KEYWORDS.isdisjoint(node):
        raise OddError(parts[index])
    return node, index


def _list(text: Text, index: int) -> tuple[list[object], int]:
    """The list that begins on a line, and the line behind it. Raises OddError."""
    _, parts, columns, starts, places, said = text
    node: list[object] = []
    marks = places[id(node)] = []
    column = columns[index]
    if column > _DEEPEST:
        raise OddError(parts[index])
    while columns[index] == column and parts[index][:2] == "- ":
        _, kind, value, start = said(parts[index])
        at = starts[index] + start
        marks.append(at)
        item: object = value
        if kind == _ENTRY:
            parts[index], columns[index], starts[index] = str(value), column + start, at
            item, index = _map(text, index)
        elif kind == _SCALAR:
            index += 1
        else:
            item, index = _read(text, index + 1, kind, str(value), at, column)
        node.append(item)
    if columns[index] > column:
        raise OddError(parts[index])
    return node, index


def _said(part: str) -> Said:
    """What a line says, whatever stands around it. Raises OddError."""
    if part[:2] == "- ":
        item = part[2:].lstrip()
        start = len(part) - len(item)
        if item[0] not in _BEGINS and (item[-1] == ":" or ": " in item):
            return Said("", _ENTRY, item, start)
        return Said("", *_value(item), start)
    key, colon, value = part.partition(": ")
    if not colon and part[-1] == ":":
        key, colon = part[:-1], ":"
    if not colon or not key.isidentifier():
        key, value = _parted(part, key, value)
    if not value:
        return Said(key, _NOTHING, None, len(part))
    value = value.lstrip()
    return Said(key, *_value(value), len(part) - len(value))


_remembered = functools.lru_cache(maxsize=4096)(_said)  # four of five lines were met before


def _parted(part: str, key: str, value: str) -> tuple[str, str]:
    """Key and value of an entry whose key is no name. Raises OddError."""
    if key != part and is_key(key):
        return key, value
    if value and key[:1] in _QUOTES and key[-1] == key[0] and 2 < len(key) < _LONG:
        return unquoted(key), value
    raise OddError(part)


def _value(text: str) -> tuple[int, Scalar]:
    """How a value is written, and what it is or what is still to be read. Raises OddError."""
    if text.isidentifier():
        return _SCALAR, WORDS.get(text, text)
    if text[0] in "[{":
        return _FLOW, text
    if text.isalnum() or _is_bare(text):
        return _SCALAR, scalar(text)
    if text[0] in _QUOTES:
        return _SCALAR, unquoted(text)
    if text in ("|", "|-"):
        return _BLOCK, text
    raise OddError(text)


def _read(
    text: Text, index: int, kind: int, value: str, at: Mark, column: int
) -> tuple[object, int]:
    """A value that is no scalar of its line alone, and the line behind it. Raises OddError."""
    if kind == _FLOW:
        return flow(value, at, text.places), index
    if kind == _BLOCK:
        return _block(text, index, value, (at >> 32) + 1, column)
    raise OddError(value)


def _block(text: Text, index: int, head: str, first: int, column: int) -> tuple[str, int]:
    """The text of a `|` block in a map or list at that column, and the line behind it."""
    lines = text.lines
    indent = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
    if indent <= column or lines[first].isspace() or lines[-1]:
        raise OddError(head)
    body: list[str] = []
    for line in lines[first:]:
        if line.isspace():
            raise OddError(head)
        if line and not line[:indent].isspace():
            break
        body.append(line[indent:])
    while text.marks[index] >> 32 < first + len(body):
        index += 1
    said = "\n".join(body).rstrip("\n")
    return said if head == "|-" else said + "\n", index
