"""Reads scalars, and maps and lists in brackets on one line, where they are of the plainest kind.

Part of what plain.py reads: text in, values and marks out, the same as composer.py makes of
libyaml's events. Whatever is not plain (rare escapes, numbers that surprise, keys in quotes, a
missing value, a comma at the end) raises OddError.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from typing import Any

from dslint import scalars
from dslint.model import Mark
from dslint.scalars import WORDS

KEYWORDS = frozenset(WORDS)
"""Names that are no strings, and so no plain keys."""

_KEY = r"[A-Za-z_][\w./-]*"  # begins as no number does
is_key = re.compile(_KEY, re.ASCII).fullmatch
"""Whether a text is a key that needs no quotes, or one of KEYWORDS."""

_NODES: frozenset[type] = frozenset({dict, list})
_LONG = 1_000  # characters of a text that is not remembered
_DEEPEST = 50  # brackets: far below what is refused for its depth
_WORD = r"[^\s:#?,\[\]{}]+(?::[\w/.][^\s:#?,\[\]{}]*)*"
_BARE = rf"-{{0,2}}[\w/.$(][^\s:#?,\[\]{{}}]*(?::[\w/.][^\s:#?,\[\]{{}}]*)*(?: +{_WORD})*"
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


Node = Any
"""A map or a list. Told apart by class identity, which no type checker follows."""

Places = dict[int, list[Mark]]
"""The marks of each map and list, by its id."""


class OddError(Exception):
    """The text is not of the plainest kind: libyaml has to read it."""


def scalar(text: str) -> scalars.Scalar:
    """The value of bare text. Raises OddError for numbers that are not what they seem."""
    if text[0] not in scalars.STARTS:
        return text
    value = scalars.resolve(text)
    if value.__class__ is int and str(value) != text:
        raise OddError(text)
    if isinstance(value, float) and (not math.isfinite(value) or "_" in text):
        raise OddError(text)
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


def flow(text: str, at: Mark, places: Places) -> Node:
    """The map or list that a text is, its marks added to `places`; `at` is where it begins.

    Raises OddError.
    """
    node, marks = _pattern(text) if len(text) < _LONG else _pattern.__wrapped__(text)
    return _copy(node, marks, at, places)


def _copy(node: Node, marks: Places, at: Mark, places: Places) -> Node:
    """A map or list like one that begins at 0."""
    copy: Any
    if node.__class__ is dict:
        copy = {
            key: _copy(value, marks, at, places) if value.__class__ in _NODES else value
            for key, value in node.items()
        }
    else:
        copy = [
            _copy(value, marks, at, places) if value.__class__ in _NODES else value
            for value in node
        ]
    places[id(copy)] = [at + mark for mark in marks[id(node)]]
    return copy


@functools.lru_cache(maxsize=4096)  # labels stand three times in most manifests
def _pattern(text: str) -> tuple[Node, Places]:
    """The map or list that a text is, and its marks where it begins at 0. Raises OddError."""
    if text.count("{") + text.count("[") > _DEEPEST:
        raise OddError(text)
    tokens = _TOKEN.finditer(text)
    next(tokens)
    node: Node = {} if text[0] == "{" else []
    places: Places = {}
    if _fill(node, tokens, places) or next(tokens, None) is not None:
        raise OddError(text)
    return node, places


def _fill(node: Node, tokens: Iterator[re.Match[str]], places: Places) -> bool:
    """Gives a map or list its parts, up to its end; whether a comma follows. Raises OddError."""
    wanted = True  # a part has to come, and not a comma
    marks = places[id(node)] = []
    for token in tokens:
        key, opened, bare, quoted, comma, closed, behind = token.groups()
        if closed and _ends(closed, node, wanted):
            return behind is not None
        if closed or not wanted or not _fits(key, node):
            break
        marks.append(token.start())
        if opened:
            value: object = {} if opened == "{" else []
            wanted = _fill(value, tokens, places)
        else:
            value = scalar(bare) if bare else unquoted(quoted or "")
            wanted = comma is not None
        if key is None:
            node.append(value)
        else:
            marks.append(max(token.start(2), token.start(3), token.start(4)))
            node[key] = value
    raise OddError(str(node))


def _ends(bracket: str, node: Node, wanted: bool) -> bool:
    """Whether a bracket ends a map or list, with no comma before it."""
    return bracket == ("}" if isinstance(node, dict) else "]") and not (wanted and node)


def _fits(key: str | None, node: Node) -> bool:
    """Whether a part can be one of a map, where it needs a key that is a new string, or a list."""
    if not isinstance(node, dict):
        return key is None
    return key is not None and key not in node and key not in KEYWORDS
