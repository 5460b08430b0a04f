"""What is gathered while one YAML document is read, and how a fault is noted there.

Shared by what makes data of events (composer.py, entries.py). Nothing here reads or raises.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from dslint.model import Complaint, Mark, point

Event = Any
"""An event of PyYAML's. Told apart by class identity, which no type checker follows."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What is gathered while one document is read.

    `known` are the values of plain scalars met before. `anchors` are the values by anchor, the
    start event while the node is open; `unused` the marks of those that no alias asked for.
    `odd` holds the marks of plain `<<` keys and of aliases of lists. `extents` are size and
    depth of aliased nodes, `counts["aliased"]` the nodes that aliases stand for. `fatal` are the
    faults for which the document has no data, `notes` the others, with their marks.
    """

    known: dict[str, object]
    places: dict[int, list[Mark]] = field(default_factory=dict)
    anchors: dict[str, object] = field(default_factory=dict)
    unused: dict[str, Mark] = field(default_factory=dict)
    odd: set[Mark] = field(default_factory=set)
    extents: dict[int, tuple[int, int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    fatal: list[Complaint] = field(default_factory=list)
    notes: list[tuple[Complaint, Mark]] = field(default_factory=list)


def mark(event: Event) -> Mark:
    """Where the node begins that an event tells of."""
    start = event.start_mark
    return int(start.line << 32 | start.column)


def refuse(scan: Scan, complaint: Complaint) -> None:
    """Notes a fault that spoils the document. The first is told; the rest may be its echoes."""
    if not scan.fatal:
        scan.fatal.append(complaint)


def broken(at: Mark, what: str, fix: str) -> Complaint:
    """A fault that libyaml does not see and Kubernetes' reader does."""
    return Complaint(rule="DS001", path=(), what=what, mark=point(at), fix=fix)
