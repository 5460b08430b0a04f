"""Reads scalars, and maps and lists in brackets on one line, where they are of the plainest kind.

Part of what plain.py reads: text in, values and marks out, the same as composer.py makes of
libyaml's events. Whatever is not plain (rare escapes, numbers that surprise, keys in quotes, a
missing value, a comma at the end) raises OddError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from dslint import scalars
from dslint.model import Mark
from dslint.scalars import WORDS

KEYWORDS = frozenset(WORDS)
"""Names that are no strings, and so no plain keys."""

_KEY = r"[A-Za-z_][\w./-]*"  # begins as no number does
is_key = re.compile(_KEY, re.ASCII).fullmatch
"""Whether a text is a key that needs no quotes, or one of KEYWORDS."""

_SPECIAL = frozenset("0123456789+-.yYnNtTfFoO~")  # how bare text begins that may be no string
_DEEPEST = 50  # brackets: far below what is refused for its depth
_WORD = r"[^\s:#?,\[\]{}]+(?::[\w/.][^\s:#?,\[\]{}]*)*"
_BARE = rf"-{{0,2}}[\w/.$(][^\s:#?,\[\]{{}}]*(?::[\w/.][^\s:#?,\[\]{{}}]*)*(?: +{_WORD})*"
_is_bare = re.compile(_BARE, re.ASCII).fullmatch
_TOKEN = re.compile(
    rf"""
    (?:
        (?:({_KEY}):[ ]+)?                              # 1  key
        (?:
            ([\[{{])                                    # 2  begin of a map or list
          | (?:({_BARE.replace(" ", "[ ]")})            # 3  bare text
              | ("[^"\\]*"|'[^']*')                     # 4  in quotes
            )[ ]*(?:(,)|(?=[\]}}]))                     # 5  comma behind it
        )
      | ([\]}}])[ ]*(,)?                                # 6  end of a map or list, 7 comma
      | .                                               #    anything else
    )[ ]*
    """,
    re.VERBOSE | re.ASCII,
)
_QUOTED = re.compile(r""""((?:[^"\\]|\\["\\nt])*)"|'((?:[^']|'')*)'""")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


class OddError(Exception):
    """The text is not of the plainest kind: libyaml has to read it."""


class Found(NamedTuple):
    """What is gathered of one text: marks by the id of each map and list, scalars met before."""

    places: dict[int, list[Mark]]
    known: dict[str, object]


def scalar(text: str, known: dict[str, object]) -> object:
    """The value of bare text, remembered where it may be no string.

    Raises OddError for numbers that are not what they seem.
    """
    if text[0] not in _SPECIAL:
        return text
    if text in known:
        return known[text]
    value = scalars.resolve(text)
    if value.__class__ is int and str(value) != text:
        raise OddError(text)
    if isinstance(value, float) and (not math.isfinite(value) or "_" in text):
        raise OddError(text)
    known[text] = value
    return value


def unquoted(text: str) -> str:
    """The text in quotes, with the escapes that are common. Raises OddError for others."""
    inner = text[1:-1]
    if len(text) > 1 and text[-1] == text[0] not in inner and "\\" not in inner:
        return inner
    found = _QUOTED.fullmatch(text)
    if found is None:
        raise OddError(text)
    double, single = found.groups()
    if double is None:
        return str(single).replace("''", "'")
    return _ESCAPE.sub(_escaped, double)


def _escaped(escape: re.Match[str]) -> str:
    return _ESCAPES[escape[1]]


def flow(text: str, at: Mark, found: Found) -> object:
    """The map or list that a text is; `at` is where it begins. Raises OddError."""
    marks: list[Mark] = []
    node: object = None
    if text[0] == "{" and text[-1] == "}":
        node = _flat_map(text[1:-1], at + 1, marks, found.known)
    elif text[:2] == '["' and text[-1] == "]":
        node = _flat_list(text[1:-1], at + 1, marks)
    if node is None:
        return _nested(text, at, found)
    found.places[id(node)] = marks
    return node


def _flat_map(
    text: str, at: Mark, marks: list[Mark], known: dict[str, object]
) -> dict[str, object] | None:
    """The map of what is between brackets, where its values are bare and spaced as usual.

    Adds to `marks`. Raises OddError.
    """
    node: dict[str, object] = {}
    for entry in text.split(", "):
        key, _, value = entry.partition(": ")
        if not key.isidentifier() and not is_key(key):
            return None
        if value.isidentifier() or value.isalnum() or _is_bare(value):
            node[key] = scalar(value, known) if value[0] in _SPECIAL else value
        else:
            return None
        marks += at, at + len(key) + 2
        at += len(entry) + 2
    if 2 * len(node) != len(marks) or not KEYWORDS.isdisjoint(node):
        raise OddError(text)
    return node


def _flat_list(text: str, at: Mark, marks: list[Mark]) -> list[str] | None:
    """The list between brackets, where all items are in double quotes and spaced as usual."""
    node: list[str] = []
    for part in text.split(", "):
        item = part[1:-1]
        if part != f'"{item}"' or '"' in item or "\\" in item:
            return None
        node.append(item)
        marks.append(at)
        at += len(part) + 2
    return node


def _nested(text: str, at: Mark, found: Found) -> object:
    """The map or list that a text is, whatever it holds. Raises OddError."""
    if text.count("{") + text.count("[") > _DEEPEST:
        raise OddError(text)
    tokens = _TOKEN.finditer(text)
    next(tokens)
    node: object = {} if text[0] == "{" else []
    if _fill(node, tokens, at, found) or next(tokens, None) is not None:
        raise OddError(text)
    return node


def _fill(node: Any, tokens: Iterator[re.Match[str]], at: Mark, found: Found) -> bool:
    """Gives a map or list its parts, up to its end; whether a comma follows. Raises OddError."""
    mapped, wanted = node.__class__ is dict, True  # wanted is a part, and not the end
    marks = found.places[id(node)] = []
    for token in tokens:
        key, opened, bare, quoted, comma, closed, behind = token.groups()
        if closed:
            if closed != ("}" if mapped else "]") or (wanted and node):
                break
            return behind is not None
        if not wanted or mapped is (key is None) or (mapped and (key in node or key in KEYWORDS)):
            break
        marks.append(at + token.start())
        if mapped:
            marks.append(at + max(token.start(2), token.start(3), token.start(4)))
        if opened:
            value: object = {} if opened == "{" else []
            wanted = _fill(value, tokens, at, found)
        else:
            value = scalar(bare, found.known) if bare else unquoted(quoted or "")
            wanted = comma is not None
        if mapped:
            node[key] = value
        else:
            node.append(value)
    raise OddError(str(node))
