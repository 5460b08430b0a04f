"""The nodes that a workload misses for a taint alone, taint by taint."""

from __future__ import annotations

import fnmatch

from dslint import landing, node_kinds
from dslint.facts import linux_only
from dslint.landing import Landing
from dslint.node_facts import Taint
from dslint.question import ask
from dslint.subject import Subject

NEEDS_INVENTORY = True
SETTINGS = ("expected",)
_REPELLING = ("NoSchedule", "NoExecute")


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each taint `taint`, `key`, `value`, `effect`, how many `nodes`, and `names` of some.

    The nodes are those that no other predicate refuses, but for virtual ones, and Windows where
    the pod is for Linux alone. What the setting `expected` names (globs of a taint's key or of
    `key=value:Effect`) is left out. `path` is the pod's tolerations.
    """
    placement, inventory = subject.placement, subject.inventory
    if placement is None or inventory is None:
        return []
    landed = landing.of(placement, inventory.index)
    missed = landed.alone("taints") & ~_out_of_place(subject, landed)
    question = ask(subject.workload, inventory.index, subject.target)
    pod, path = subject.workload.pod, subject.workload.pod_path
    found: list[dict[str, object]] = []
    for taint, nodes in landed.universe.taints.items():
        if not nodes & missed or taint.effect not in _REPELLING or _expected(subject, taint):
            continue
        if question.tolerating(taint) is None:
            at = (*path, "tolerations") if "tolerations" in pod else path
            said = {**taint._asdict(), "taint": str(taint), **landed.told(nodes & missed)}
            found.append({**said, "path": at})
    return found


def _out_of_place(subject: Subject, landed: Landing) -> int:
    """The nodes that the workload could not run on: DS404 and DS405 say so where it lands."""
    found = node_kinds.virtual(landed.universe)
    if linux_only.first_part(subject.workload.pod):
        found |= node_kinds.windows(landed.universe)
    return found


def _expected(subject: Subject, taint: Taint) -> bool:
    expected = subject.settings.get("expected")
    return isinstance(expected, list) and any(
        fnmatch.fnmatchcase(name, str(entry))
        for entry in expected
        for name in (taint.key, str(taint))
    )
