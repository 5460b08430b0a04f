"""How a scalar is spelled in its source, where `yes` and 010 have become true and 8.

A document and a path come in, the text of the scalar goes out. Where the source is not known (a
plain object, an anchor's value met through its alias), the value is spelled as JSON.
"""

from __future__ import annotations

import functools
import json
import re

from dslint import scalars
from dslint.model import Document, Path

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_PLAIN = re.compile(r"[^\s,\[\]{}]+")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})$")


def spelled(document: Document | None, path: Path, value: object) -> str:
    """The text of the scalar at a path; strings are spelled as they are, without quotes."""
    if isinstance(value, str):
        return value
    found = _source(document, path) if document else ""
    return found if found and scalars.resolve(found) == value else json.dumps(value)


def unquoted(value: object, wanted: list[str]) -> int | bool | None:
    """The integer or boolean that a string spells, where the quotes around it are the mistake."""
    if not isinstance(value, str):
        return None
    if wanted == ["integer"] and _INTEGER.match(value):
        return int(value)
    return {"true": True, "false": False}.get(value) if wanted == ["boolean"] else None


def _source(document: Document, path: Path) -> str:
    """The plain scalar that starts where the path's value stands."""
    place, lines = document.at(path), _lines(document.text)
    if place.line > len(lines):
        return ""
    line, start = lines[place.line - 1], place.column - 1
    properties = _PROPERTIES.match(line, start)
    found = _PLAIN.match(line, properties.end() if properties else start)
    return found[0] if found else ""


# The values of one document are asked for one after the other, and there may be thousands.
@functools.lru_cache(maxsize=1)
def _lines(text: bytes) -> list[str]:
    return [line.decode("utf-8", "replace") for line in text.splitlines()]
