"""Whether no node has a value that is asked of a label, or no node is called as asked."""

from __future__ import annotations

from dslint import nearest, selectors
from dslint.facts import unknown_label
from dslint.inventory import Inventory
from dslint.selectors import Requirement
from dslint.subject import Subject

NEEDS_INVENTORY = True
_ASKING = ("In", "Gt", "Lt")
# Their values are few and known: `arm64` is no slip of the pen for `amd64`.
_KNOWN = frozenset({"kubernetes.io/os", "kubernetes.io/arch"})


def fact(subject: Subject) -> dict[str, str] | None:
    """`asked`, what no node has, and `nearest`, the value of a node spelled most like it ("").

    Null where a node has one of the values, where no node has the label (another fault), where the
    requirement cannot be read or asks for no value (NotIn), or where another term, an alternative,
    selects nodes.
    """
    inventory = subject.inventory
    if inventory is None:
        return None
    asked = _asked(subject)
    known = inventory.names if asked.field else tuple(inventory.index.nodes.values(asked.key))
    if not known or asked.problem or asked.operator not in _ASKING or _found(asked, inventory):
        return None
    if not subject.site.entry and unknown_label.selects_elsewhere(subject, inventory):
        return None
    values = ", ".join(f'"{value}"' for value in asked.values)
    words = {"Gt": "greater than ", "Lt": "less than "}.get(asked.operator, "")
    guess = not words and asked.key not in _KNOWN
    near = nearest.nearest(asked.values[0], sorted(known)) if guess else None
    return {"asked": words + values, "nearest": near or ""}


def _asked(subject: Subject) -> Requirement:
    if subject.site.entry:
        stated = {"key": subject.key, "operator": "In", "values": [subject.value.get("value")]}
        return selectors.term_of({"matchExpressions": [stated]}, ()).requirements[0]
    part = "matchFields" if subject.site.kind == "field-requirement" else "matchExpressions"
    return selectors.term_of({part: [subject.value]}, ()).requirements[0]


def _found(asked: Requirement, inventory: Inventory) -> bool:
    index = inventory.index
    return bool(selectors.meeting(asked, index.nodes, index))
