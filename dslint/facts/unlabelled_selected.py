"""Whether a term that excludes values of a label also selects the nodes without it."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.facts import ored_exclusions
from dslint.subject import Subject
from dslint.value_sets import ABSENT, within


def fact(subject: Subject) -> bool:
    """Whether the requirement's term is made of exclusions, and matches nodes without the label.

    Also false where the node selector asks for the label, or where the terms were meant to hold
    together.
    """
    pod = subject.workload.pod
    here = subject.site.path[len(subject.workload.pod_path) : -2]
    terms = [one for one in requirement_sets.living(pod) if one.path == here]
    key = (False, subject.key)
    return any(
        all(one.operator in ("NotIn", "DoesNotExist") for one in term.requirements)
        and within(ABSENT, requirement_sets.box(term.requirements).get(key, ABSENT))
        for term in terms
    ) and not (_selected(subject) or ored_exclusions.confused(pod))


def _selected(subject: Subject) -> bool:
    selector = requirement_sets.of_selector(subject.workload.pod)
    return any(one.key == subject.key for one in selector)
