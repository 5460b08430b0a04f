"""The one zone that a workload lands in, of several."""

from __future__ import annotations

from dslint import landing
from dslint.subject import Subject

NEEDS_INVENTORY = True
_LABELS = ("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone")


def fact(subject: Subject) -> str | None:
    """The zone of every node that it lands on.

    Null where a node states no zone, or where the whole inventory has no second one.
    """
    if subject.placement is None or subject.inventory is None:
        return None
    landed = landing.of(subject.placement, subject.inventory.index)
    universe = landed.universe
    for key in _LABELS:
        zones = universe.values(key)
        for zone in zones if len(zones) > 1 and landed.lands else ():
            if not landed.lands & ~universe.having(key, zone):
                return zone
    return None
