"""Makes plain data of the events of one YAML document, and remembers where everything stands.

Events come from libyaml; scalars are typed, aliases, merge keys and duplicate keys treated as
Kubernetes' reader (go-yaml v2) does. What it refuses is gathered in the `Scan`, not raised; the
parser's own errors pass through.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dslint import faults, scalars
from dslint.model import Complaint, Mark

MAX_EXPANDED = 4_000_000
"""Nodes that aliases may stand for; go-yaml refuses long before ("excessive aliasing")."""

_STRINGS = frozenset({str})
_SPECIAL = frozenset("0123456789+-.yYnNtTfFoO~<") | {""}  # first letters of what may be no string
_ODD_NUMBER = re.compile(r"[-+]?0[0-9]+(\.0*)?|.*_.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scan:
    """What is gathered while one document is read.

    `known` are the values of plain scalars met before. `anchors` are the values by anchor, the start
    event while its node is open. `odd` holds the ids of the marks of plain `<<` keys and of aliases of
    lists. `extents` are size and depth of aliased nodes, `counts` the nodes that aliases stand for.
    `fatal` are the faults for which the document has no data, `notes` the others, with their marks.
    """

    known: dict[str, object]
    places: dict[int, list[Mark]] = field(default_factory=dict)
    anchors: dict[str, object] = field(default_factory=dict)
    declared: dict[str, Mark] = field(default_factory=dict)
    odd: set[int] = field(default_factory=set)
    extents: dict[int, tuple[int, int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    fatal: list[Complaint] = field(default_factory=list)
    notes: list[tuple[Complaint, Mark]] = field(default_factory=list)


def compose(next_event: Callable[[], Event], opening: Event, scan: Scan) -> tuple[object, Mark]:
    """The data of one document, up to its end event, and its mark. Raises YAMLError.

    `opening` is the document's start event. Every node is visited in this one loop: what is not met
    in every document is left to functions.
    """
    values: list[object] = []
    marks: list[Mark] = []
    stack: list[tuple[list[object], list[Mark], Event]] = []
    known = scan.known
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            if event.implicit[0]:
                try:
                    value = known[value]
                except KeyError:
                    value = _plain(event, opening, scan)
            elif event.tag is not None:
                value = _tagged(event, scan)
            if event.anchor is not None:
                _declare(event, value, scan)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            stack.append((values, marks, opening))
            values, marks, opening = [], [], event
            if event.anchor is not None:
                _declare(event, event, scan)
            if len(stack) > faults.MAX_DEPTH:
                _refuse(scan, faults.too_deep(_point(event.start_mark)))
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = values if kind is SequenceEndEvent else _mapping(values, marks, scan)
            scan.places.setdefault(id(value), marks)
            event = opening
            if event.anchor is not None and scan.anchors[event.anchor] is event:
                scan.anchors[event.anchor] = value
            values, marks, opening = stack.pop()
        elif kind is AliasEvent:
            value = _alias(event, len(stack), scan)
        elif kind is DocumentEndEvent:
            return values[0], marks[0]
        values.append(value)
        marks.append(event.start_mark)


def _point(mark: Mark) -> tuple[int, int]:
    """Line and column of a mark, 1-based."""
    return mark.line + 1, mark.column + 1


def _refuse(scan: Scan, complaint: Complaint) -> None:
    """Notes a fault that spoils the document. The first is told; the rest may be its echoes."""
    if not scan.fatal:
        scan.fatal.append(complaint)


def _broken(mark: Mark, what: str, fix: str) -> Complaint:
    """A fault that only Kubernetes' reader sees."""
    return Complaint(rule="DS001", path=(), what=what, mark=_point(mark), fix=fix)


