"""Whether every term of the required node affinity is one that no node can match."""

from __future__ import annotations

from dslint import requirement_sets, selectors
from dslint.facts import contradiction
from dslint.subject import Subject


def fact(subject: Subject) -> int | None:
    """How many terms there are, where no node can match any of them.

    Null where a node can match one of them, and where each is empty or cannot be parsed: other
    rules say that.
    """
    terms = selectors.required_terms(subject.workload.pod) or ()
    if any(map(requirement_sets.alive, terms)):
        return None
    dead = any(contradiction.of_term(term, subject.target) for term in terms)
    return len(terms) if dead else None
