"""Whether the nodes were captured long ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dslint.subject import Subject
from dslint.workloads import mapping, mappings, text

NEEDS_INVENTORY = True
SETTINGS = ("days",)
# RFC 3339, as Kubernetes writes every time; the days are enough here.
_is_time = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d", re.ASCII).match


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item, if the newest heartbeat is more than `days` days ago: `captured`, its day; `path`.

    `days` is a setting. A kubelet that is alive writes a heartbeat every five minutes or less, so
    the newest is the time of the capture. Empty where no node has one: hand-written nodes have no
    age. The only fact that asks what day it is; what it answers changes on one day alone, that on
    which the capture becomes old.
    """
    days = subject.settings.get("days")
    beats = [
        (day, -index)
        for index, node in enumerate(mappings(subject.value.get("nodes")))
        for day in _heartbeats(node)
    ]
    if not beats or not isinstance(days, int):
        return []
    newest, index = max(beats)
    if datetime.now(UTC).date() - newest <= timedelta(days=days):
        return []
    path = ("nodes", -index, "status", "conditions")
    return [{"captured": newest.isoformat(), "path": path}]


def _heartbeats(node: object) -> Iterator[date]:
    for condition in mappings(mapping(mapping(node).get("status")).get("conditions")):
        found = _is_time(text(condition.get("lastHeartbeatTime")))
        try:
            yield date.fromisoformat(found[1] if found else "")
        except ValueError:
            continue
