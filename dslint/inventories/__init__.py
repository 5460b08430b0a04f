"""The forms of an inventory, one file a form, found by convention.

A form is a module with one function, `take(part) -> Taken | None`. It is asked about the text of a
file as a whole, and, where no form takes that, about each document in it; None means that the part
is not of this form. What is of the form and wrong raises InputError with file, line and column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dslint.model import Complaint, Document, InputError, Path

Node = Mapping[str, object]
"""A plain v1.Node."""


class Part(NamedTuple):
    """What a form is asked about: the text of a file, or one document of it."""

    file: str
    text: bytes
    document: Document | None = None


class Taken(NamedTuple):
    """The nodes of a part, and the path of each in its document.

    With `short` a path leads to an entry of the short form (`nodes[0]`, `pools[2]`), which holds
    the fields of `metadata`, `spec` and `status` without these. `complaints` are about paths of
    the document.
    """

    nodes: Sequence[Node]
    paths: Sequence[Path]
    short: bool = False
    complaints: Sequence[Complaint] = ()


def wrong(
    document: Document, path: Path, what: str, why: str, fix: str, key: bool = False
) -> InputError:
    """The error of an inventory that is wrong at the value (or the `key`) of one path."""
    place = document.at(path, key)
    return InputError(what, f"{place.file}:{place.line}:{place.column}", why, fix)
