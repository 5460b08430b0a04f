"""Whether a term that excludes values of a label also selects the nodes without it."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.facts import ored_exclusions
from dslint.subject import Subject
from dslint.value_sets import ABSENT, within
from dslint.workloads import texts

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
    terms = [one for one in subject.living_terms if one.path == here]
    key = (False, subject.key)
    return any(
        all(one.operator in ("NotIn", "DoesNotExist") for one in term.requirements)
        and within(ABSENT, requirement_sets.box(term.requirements).get(key, ABSENT))
        for term in terms
    ) and not (_selected(subject) or ored_exclusions.confused(subject))


def _marks(subject: Subject) -> bool:
    """Whether the label is one of exceptions; with an inventory, no node has another value."""
    values = texts(subject.value.get("values"))
    if subject.key in _MARKERS or all(value.lower() in _MARKING for value in values):
        return True
    if subject.inventory is None:
        return False
    nodes = subject.inventory.index.nodes
    return not (set(nodes.values(subject.key)) - set(values))


def _selected(subject: Subject) -> bool:
    selector = requirement_sets.of_selector(subject.workload.pod)
    return any(one.key == subject.key for one in selector)
