"""Draws a sheet for a terminal of a known width, with or without colour.

Words wrap under themselves; a table that is too wide for the terminal wraps in its last column,
and on a very narrow one every cell gets a line of its own. The only module that knows `rich`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dslint.outputs._sheet import Line, Row, Sheet, Span, clean, widths

STYLES = {
    "error": "bold red",
    "warning": "yellow",
    "info": "cyan",
    "good": "green",
    "title": "bold",
    "head": "dim",
    "dim": "dim",
    "name": "bold",
}
NARROWEST = 20
NARROWEST_COLUMN = 16


def draw(sheet: Sheet, width: int, colour: bool) -> str:
    """The sheet as a terminal of `width` columns shows it, escape sequences where `colour`."""
    lines = list(sheet)
    console = Console(
        file=io.StringIO(),
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    columns = _columns(widths(lines), console.width)
    heads: Sequence[Span] = ()
    for found in lines:
        if isinstance(found, Line):
            _draw_line(console, found)
        elif columns:
            console.print(_grid(found, columns))
        elif found.cells[0][1] == "head":
            heads = found.cells
        else:
            _draw_stacked(console, found, heads)
    return _written(console)


def _written(console: Console) -> str:
    file = console.file
    text = file.getvalue() if isinstance(file, io.StringIO) else ""
    return "".join(f"{one.rstrip()}\n" for one in text.splitlines())


def _columns(natural: Sequence[int], width: int) -> list[int]:
    """The columns' widths on a terminal of `width`; none where they have no room side by side."""
    room = width - sum(natural[:-1]) - 2 * len(natural[:-1])
    if not natural or room < min(natural[-1], NARROWEST_COLUMN):
        return []
    return [*natural[:-1], min(natural[-1], room)]


def _text(spans: Sequence[Span]) -> Text:
    text = Text(overflow="fold")
    for part, style in spans:
        text.append(clean(part), STYLES.get(style, ""))
    return text


def _draw_line(console: Console, found: Line) -> None:
    if not any(text for text, _ in found.spans):
        console.print()
        return
    indent = found.indent if found.indent < console.width // 2 else 1
    console.print(Padding(_text(found.spans), (0, 0, 0, indent), expand=False))


def _grid(found: Row, columns: Sequence[int]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for width in columns:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*(_text([cell]) for cell in found.cells))
    return grid


def _draw_stacked(console: Console, found: Row, heads: Sequence[Span]) -> None:
    """The row's first cell, and beneath it a line for each other one, named by its head."""
    console.print(_text(found.cells[:1]))
    for (head, style), cell in list(zip(heads, found.cells, strict=False))[1:]:
        _draw_line(console, Line(((f"{head} ", style), cell), indent=2))
