"""The repair that asks for a label's successor in the place of the deprecated label."""

from __future__ import annotations

from dslint import edits
from dslint.node_facts import SUCCESSORS
from dslint.subject import Subject
from dslint.workloads import mapping


def fact(subject: Subject) -> list[dict[str, object]] | None:
    """A JSON Patch from the site; null where the label has no successor.

    A node selector that names the successor already loses the old entry.
    """
    found = SUCCESSORS.get(subject.key)
    if found is None:
        return None
    if not subject.site.entry:
        return [{"op": "replace", "path": "/key", "value": found[0]}]
    if found[0] in mapping(subject.workload.pod.get("nodeSelector")):
        return [{"op": "remove", "path": ""}]
    return [{"op": "move", "from": "", "path": "/.." + edits.pointer((found[0],))}]
