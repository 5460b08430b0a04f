"""Terms of the required node affinity that together match every node."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.facts import ored_exclusions
from dslint.subject import Subject


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item where there are such terms: the fewest of them as `terms`, the last as `path`.

    `shown` has for each a node that it alone of them matches. Terms that were meant to hold
    together are left out.
    """
    found = requirement_sets.matching_all(subject.living_terms)
    if not found or ored_exclusions.confused(subject):
        return []
    shown = []
    for term in found:
        others = [other for other in found if other is not term]
        node = requirement_sets.unmatched(others)
        shown.append(f"{requirement_sets.told(node or {})} by {requirement_sets.place_of(term)}")
    return [
        {
            "terms": " or ".join(map(str, found)),
            "shown": ", ".join(shown),
            "path": (*subject.workload.pod_path, *found[-1].path),
        }
    ]
