"""Reads what most manifests are written in at half of libyaml's cost; leaves the rest to it.

Plain are block maps and lists indented by spaces, with words for keys and values of one line:
bare, quoted, in brackets (flow.py), or a `|` block. Data and marks are those that composer.py
makes of libyaml's events; where the text is anything else there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dslint.flow import KEY, Found, OddError, flow, scalar, unquoted
from dslint.model import Mark
from dslint.scalars import WORDS

_DEEPEST = 99  # columns of indentation: far below what is refused for its depth
_QUOTES = frozenset("\"'")
_BEGINS = frozenset("\"'[{|")
_LONG = 1_000  # from 1,024 characters on libyaml takes no text for a key
_QUOTED_OR_COMMENT = re.compile(r""""[^"\\]*"|'[^']*'| #""")
# A word may hold `a:b` and `a#b`; `a: ` ends it, and so does the comment behind `a #`.
_WORD = r"[^\s:#][^\s:]*(?::+[^\s:]+)*"
_BARE = re.compile(rf"(?:-{{0,2}}[\w/.]|[$(^+=~;\\])[^\s:]*(?::+[^\s:]+)*(?: +{_WORD})*", re.ASCII)


class Tree(NamedTuple):
    """One document: its data, where it begins, and the marks by the id of each map and list."""

    root: object
    start: Mark
    places: dict[int, list[Mark]]


class Text(NamedTuple):
    """The lines of a text, and of each that says something its column, its mark and what it says.

    The column of a line that begins a document is -1, and so is that of the last, which is none.
    """

    lines: list[str]
    tokens: list[tuple[int, Mark, str]]
    found: Found


def trees(text: str) -> list[Tree] | None:
    """The documents of a text, where all of them are plain."""
    if not text.replace("\n", "").isprintable():
        return None
    lines = text.split("\n")
    if max(map(len, lines)) > _LONG and max(map(len, text.split())) > _LONG:
        return None
    try:
        return list(_trees(Text(lines, _tokens(lines), Found({}, {}))))
    except OddError:
        return None


def _tokens(lines: list[str]) -> list[tuple[int, Mark, str]]:
    tokens = []
    for row, line in enumerate(lines):
        part = line.lstrip(" ")
        if not part or part[0] == "#":
            continue
        column = len(line) - len(part)
        at = (row << 32) + column
        if "#" in part or part[-1] == " ":
            part = _bared(part)
        if not column and part[:3] == "---":
            column = -1
        tokens.append((column, at, part))
    tokens.append((-1, len(lines) << 32, ""))
    return tokens


def _bared(part: str) -> str:
    """What a line says without the comment and the spaces at its end."""
    for found in _QUOTED_OR_COMMENT.finditer(part):
        if found[0] == " #":
            part = part[: found.start()]
            break
    return part.rstrip(" ")


def _trees(text: Text) -> Iterator[Tree]:
    """The documents of a text. Raises OddError."""
    index, begun = 0, -1
    places = text.found.places
    while True:
        column, at, part = text.tokens[index]
        node: object
        if column >= 0:
            node, index = (_list if part[:2] == "- " else _map)(text, index)
            yield Tree(node, at, places)
            if text.tokens[index][0] >= 0:
                raise OddError(part)
            begun = -1
            continue
        if begun >= 0:
            yield Tree(None, begun, places)
        if not part:
            return
        if part != "---":
            raise OddError(part)
        index, begun = index + 1, at


def _map(text: Text, index: int) -> tuple[dict[str, object], int]:
    """The map that begins on a line, and the line behind it. Raises OddError."""
    node: dict[str, object] = {}
    marks: list[Mark] = []
    text.found.places[id(node)] = marks
    tokens = text.tokens
    column, at, part = tokens[index]
    if column > _DEEPEST:
        raise OddError(part)
    here = column
    while here == column:
        key, colon, value = part.partition(": ")
        if not colon or not key.isidentifier():
            key, value = _parted(part)
        if key in node or key in WORDS:
            raise OddError(part)
        marks.append(at)
        index += 1
        if value.isidentifier():
            node[key] = WORDS.get(value, value)
            marks.append(at + len(part) - len(value))
        elif value:
            start = at + len(part) - len(value)
            node[key], start, index = _value(text, index, value, start, column)
            marks.append(start)
        else:
            node[key], start, index = _below(text, index, column, at + len(part))
            marks.append(start)
        here, at, part = tokens[index]
    if here > column:
        raise OddError(part)
    return node, index


def _list(text: Text, index: int) -> tuple[list[object], int]:
    """The list that begins on a line, and the line behind it. Raises OddError."""
    node: list[object] = []
    marks: list[Mark] = []
    text.found.places[id(node)] = marks
    tokens = text.tokens
    column, at, part = tokens[index]
    if column > _DEEPEST:
        raise OddError(part)
    here = column
    while here == column and part[:2] == "- ":
        item = part[2:].lstrip(" ")
        inner = len(part) - len(item)
        at += inner
        value: object
        if item[0] not in _BEGINS and (item[-1] == ":" or ": " in item):
            tokens[index] = column + inner, at, item
            value, index = _map(text, index)
        else:
            value, at, index = _value(text, index + 1, item, at, column)
        node.append(value)
        marks.append(at)
        here, at, part = tokens[index]
    if here > column:
        raise OddError(part)
    return node, index


def _below(text: Text, index: int, column: int, behind: Mark) -> tuple[object, Mark, int]:
    """The value of a key that is alone on its line, where it begins, and the line behind it.

    It is null where the next line is none of its own, and begins `behind` the colon then.
    """
    here, at, part = text.tokens[index]
    value: object
    if part[:2] == "- " and here >= column:
        value, index = _list(text, index)
    elif here > column:
        value, index = _map(text, index)
    else:
        return None, behind, index
    return value, at, index


def _parted(part: str) -> tuple[str, str]:
    """Key and value of an entry whose key is alone or no name. Raises OddError."""
    key, colon, value = part.partition(": ")
    if not colon and part[-1] == ":":
        key = part[:-1]
    elif not colon:
        raise OddError(part)
    if key.isidentifier() or KEY.fullmatch(key):
        return key, value
    if value and key[:1] in _QUOTES and key[-1] == key[0] and 2 < len(key) < _LONG:
        return unquoted(key), value
    raise OddError(part)


def _value(text: Text, index: int, value: str, at: Mark, column: int) -> tuple[object, Mark, int]:
    """A value on the line before, where it begins, and the line behind it. Raises OddError."""
    if value[0] == " ":
        spaced = value.lstrip(" ")
        at += len(value) - len(spaced)
        value = spaced
    if value.isalnum() or _BARE.fullmatch(value):
        return scalar(value, text.found.known), at, index
    if value[0] in "[{":
        return flow(value, at, text.found), at, index
    if value[0] in _QUOTES:
        return unquoted(value), at, index
    block, index = _block(text, index, value, (at >> 32) + 1, column)
    return block, at, index


def _block(text: Text, index: int, head: str, first: int, column: int) -> tuple[str, int]:
    """The text of a `|` block in a map or list at that column, and the line behind it."""
    lines = text.lines
    indent = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
    if head not in ("|", "|-") or indent <= column or lines[first].isspace() or lines[-1]:
        raise OddError(head)
    body: list[str] = []
    for line in lines[first:]:
        if line.isspace():
            raise OddError(head)
        if line and not line[:indent].isspace():
            break
        body.append(line[indent:])
    while text.tokens[index][1] >> 32 < first + len(body):
        index += 1
    said = "\n".join(body).rstrip("\n")
    return said if head == "|-" else said + "\n", index
