"""What keeps a workload from most nodes, where it lands on none."""

from __future__ import annotations

from dslint.model import parse_path
from dslint.subject import Subject

NEEDS_INVENTORY = True
_SHOWN = 3


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: the `because` of the refusal of most nodes, their number as `nodes`, its `path`.

    `reasons` counts the largest refusals: `untolerated taint a:NoSchedule (3), ... and 2 more`.
    """
    placement = subject.placement
    if placement is None or not placement.refusals:
        return []
    ranked = sorted(placement.refusals, key=lambda refusal: -len(refusal.nodes))
    shown = ", ".join(f"{one.because} ({len(one.nodes)})" for one in ranked[:_SHOWN])
    more = len(ranked) - _SHOWN
    return [
        {
            "because": ranked[0].because,
            "nodes": len(ranked[0].nodes),
            "reasons": f"{shown} and {more} more" if more > 0 else shown,
            "path": parse_path(ranked[0].at.path) or subject.workload.pod_path,
        }
    ]
