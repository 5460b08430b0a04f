"""The requests for which nodes have too little, where nothing else keeps a workload from them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from dslint import landing, room
from dslint.bitsets import flags_of
from dslint.landing import Landing
from dslint.subject import Subject

NEEDS_INVENTORY = True


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each resource what is `requested`, the `most` that such a node has, `nodes`, `names`.

    `every` says that none of the nodes that it may land on, `of` in number, has room. Where some
    have, only a DaemonSet is asked about: it wants all of them, and others choose. `path` is the
    request.
    """
    if subject.placement is None or subject.inventory is None:
        return []
    landed = landing.of(subject.placement, subject.inventory.index)
    short = landed.alone("resources")
    every = not landed.lands
    if not short or not (every or subject.workload.kind == "DaemonSet"):
        return []
    admitted = len(landed.names(landed.lands | short))
    return [{**item, "every": every, "of": admitted} for item in _short(subject, landed, short)]


def _short(subject: Subject, landed: Landing, short: int) -> Iterator[dict[str, object]]:
    workload, universe = subject.workload, landed.universe
    for name, amount in room.requests(workload.pod, subject.target).items():
        nodes = short & room.lacking(universe, name, amount)
        if not nodes:
            continue
        has = itertools.compress(room.having(universe, name), flags_of(nodes))
        yield {
            "resource": name,
            "requested": room.shown(name, amount),
            "most": room.shown(name, max(filter(None, has), default=0)),
            **landed.told(nodes),
            "path": (*workload.pod_path, *room.where(workload, name)),
        }
