"""The terms of the required node affinity that the node selector contradicts."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.subject import Subject


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each such term `selector`, the entry, and `requirements`, what it contradicts.

    No node meets both. `path` is the first of the requirements. A term that no node can match
    anyway is left out.
    """
    pod = subject.workload.pod
    selector = requirement_sets.of_selector(pod)
    found: list[dict[str, object]] = []
    keys = {one.key for one in selector}
    for term in subject.living_terms if selector else ():
        if keys.isdisjoint(one.key for one in term.requirements):
            continue
        conflict = requirement_sets.conflict((*selector, *term.requirements))
        own = [one for one in conflict if one not in selector]
        if own:
            path = (*subject.workload.pod_path, *term.path, *own[0].path)
            found.append(
                {
                    "selector": f"{conflict[0].key}: {conflict[0].values[0]}",
                    "requirements": " and ".join(map(str, own)),
                    "path": path,
                }
            )
    return found
