"""What keeps a workload from most nodes, where it lands on none."""

from __future__ import annotations

from dslint import landing
from dslint.landing import Landing
from dslint.model import parse_path
from dslint.placement import Refusal
from dslint.subject import Subject

NEEDS_INVENTORY = True
_SHOWN = 3
# What keeps a workload from nodes that it selects.
_PARTS = {
    "unschedulable": "the cordon",
    "taints": "taints",
    "resources": "its requests",
    "scheduling_gates": "its scheduling gates",
}


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: `because` of the refusal that is nearest to a landing, its `nodes` and `path`.

    That is the one of most nodes that the workload selects and nothing but, say, their taints
    refuses: `nearest` names some of these, `but_for` what refuses them. Both are "" where there
    is no such node; then it is the refusal of most nodes. `reasons` counts the refusals in that
    order: `untolerated taint a:NoSchedule (3), ... and 2 more`.
    """
    placement, inventory = subject.placement, subject.inventory
    if placement is None or inventory is None or not placement.refusals:
        return []
    landed = landing.of(placement, inventory.index)
    near = {id(one): _near(one, landed) for one in placement.refusals}
    ranked = sorted(
        placement.refusals,
        key=lambda one: (-len(landed.names(near[id(one)])), -len(one.nodes)),
    )
    first, more = ranked[0], len(ranked) - _SHOWN
    reasons = ", ".join(f"{one.because} ({len(one.nodes)})" for one in ranked[:_SHOWN])
    nearest = landing.shown(landed.names(near[id(first)]))
    return [
        {
            "because": first.because,
            "nodes": len(first.nodes),
            "reasons": f"{reasons} and {more} more" if more > 0 else reasons,
            "nearest": nearest,
            "but_for": _PARTS[first.predicate] if nearest else "",
            "path": parse_path(first.at.path) or subject.workload.pod_path,
        }
    ]


def _near(refusal: Refusal, landed: Landing) -> int:
    """The selected nodes of a refusal that no other predicate refuses."""
    if refusal.predicate not in _PARTS:
        return 0
    nodes = landing.bits(refusal.nodes, landed.index, landed.by_class)
    return nodes & landed.alone(refusal.predicate)
