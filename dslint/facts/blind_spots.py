"""The nodes on which none of a group of daemons lands."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence

from dslint import daemons, landing
from dslint.subject import Subject
from dslint.workloads import Workload, texts

NEEDS_INVENTORY = True
SETTINGS = ("groups",)


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each `group` with such nodes its `daemons`, how many `nodes`, `names` and `path`.

    The setting `groups` maps a name to globs of `[Kind/[namespace/]]name`. A group that nothing
    of the run belongs to has no blind spots: its daemons are elsewhere. `path` is the first node.
    """
    fleet, groups = daemons.of(subject), subject.settings.get("groups")
    if fleet is None or not isinstance(groups, Mapping):
        return []
    found: list[dict[str, object]] = []
    for group, patterns in groups.items():
        globs = texts(patterns)
        own = [one for one in subject.workloads if one.kind == "DaemonSet" and _named(one, globs)]
        blind = fleet.universe.everything
        for daemon in fleet.daemons:
            if daemon.workload in own:
                blind &= ~daemon.lands
        if own and blind:
            names = fleet.names(blind)
            told = ", ".join(dict.fromkeys(one.name for one in own))
            said = {"group": group, "daemons": told, "nodes": len(names)}
            path = ("nodes", fleet.index.positions[next(iter(names))])
            found.append({**said, "names": landing.shown(names), "path": path})
    return found


def _named(workload: Workload, globs: Sequence[str]) -> bool:
    names = (workload.name, f"{workload.kind}/{workload.name}", workload.id)
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs for name in names)
