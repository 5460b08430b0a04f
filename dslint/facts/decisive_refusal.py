"""What keeps a workload from most nodes, where it lands on none."""

from __future__ import annotations

from dslint.model import parse_path
from dslint.subject import Subject

NEEDS_INVENTORY = True


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: the `because` of the refusal of most nodes, their number as `nodes`, its `path`.

    `reasons` counts every refusal: `untolerated taint a:NoSchedule (3), ...`, the largest first.
    """
    placement = subject.placement
    if placement is None or not placement.refusals:
        return []
    ranked = sorted(placement.refusals, key=lambda refusal: -len(refusal.nodes))
    return [
        {
            "because": ranked[0].because,
            "nodes": len(ranked[0].nodes),
            "reasons": ", ".join(f"{one.because} ({len(one.nodes)})" for one in ranked),
            "path": parse_path(ranked[0].at.path) or subject.workload.pod_path,
        }
    ]