def _plain(event: ScalarEvent, opening: Event, scan: Scan) -> object:
    """The value of a plain scalar that was not met before; remembered where it is no odd one."""
    text: str = event.value
    if text[:1] not in _SPECIAL and "?" not in text:
        scan.known[text] = text
        return text
    if text == "<<":
        scan.odd.add(id(event.start_mark))
        return text
    if "?" in text:
        _question_mark(event, opening, scan)
        return scalars.resolve(text)
    value = scalars.resolve(text)
    if isinstance(value, float) and not math.isfinite(value):
        what = f"{text} is infinity or no number, which JSON cannot hold"
        _refuse(scan, _broken(event.start_mark, what, "quote it where the text is meant"))
    elif not isinstance(value, str) and _ODD_NUMBER.fullmatch(text):
        what = f"{text} is read as {value:.17g}" if value is not None else text
        note = Complaint("DS009", (), what, mark=_point(event.start_mark))
        scan.notes.append((note, event.start_mark))
    else:
        scan.known[text] = value
    return value


def _question_mark(event: ScalarEvent, opening: Event, scan: Scan) -> None:
    """In flow style Kubernetes' reader ends a plain scalar at a `?`; libyaml 0.2 does not."""
    if isinstance(opening, MappingStartEvent | SequenceStartEvent) and opening.flow_style:
        what = f"{event.value!r} has a question mark, which ends unquoted text between brackets"
        _refuse(scan, _broken(event.start_mark, what, "quote the text"))


def _tagged(event: ScalarEvent, scan: Scan) -> object:
    """The value of a scalar with a tag of its own."""
    try:
        return scalars.tagged(event.tag, event.value)
    except ValueError as error:
        _refuse(scan, _broken(event.start_mark, f"the tag does not fit: {error}", "drop the tag"))
        return event.value


def _declare(event: Event, value: object, scan: Scan) -> None:
    """Keeps what an anchor stands for; a later anchor of the same name replaces it."""
    scan.anchors[event.anchor] = value
    scan.declared[event.anchor] = event.start_mark


def _alias(event: AliasEvent, depth: int, scan: Scan) -> object:
    """What an alias stands for; None where it stands for nothing that could be read."""
    name, mark = event.anchor, event.start_mark
    if name not in scan.anchors:
        what = f"the alias *{name} has no anchor &{name} above it in this document"
        _refuse(scan, _broken(mark, what, f"write &{name} where the value stands, or quote the *"))
        return None
    scan.declared.pop(name, None)
    value = scan.anchors[name]
    if isinstance(value, Event):
        what = f"the alias *{name} stands inside its own anchor &{name}"
        _refuse(scan, _broken(mark, what, "write the value out"))
        return None
    size, levels = _extent(value, scan.extents) if not scan.fatal else (0, 0)
    scan.counts["aliased"] += size
    if depth + levels > faults.MAX_DEPTH:
        _refuse(scan, faults.too_deep(_point(mark)))
    if scan.counts["aliased"] > MAX_EXPANDED:
        _refuse(scan, excessive(_point(mark)))
    if scan.fatal:
        return None
    if isinstance(value, list):
        scan.odd.add(id(mark))
    return value


def excessive(point: tuple[int, int]) -> Complaint:
    """The complaint about aliases that stand for far more than the text holds."""
    return Complaint(
        rule="DS010",
        path=(),
        what="aliases make the document many times as large as its text",
        mark=point,
        fix="write the values out, or use fewer aliases",
    )


def unused_anchors(scan: Scan) -> Iterator[tuple[Complaint, Mark]]:
    """The notes about anchors that no alias asks for."""
    for name, mark in scan.declared.items():
        what = f"no alias uses the anchor &{name}"
        yield Complaint("DS011", (), what, mark=_point(mark)), mark


