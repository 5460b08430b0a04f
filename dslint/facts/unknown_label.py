"""Whether a label that is asked for is on no node at all."""

from __future__ import annotations

import functools
import itertools

from dslint import nearest, selectors
from dslint.inventory import Inventory
from dslint.model import Path
from dslint.subject import Subject
from dslint.workloads import Workload

NEEDS_INVENTORY = True
_ASKING = ("In", "Exists", "Gt", "Lt")


def fact(subject: Subject) -> dict[str, str] | None:
    """`nearest`, the label of a node that differs by a letter or by case alone ("" for none).

    Null where a node has the label, where the requirement holds without it (NotIn, DoesNotExist),
    or where another term, an alternative, selects nodes.
    """
    inventory = subject.inventory
    if inventory is None or inventory.index.nodes.values(subject.key):
        return None
    if not subject.site.entry and not _asks(subject, inventory):
        return None
    return {"nearest": nearest.slip(subject.key, _keys(inventory)) or ""}


def _asks(subject: Subject, inventory: Inventory) -> bool:
    """Whether the requirement needs the label, and no other required term selects a node."""
    asks = subject.value.get("operator") in _ASKING
    return asks and not selects_elsewhere(subject, inventory)


def selects_elsewhere(subject: Subject, inventory: Inventory) -> bool:
    """Whether a required term other than the requirement's own selects a node."""
    here = subject.site.path[len(subject.workload.pod_path) : -2]
    return any(path != here for path in _selecting(subject.workload, inventory))


# Asked for each requirement of a workload, one after the other.
@functools.lru_cache(maxsize=1)
def _selecting(workload: Workload, inventory: Inventory) -> tuple[Path, ...]:
    """The paths of the first two required terms that select a node."""
    index, terms = inventory.index, selectors.required_terms(workload.pod) or ()
    found = (term.path for term in terms if selectors.matching(term, index.nodes, index))
    return tuple(itertools.islice(found, 2))


@functools.lru_cache(maxsize=4)
def _keys(inventory: Inventory) -> tuple[str, ...]:
    return tuple(sorted({key for fact in inventory.index.facts for key in fact.labels}))
