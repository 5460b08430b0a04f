"""The requests for which nodes have too little, where nothing else keeps a workload from them."""

from __future__ import annotations

from collections.abc import Iterator

from dslint import landing, room
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
    workload = subject.workload
    stated = [
        (nodes & short, room.allocatable(resources))
        for resources, nodes in landed.universe.resources.items()
        if resources is not None and nodes & short
    ]
    for name, amount in room.requests(workload.pod, subject.target).items():
        lacking = [(nodes, has.get(name, 0)) for nodes, has in stated if has.get(name, 0) < amount]
        if not lacking:
            continue
        nodes = 0
        for some, _ in lacking:
            nodes |= some
        yield {
            "resource": name,
            "requested": room.shown(name, amount),
            "most": room.shown(name, max(has for _, has in lacking)),
            **landed.told(nodes),
            "path": (*workload.pod_path, *room.where(workload, name)),
        }