def _extent(value: object, extents: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Nodes (keys too) and levels of a value with its aliases written out."""
    if not isinstance(value, dict | list):
        return 1, 0
    known = extents.get(id(value))
    if known is None:
        parts = [
            _extent(part, extents)
            for part in (value.values() if isinstance(value, dict) else value)
        ]
        keys = len(value) if isinstance(value, dict) else 0
        size = 1 + keys + sum(size for size, _ in parts)
        known = extents[id(value)] = size, 1 + max((levels for _, levels in parts), default=0)
    return known


def expands_too_far(scan: Scan) -> bool:
    """Whether go-yaml would call the aliasing excessive (decode.go, allowedAliasRatio)."""
    aliased = scan.counts["aliased"]
    if aliased <= 100:
        return False
    total = aliased + sum(map(len, scan.places.values()))
    allowed = 0.99 - 0.89 * min(max((total - 400_000) / 3_600_000, 0), 1)
    return total > 1000 and aliased / total > allowed


def _mapping(values: list[object], marks: list[Mark], scan: Scan) -> dict[str, object]:
    """A map from keys and values in turn."""
    keys = values[::2]
    if _STRINGS.issuperset(map(type, keys)):
        node: dict[str, object] = dict(zip(keys, values[1::2]))  # type: ignore[arg-type]
        if len(node) == len(keys) and not (scan.odd and "<<" in node):
            return node
    return _irregular(values, marks, scan)


def _irregular(values: list[object], marks: list[Mark], scan: Scan) -> dict[str, object]:
    """A map with a merge key, a duplicate or a key that is no string. The last value stands, as in
    go-yaml's non-strict mode; strict mode refuses a key that is already set, be it by a merge."""
    node: dict[str, object] = {}
    spots: dict[str, tuple[Mark, Mark]] = {}
    seen: set[tuple[type, object]] = set()
    late: list[tuple[str, Complaint]] = []
    for name, same, value, spot in _entries(values, marks, scan):
        if same in seen:
            late.append((name, _duplicate(name, spot[0])))
        elif not isinstance(same[1], str):
            late.append((name, _no_string(same[1], name, spot[0])))
        seen.add(same)
        node[name], spots[name] = value, spot
    scan.places[id(node)] = [mark for spot in spots.values() for mark in spot]
    scan.notes.extend((complaint, spots[name][0]) for name, complaint in late)
    return node


Entry = tuple[str, tuple[type, object], object, tuple[Mark, Mark]]
"""Key in JSON, key as go-yaml compares it, value, and the marks of key and value."""


def _entries(values: list[object], marks: list[Mark], scan: Scan) -> Iterator[Entry]:
    """The entries of a map in the order in which go-yaml sets them; keys that are none are refused."""
    for slot in range(0, len(values), 2):
        key, value = values[slot], values[slot + 1]
        spot = marks[slot], marks[slot + 1]
        if key == "<<" and id(spot[0]) in scan.odd:
            yield from _merged(value, spot, scan)
            continue
        name = scalars.key(key)
        if name is None:
            _refuse(scan, _no_key(key, spot[0]))
            continue
        yield name, (key.__class__, key), value, spot


def _merged(value: object, spot: tuple[Mark, Mark], scan: Scan) -> Iterator[Entry]:
    """The entries that a merge key brings. In a list of maps the earlier ones win, so they come last."""
    sources = value[::-1] if isinstance(value, list) and id(spot[1]) not in scan.odd else [value]
    for source in sources:
        if not isinstance(source, dict):
            _refuse(
                scan,
                _broken(
                    spot[0], "<< merges something that is no map", "merge a map, or quote the <<"
                ),
            )
            return
        marks = scan.places[id(source)]
        for slot, (name, item) in enumerate(source.items()):
            yield name, (str, name), item, (marks[2 * slot], marks[2 * slot + 1])


def _duplicate(name: str, mark: Mark) -> Complaint:
    return Complaint(
        rule="DS002",
        path=(),
        what=f"key {name!r} is already set in this map",
        key=True,
        mark=_point(mark),
        pruned=True,
    )


def _no_string(key: object, name: str, mark: Mark) -> Complaint:
    kind = {bool: "the boolean", int: "the number", float: "the number"}[type(key)]  # type: ignore[index]
    return Complaint(
        rule="DS006",
        path=(),
        what=f"this key is read as {kind} {name} and becomes the string {name!r}",
        key=True,
        mark=_point(mark),
        severity="warning",
    )


def _no_key(key: object, mark: Mark) -> Complaint:
    kinds = {dict: "a map", list: "a list", type(None): "null"}
    return Complaint(
        rule="DS006",
        path=(),
        what=f"{kinds.get(type(key), 'a number beyond 64 bits')} cannot be a key",
        key=True,
        mark=_point(mark),
    )
