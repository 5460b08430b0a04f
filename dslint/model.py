"""The nouns that every room shares: places, documents, complaints, and the error of bad input.

Plain frozen values, no imports of ours. A `Document` is what `source.read` makes of one YAML
document; a `Complaint` is what the reader, the schema or a check says of it before the rulebook
gives it its prose. Nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Path = tuple[str | int, ...]
"""Keys and 0-based list indexes from a document's root, `("spec", "tolerations", 0, "key")`."""

Mark = int
"""A point of a text in one number: its line, times 2**32, plus its column, both 0-based."""

# Fields that hold a map with free keys, which the API server writes in brackets.
MAPS = frozenset(
    "labels annotations matchLabels nodeSelector requests limits overhead allocatable capacity"
    " data binaryData stringData volumeAttributes options hard".split()
)


class InputError(Exception):
    """An inventory, rule file, configuration or argument that cannot be used (exit 2).

    `where` is `file`, `file:line` or `file:line:column` (1-based), or the name of an option.
    """

    def __init__(self, what: str, where: str = "", why: str = "", fix: str = "") -> None:
        super().__init__(what, where, why, fix)
        self.what, self.where, self.why, self.fix = what, where, why, fix

    def __str__(self) -> str:
        """The error in the order of every message: where, what, why, fix."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        parts = [
            head,
            f"  why: {self.why}" if self.why else "",
            f"  fix: {self.fix}" if self.fix else "",
        ]
        return "\n".join(part for part in parts if part)


class Place(NamedTuple):
    """A point in a file (line and column 1-based) and the field that stands there."""

    file: str
    line: int
    column: int
    path: str = ""


class Complaint(NamedTuple):
    """What is wrong at one field of one document, under the id of its rule.

    `path` is the field that the API server names. `at` is the field to point at where that is
    another one, `key` says to point at its key instead of its value, and `mark` is a (line,
    column), 1-based, that the reader knows better than any path. `why` and `fix` replace the
    rule's own sentence where the case has a more exact one, and `edit` (JSON Patch from the
    document's root) is there where exactly one right repair exists. `pruned` marks what only
    strict field validation refuses: an unknown field or a duplicate key. `severity` is there where
    this case has another than its rule; one that is no error is not refused by an API server.
    """

    rule: str
    path: Path
    what: str
    at: Path | None = None
    key: bool = False
    mark: tuple[int, int] | None = None
    why: str | None = None
    fix: str | None = None
    edit: tuple[Mapping[str, Any], ...] | None = None
    pruned: bool = False
    severity: Literal["error", "warning", "info"] | None = None


_WIDE = 100  # keys from which looking for one in its map costs more than an index


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One YAML document: plain data and where each key and value of it stands.

    `data` is dicts with string keys, lists, str, int, float, bool and None. `places` maps the `id`
    of each dict to its marks (key, value, key, value, ... in the dict's order) and of each list to
    its items' marks. `line` and `column` (1-based) are those of the first key. `complaints` is
    what the reader found; where `data` could not be made, it is None and there is at least one.
    `slots` remembers the numbers of the keys of wide maps, by the map's `id`, once they are asked
    for.
    """

    data: Any
    file: str
    line: int = 1
    column: int = 1
    index: int = 0
    text: bytes = b""
    places: Mapping[int, Sequence[Mark]] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    slots: dict[int, dict[str, int]] = field(default_factory=dict, init=False, repr=False)

    def at(self, path: Path, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of the nearest parent that exists."""
        line, column = self.line, self.column
        for depth, (at_key, at_value) in enumerate(self._marks(path), start=1):
            line, column = point(at_key if key and depth == len(path) else at_value)
        return Place(self.file, line, column, format_path(path))

    def _slot(self, here: dict[str, object], part: str) -> int:
        """The number of a key in its map; of a wide map an index is kept."""
        if len(here) <= _WIDE:
            return list(here).index(part)
        found = self.slots.get(id(here))
        if found is None:
            found = self.slots[id(here)] = {key: at for at, key in enumerate(here)}
        return found[part]

    def _marks(self, path: Path) -> Iterator[tuple[Mark, Mark]]:
        """The marks of key and value for each step of `path` that exists."""
        here = self.data
        for part in path:
            marks = self.places.get(id(here))
            if marks is None:
                return
            if isinstance(here, dict) and part in here:
                slot = 2 * self._slot(here, str(part))
                yield marks[slot], marks[slot + 1]
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                yield marks[part], marks[part]
            else:
                return
            here = here[part]


def point(mark: Mark) -> tuple[int, int]:
    """Line and column of a mark, 1-based."""
    return (mark >> 32) + 1, (mark & 0xFFFF_FFFF) + 1


def format_path(path: Path) -> str:
    """`path` as the API server writes it: `spec.tolerations[0].key`, `metadata.labels[a.b/c]`."""
    text, parent = "", ""
    for part in path:
        if isinstance(part, int) or parent in MAPS:
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
        parent = part if isinstance(part, str) and parent not in MAPS else ""
    return text


def parse_path(text: str) -> Path:
    """The path that `format_path` wrote: `spec.tolerations[0].key`, `metadata.labels[a.b/c]`."""
    path: list[str | int] = []
    for name, inside in re.findall(r"([^.\[\]]+)|\[([^\]]*)\]", text):
        is_key = bool(path) and path[-1] in MAPS
        path.append(name or (int(inside) if inside.isdecimal() and not is_key else inside))
    return tuple(path)
