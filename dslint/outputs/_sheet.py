"""A page of text before it is drawn: lines of styled spans, and rows that stand in columns.

`text.py` makes sheets; `plain` writes one for files and pipes, `_screen.draw` for a terminal.
Whatever comes from a manifest loses its control characters on the way, in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[str, str]
"""A text and its style: a severity, `title`, `head`, `good`, `dim` or "" ."""

# Control characters (C0, DEL, C1), marks that reorder text, line separators, and halves of pairs:
# a name in a manifest is not trusted with the reader's terminal.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Line(NamedTuple):
    """A line of its own, `indent` columns from the left, where it also goes on when it wraps."""

    spans: tuple[Span, ...] = ()
    indent: int = 0


class Row(NamedTuple):
    """A line of the sheet's one table; every row has the same number of cells."""

    cells: tuple[Span, ...]


Sheet = Iterable[Line | Row]


def line(text: str = "", style: str = "", indent: int = 0) -> Line:
    """A line of one span."""
    return Line(((text, style),), indent)


def row(cells: Iterable[object], style: str = "") -> Row:
    """A row whose first cell alone has a style, or each cell where the style is `head`."""
    texts = [str(cell) for cell in cells]
    return Row(
        tuple((text, style if style == "head" or not at else "") for at, text in enumerate(texts))
    )


def clean(text: str) -> str:
    """`text` with what could steer a terminal written as its escape in Python."""
    return _UNSAFE.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def widths(lines: Sequence[Line | Row]) -> list[int]:
    """The width of each column of the table, in characters."""
    columns = zip(*(found.cells for found in lines if isinstance(found, Row)), strict=True)
    return [max(len(clean(text)) for text, _ in column) for column in columns]


def plain(sheet: Sheet) -> str:
    """The sheet as text without styles, never cut, columns aligned by spaces."""
    lines = list(sheet)
    columns = widths(lines)
    return "".join(f"{_plain_line(found, columns)}\n" for found in lines)


def _plain_line(found: Line | Row, columns: Sequence[int]) -> str:
    if isinstance(found, Line):
        text = "".join(clean(text) for text, _ in found.spans)
        return (" " * found.indent + text).rstrip()
    cells = zip(found.cells, columns, strict=True)
    return "  ".join(clean(text).ljust(width) for (text, _), width in cells).rstrip()
