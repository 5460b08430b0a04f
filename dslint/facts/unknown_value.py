"""Whether no node has a value that is asked of a label, or no node is called as asked."""

from __future__ import annotations

from dslint import nearest, selectors
from dslint.inventory import Inventory
from dslint.selectors import Requirement
from dslint.subject import Subject
from dslint.workloads import text

NEEDS_INVENTORY = True
_ASKING = ("In", "Gt", "Lt")


def fact(subject: Subject) -> dict[str, str] | None:
    """`asked`, what no node has, and `nearest`, the value of a node spelled most like it ("").

    Null where a node has one of the values, where no node has the label (another fault), where the
    requirement does not ask for one (NotIn), or where another term, an alternative, selects nodes.
    """
    inventory = subject.inventory
    if inventory is None:
        return None
    asked = _asked(subject)
    known = inventory.names if asked.field else tuple(inventory.index.nodes.values(asked.key))
    if not known or asked.problem or asked.operator not in _ASKING or _found(asked, inventory):
        return None
    if not subject.site.entry and _elsewhere(subject, inventory):
        return None
    values = ", ".join(f'"{value}"' for value in asked.values)
    words = {"Gt": "greater than ", "Lt": "less than "}.get(asked.operator, "")
    near = nearest.nearest(asked.values[0], sorted(known)) if not words else None
    return {"asked": words + values, "nearest": near or ""}


def _asked(subject: Subject) -> Requirement:
    if subject.site.entry:
        return Requirement(subject.key, "In", (text(subject.value.get("value")),))
    part = "matchFields" if subject.site.kind == "field-requirement" else "matchExpressions"
    return selectors.term_of({part: [subject.value]}, ()).requirements[0]


def _found(asked: Requirement, inventory: Inventory) -> bool:
    index = inventory.index
    return bool(selectors.meeting(asked, index.nodes, index))


def _elsewhere(subject: Subject, inventory: Inventory) -> bool:
    """Whether another required term selects a node."""
    index = inventory.index
    here = subject.site.path[len(subject.workload.pod_path) : -2]
    return any(
        selectors.matching(term, index.nodes, index)
        for term in selectors.required_terms(subject.workload.pod) or ()
        if term.path != here
    )
