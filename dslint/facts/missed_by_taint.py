"""The nodes that a workload misses for a taint alone, taint by taint."""

from __future__ import annotations

import fnmatch

from dslint import tolerations
from dslint.node_facts import Taint
from dslint.subject import Subject

NEEDS_INVENTORY = True
_SHOWN = 3


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each taint `taint`, `key`, `value`, `effect`, how many `nodes`, and `names` of some.

    The nodes are those that no other predicate refuses. What the setting `expected` names (globs
    of a taint's key or of `key=value:Effect`) is left out. `path` is the pod's tolerations.
    """
    placement, inventory = subject.placement, subject.inventory
    if placement is None or inventory is None:
        return []
    refused = [one for one in placement.refusals if one.predicate == "taints"]
    others = {
        name for one in placement.refusals if one.predicate != "taints" for name in one.nodes
    }
    own = tolerations.of(subject.workload)
    missed = {name for one in refused for name in one.nodes} - others
    found: dict[Taint, list[str]] = {}
    index = inventory.index
    for name in (name for name in index.names if name in missed):
        for taint in dict.fromkeys(index.facts[index.positions[name]].taints):
            if taint.effect != "PreferNoSchedule" and not tolerations.first_tolerating(own, taint):
                found.setdefault(taint, []).append(name)
    return [
        _item(subject, taint, names)
        for taint, names in found.items()
        if not _expected(subject, taint)
    ]


def _item(subject: Subject, taint: Taint, names: list[str]) -> dict[str, object]:
    path = subject.workload.pod_path
    return {
        **taint._asdict(),
        "taint": str(taint),
        "nodes": len(names),
        "names": ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else ""),
        "path": (*path, "tolerations") if "tolerations" in subject.workload.pod else path,
    }


def _expected(subject: Subject, taint: Taint) -> bool:
    expected = subject.settings.get("expected")
    return isinstance(expected, list) and any(
        fnmatch.fnmatchcase(name, str(entry))
        for entry in expected
        for name in (taint.key, str(taint))
    )
