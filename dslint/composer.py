"""Makes plain data of the events of one YAML document, and remembers where everything stands.

Events come from libyaml; scalars and aliases are treated as Kubernetes' reader (go-yaml v2) treats
them. What it refuses is gathered in the scan, not raised; the parser's own errors pass through.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dslint import faults, scalars
from dslint.entries import mapping
from dslint.model import Complaint, Mark, point
from dslint.scan import Event, Scan, broken, mark, refuse

_MAX_ALIASED = 1_000_000  # nodes; from 400,000 on go-yaml refuses all but the largest texts
_SPECIAL = scalars.STARTS | {"<"}  # the merge key is no string either
_STARTS = (MappingStartEvent, SequenceStartEvent)
_OCTAL = re.compile(r"[-+]?0[0-7]+")

Level = tuple[list[object], list[Mark], Event]
"""A node that is open: its parts, their marks, and the event that opened it."""


def compose(next_event: Callable[[], Event], opening: Event, scan: Scan) -> tuple[object, Mark]:
    """The data of one document, up to its end event, and its mark. Raises YAMLError.

    `opening` is the document's start event. This loop is where reading spends its time: what few
    documents have is left to functions.
    """
    values: list[object] = []
    marks: list[Mark] = []
    start: Event = opening
    stack: list[Level] = []
    known, places = scan.known, scan.places
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            text = event.value
            value: object = text
            if event.implicit[0]:
                value = known[text] if text in known else _plain(event, start, scan)
            if event.anchor is not None or event.tag is not None:
                value = _adorned(event, value, scan)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            stack.append((values, marks, start))
            values, marks, start = [], [], event
            if event.anchor is not None or len(stack) > faults.MAX_DEPTH:
                _opened(event, len(stack), scan)
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = mapping(values, marks, scan) if kind is MappingEndEvent else values
            places[id(value)] = marks
            event = start
            if event.anchor is not None:
                _closed(event, value, scan)
            values, marks, start = stack.pop()
        elif kind is AliasEvent:
            value = _alias(event, len(stack), scan)
        else:  # the document's end: no other event can stand here
            return values[0], marks[0]
        values.append(value)
        spot = event.start_mark
        marks.append(spot.line << 32 | spot.column)


def _plain(event: Event, start: Event, scan: Scan) -> object:
    """The value of a plain scalar that was not met before; remembered where it is no odd one."""
    text: str = event.value
    if "?" in text:  # no word and no number has one; not remembered, for the next may be in flow
        if _in_flow(start):
            what = f'"{text}" has a question mark, which ends unquoted text between brackets'
            refuse(scan, broken(mark(event), what, "quote the text"))
        return text
    if text and text[0] not in _SPECIAL:
        scan.known[text] = text
        return text
    if text == "<<":
        scan.odd.add(mark(event))
        return text
    return _resolved(event, scan)


def _in_flow(start: Event) -> bool:
    """Whether the node that is open has brackets.

    There, Kubernetes' reader ends plain text at a `?`, and libyaml 0.2.6 does not.
    """
    return start.__class__ in _STARTS and bool(start.flow_style)


def _resolved(event: Event, scan: Scan) -> object:
    """The value of a plain scalar that may be no string; odd numbers are noted each time."""
    text = event.value
    value = scalars.resolve(text)
    if isinstance(value, float) and not math.isfinite(value):
        what = f"{text} is infinity or no number, which JSON cannot hold"
        refuse(scan, broken(mark(event), what, "quote it where the text is meant"))
        return value
    octal = isinstance(value, int) and _OCTAL.fullmatch(text) and value != int(text)
    if octal or ("_" in text and not isinstance(value, str)):
        kind = "an octal number and means" if octal else "a number without underscores:"
        what = f"{text} is read as {kind} {value}"
        at = mark(event)
        scan.notes.append((Complaint("DS009", (), what, mark=point(at)), at))
        return value
    scan.known[text] = value
    return value


def _adorned(event: Event, value: object, scan: Scan) -> object:
    """The value of a scalar with an anchor or a tag of its own."""
    if event.tag is not None:
        try:
            value = scalars.tagged(event.tag, event.value)
        except ValueError as error:
            what = f"the value is not what its tag says: {error}"
            refuse(scan, broken(mark(event), what, "remove the tag, or mend the value"))
    if event.anchor is not None:
        _declare(event, value, scan)
    return value


def _opened(event: Event, depth: int, scan: Scan) -> None:
    """A map or list with an anchor, or one that lies too deep."""
    if depth > faults.MAX_DEPTH:
        refuse(scan, faults.too_deep(point(mark(event))))
    if event.anchor is not None:
        _declare(event, event, scan)


def _declare(event: Event, value: object, scan: Scan) -> None:
    """Keeps what an anchor stands for; a later anchor of the same name replaces it."""
    scan.anchors[event.anchor] = value
    scan.unused[event.anchor] = mark(event)


def _closed(event: Event, value: object, scan: Scan) -> None:
    """A map or list with an anchor is whole, unless its own inside took the anchor's name."""
    name: str = event.anchor
    if scan.anchors[name] is event:
        scan.anchors[name] = value


def _alias(event: Event, depth: int, scan: Scan) -> object:
    """What an alias stands for; None where it stands for nothing that could be read."""
    name, at = event.anchor, mark(event)
    value = scan.anchors.get(name, scan)
    scan.unused.pop(name, None)
    if value is scan:
        what = f"the alias *{name} has no anchor &{name} above it in this document"
        refuse(scan, broken(at, what, f"write &{name} where the value stands, or quote the *"))
    elif value.__class__ in _STARTS:
        what = f"the alias *{name} stands inside the value of its own anchor &{name}"
        refuse(scan, broken(at, what, "write the value out"))
    elif not scan.fatal:
        _weigh(value, depth, at, scan)
    if scan.fatal:
        return None
    if isinstance(value, list):
        scan.odd.add(at)
    return value


def _weigh(value: object, depth: int, at: Mark, scan: Scan) -> None:
    """Refuses aliases that would make the data huge, or deeper than what is read."""
    size, levels = _extent(value, scan.extents)
    scan.counts["aliased"] += size
    if depth + levels > faults.MAX_DEPTH:
        refuse(scan, faults.too_deep(point(at)))
    elif scan.counts["aliased"] > _MAX_ALIASED:
        refuse(scan, faults.excessive(point(at)))


def _extent(value: object, extents: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Nodes (keys too) and levels of a value with its aliases written out."""
    if not isinstance(value, dict | list):
        return 1, 0
    known = extents.get(id(value))
    if known is None:
        keys = len(value) if isinstance(value, dict) else 0
        parts = value.values() if isinstance(value, dict) else value
        inner = [_extent(part, extents) for part in parts]
        deepest = max((levels for _, levels in inner), default=0)
        known = extents[id(value)] = 1 + keys + sum(size for size, _ in inner), 1 + deepest
    return known


def expands_too_far(scan: Scan) -> bool:
    """Whether go-yaml calls the aliasing excessive (decode.go, allowedAliasRatio)."""
    aliased = scan.counts["aliased"]
    total = aliased + sum(map(len, scan.places.values()))
    allowed = 0.99 - 0.89 * min(max((total - 400_000) / 3_600_000, 0), 1)
    return aliased > 100 and total > 1000 and aliased / total > allowed


def unused_anchors(scan: Scan) -> Iterator[tuple[Complaint, Mark]]:
    """The notes about anchors that no alias asks for."""
    for name, at in scan.unused.items():
        what = f"no alias uses the anchor &{name}"
        yield Complaint("DS011", (), what, mark=point(at)), at
