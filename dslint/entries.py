"""Makes maps of keys and values in turn, as Kubernetes' reader (go-yaml v2) does.

Most maps have strings for keys, each once: they cost one call. The others (merge keys, duplicates,
keys that are no strings) are set entry by entry; what is wrong with them is noted in the scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dslint import scalars
from dslint.model import Complaint, Mark, point
from dslint.scan import Scan, broken, refuse

Spot = tuple[Mark, Mark]
"""The marks of a key and of its value."""

Entry = tuple[str, tuple[type, object], object, Spot]
"""Key in JSON, key as go-yaml compares it, value, marks."""


def mapping(values: list[object], marks: list[Mark], scan: Scan) -> dict[str, object]:
    """The map of keys and values in turn; `marks`, theirs, are those of its entries afterwards."""
    parts: Iterator[Any] = iter(values)
    try:
        "".join(values[::2])  # type: ignore[arg-type]  # strings all? A third of asking each
        node: dict[str, object] = dict(zip(parts, parts))  # noqa: B905  strict doubles the time
    except TypeError:
        return _irregular(values, marks, scan)
    if 2 * len(node) != len(values) or (scan.odd and "<<" in node):
        return _irregular(values, marks, scan)
    return node


def _irregular(values: list[object], marks: list[Mark], scan: Scan) -> dict[str, object]:
    """A map set entry by entry. The last value stands, as where validation is not strict.

    Strict mode refuses a key that is already set, be it by a merge (decode.go, setMapIndex).
    """
    node: dict[str, object] = {}
    spots: dict[str, Spot] = {}
    seen: set[tuple[type, object]] = set()
    late: list[tuple[str, Complaint]] = []
    for name, same, value, spot in _entries(values, marks, scan):
        if same in seen:
            late.append((name, _duplicate(name, spot[0])))
        elif not isinstance(same[1], str):
            late.append((name, _no_string(same[1], name, spot[0])))
        seen.add(same)
        node[name], spots[name] = value, spot
    marks[:] = [mark for spot in spots.values() for mark in spot]
    scan.notes.extend((complaint, spots[name][0]) for name, complaint in late)
    return node


def _entries(values: list[object], marks: list[Mark], scan: Scan) -> Iterator[Entry]:
    """The entries of a map in the order in which go-yaml sets them; what is no key is refused."""
    for slot in range(0, len(values), 2):
        key, value = values[slot], values[slot + 1]
        spot = marks[slot], marks[slot + 1]
        if key == "<<" and spot[0] in scan.odd:
            yield from _merged(value, spot, scan)
            continue
        name = scalars.key(key)
        if name is None:
            refuse(scan, _no_key(key, spot[0]))
            continue
        yield name, (key.__class__, key), value, spot


def _merged(value: object, spot: Spot, scan: Scan) -> Iterator[Entry]:
    """The entries that a merge key brings. Of a list of maps the first wins, so it is set last."""
    several = isinstance(value, list) and spot[1] not in scan.odd
    for source in reversed(value) if several and isinstance(value, list) else [value]:
        if not isinstance(source, dict):
            what = "<< merges a map or a list of maps, and this is neither"
            refuse(scan, broken(spot[0], what, "merge a map, or quote the <<"))
            return
        marks = scan.places[id(source)]
        for slot, (name, item) in enumerate(source.items()):
            yield name, (str, name), item, (marks[2 * slot], marks[2 * slot + 1])


def _duplicate(name: str, mark: Mark) -> Complaint:
    what = f'key "{name}" is already set in this map'
    return Complaint(rule="DS002", path=(), what=what, key=True, mark=point(mark), pruned=True)


def _no_string(key: object, name: str, mark: Mark) -> Complaint:
    kind = "boolean" if isinstance(key, bool) else "number"
    return Complaint(
        rule="DS006",
        path=(),
        what=f'this key is read as the {kind} {name} and becomes the string "{name}"',
        key=True,
        mark=point(mark),
        fix="quote the key",
        severity="warning",
    )


def _no_key(key: object, mark: Mark) -> Complaint:
    kinds = {dict: "a map", list: "a list", type(None): "null"}
    what = f"{kinds.get(type(key), 'an integer beyond 64 bits')} cannot be a key"
    return Complaint(rule="DS006", path=(), what=what, key=True, mark=point(mark))
