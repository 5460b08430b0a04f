"""Whether a term that excludes values of a label also selects the nodes without it."""

from __future__ import annotations

import functools

from dslint import requirement_sets
from dslint.facts import ored_exclusions
from dslint.model import Path
from dslint.subject import Subject
from dslint.workloads import Workload, texts

# Kubelets set these on every node.
_EVERYWHERE = frozenset({"kubernetes.io/os", "kubernetes.io/arch", "kubernetes.io/hostname"})
# Labels that mark the few nodes that are otherwise: to be without one is to be as most nodes are.
_MARKERS = frozenset({"type", "eks.amazonaws.com/compute-type", "liqo.io/type"})
_MARKING = frozenset({"", "true", "yes", "on", "1", "enabled"})


def fact(subject: Subject) -> bool:
    """Whether the requirement's term is made of exclusions, and matches nodes without the label.

    Also false where the node selector asks for the label, where the terms were meant to hold
    together, where every node has the label, and where it marks exceptions: `NotIn [fargate]` is
    meant to select the nodes that have no compute type.
    """
    if subject.key in _EVERYWHERE or _marks(subject):
        return False
    here = subject.site.path[len(subject.workload.pod_path) : -2]
    if (here, subject.key) not in _unlabelled(subject.workload):
        return False
    return not ored_exclusions.confused(subject)


# Asked for each requirement of a workload, one after the other.
@functools.lru_cache(maxsize=1)
def _unlabelled(workload: Workload) -> frozenset[tuple[Path, str]]:
    """The terms made of exclusions with each label that their nodes need not have.

    Without the labels that the node selector asks for.
    """
    selected = {one.key for one in requirement_sets.of_selector(workload.pod)}
    return frozenset(
        (term.path, key)
        for term in requirement_sets.living(workload.pod)
        if all(one.operator in ("NotIn", "DoesNotExist") for one in term.requirements)
        for (field, key), values in requirement_sets.box(term.requirements).items()
        if values.absent and not field and key not in selected
    )


def _marks(subject: Subject) -> bool:
    """Whether the label is one of exceptions; with an inventory, no node has another value."""
    values = texts(subject.value.get("values"))
    if subject.key in _MARKERS or all(value.lower() in _MARKING for value in values):
        return True
    if subject.inventory is None:
        return False
    nodes = subject.inventory.index.nodes
    return not (set(nodes.values(subject.key)) - set(values))
