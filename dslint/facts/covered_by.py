"""Which other term covers a term of the required node affinity."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.facts import ored_exclusions
from dslint.selectors import Term
from dslint.subject import Subject

# Each term is compared with each: more of them come from a machine.
_TERMS = 100


def fact(subject: Subject) -> dict[str, str] | None:
    """`other`, the term that covers this one, and `witness`, a node that both match.

    Null where none does, where no node can match the term, and where the terms say more than
    that: they match every node, or were meant to hold together. Of two equal terms the first
    covers the second.
    """
    if len(subject.site.siblings) < 2:
        return None
    terms = subject.living_terms
    if len(terms) > _TERMS:
        return None
    here = subject.site.path[len(subject.workload.pod_path) :]
    term = next((one for one in terms if one.path == here), None)
    if term is None:
        return None
    other = next((one for one in terms if one is not term and _covers(one, term)), None)
    if other is None or _more_to_say(subject):
        return None
    return {
        "other": f"{requirement_sets.place_of(other)} ({other})",
        "witness": requirement_sets.told(requirement_sets.matched(term, other) or {}),
    }


def _covers(one: Term, other: Term) -> bool:
    if not requirement_sets.covers(one, other):
        return False
    return one.path < other.path or not requirement_sets.covers(other, one)


def _more_to_say(subject: Subject) -> bool:
    all_nodes = requirement_sets.matching_all
    return bool(ored_exclusions.confused(subject) or all_nodes(subject.living_terms))
