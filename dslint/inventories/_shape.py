"""Types of fields as a table: what a hand-written node gets wrong, and where.

A row is a pattern (keys, `ANY` for every key or item), the types wanted there and their name.
Reading is lazy and parents stand before their parts, so the first answer is the one to report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from dslint.inventories import wrong
from dslint.model import Document, InputError, Path, format_path
from dslint.nearest import nearest

ANY = "*"


class Field(NamedTuple):
    """The values at a pattern are of these types (or null)."""

    pattern: tuple[str, ...]
    types: tuple[type, ...]
    wanted: str


def check_types(document: Document, base: Path, data: object, fields: tuple[Field, ...]) -> None:
    """Raises InputError at the first value of `data`, at `base`, that has another type."""
    for field in fields:
        for path, value in values(data, field.pattern):
            if not _is(value, field.types):
                raise _mistyped(document, base + path, value, field.wanted)


def check_keys(document: Document, path: Path, data: object, known: Collection[str]) -> None:
    """Raises InputError at the first key of a map that is not known, with the nearest one."""
    for key in data if isinstance(data, dict) else ():
        if key not in known:
            raise wrong(
                document,
                (*path, key),
                f"unknown key {key}",
                f"the keys known here are {', '.join(known)}",
                f"write {found}" if (found := nearest(key, known)) else f"remove {key}",
                key=True,
            )


def values(data: object, pattern: tuple[str, ...]) -> Iterator[tuple[Path, object]]:
    """Every value of `data` that the pattern reaches, with its path."""
    if not pattern:
        yield (), data
        return
    for step, value in _steps(data, pattern[0]):
        for path, found in values(value, pattern[1:]):
            yield (step, *path), found


def _steps(data: object, part: str) -> Iterator[tuple[str | int, object]]:
    if isinstance(data, dict):
        yield from ((key, data[key]) for key in (data if part == ANY else {part} & data.keys()))
    elif isinstance(data, list) and part == ANY:
        yield from enumerate(data)


def _is(value: object, types: tuple[type, ...]) -> bool:
    # Python's True is an int, YAML's is not
    if isinstance(value, bool):
        return bool in types
    return value is None or isinstance(value, types)


def _mistyped(document: Document, path: Path, value: object, wanted: str) -> InputError:
    scalar = isinstance(value, bool | int | float)
    quote = scalar and wanted == "a string"
    return wrong(
        document,
        path,
        f"{format_path(path) or 'the document'} is {_named(value)}, and {wanted} is wanted",
        "YAML reads true, yes, on and 1.5 as booleans and numbers unless they stand in quotes"
        if quote
        else "a value of another type has no meaning here",
        "put it in quotes" if quote else f"write {wanted}",
    )


def _named(value: object) -> str:
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the string {value!r}" if len(value) < 60 else "a string"
    return "a map" if isinstance(value, dict) else "a list"
