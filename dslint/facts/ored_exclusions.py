"""Exclusions that were written as terms, where each term lets in what the others exclude."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from dslint import requirement_sets, value_sets
from dslint.requirement_sets import Key
from dslint.selectors import Term
from dslint.subject import Subject
from dslint.workloads import Workload

_NEGATIVE = ("NotIn", "DoesNotExist")
# The more terms, the less they are what a person got wrong, and each is compared with each.
_TERMS = 20


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item, for the first such pair: `first`, `second` and `witness`, a node.

    The second term excludes the node, and the first matches it. Two terms are such a pair where
    they differ in exclusions of one key alone, and together exclude nothing; or where every term
    is made of NotIn and DoesNotExist alone and none covers all the others. `path` is the second.
    """
    first, second = confused(subject) or (None, None)
    if first is None or second is None:
        return []
    node = requirement_sets.uncovered(second, first)
    return [
        {
            "first": requirement_sets.place_of(first),
            "second": f"{requirement_sets.place_of(second)} ({second})",
            "witness": requirement_sets.told(node or {}),
            "path": (*subject.workload.pod_path, *second.path),
        }
    ]


def confused(subject: Subject) -> tuple[Term, Term] | None:
    """The first two terms of the workload that were meant to hold together."""
    return _confused(subject.workload)


# Asked for each requirement of a workload, one after the other.
@functools.lru_cache(maxsize=1)
def _confused(workload: Workload) -> tuple[Term, Term] | None:
    terms = requirement_sets.living(workload.pod)
    if len(terms) > _TERMS:
        return None
    found = itertools.chain(_excluding_nothing(terms), _only_excluding(terms))
    return next(found, None)


def _excluding_nothing(terms: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    for one, other in itertools.combinations(terms, 2):
        boxes = requirement_sets.box(one.requirements), requirement_sets.box(other.requirements)
        differing = [key for key in boxes[0].keys() | boxes[1].keys() if not _same(key, *boxes)]
        if len(differing) != 1 or not all(_excludes(term, differing[0]) for term in (one, other)):
            continue
        (key,) = differing
        left = value_sets.union(boxes[0][key], boxes[1][key])
        if value_sets.within(requirement_sets.domain(key), left):
            yield one, other


def _same(key: Key, one: requirement_sets.Box, other: requirement_sets.Box) -> bool:
    if key not in one or key not in other:
        return False
    return value_sets.within(one[key], other[key]) and value_sets.within(other[key], one[key])


def _excludes(term: Term, key: Key) -> bool:
    """Whether the term asks something of the key, and nothing but exclusions."""
    own = [one for one in term.requirements if requirement_sets.about(one) == key]
    return bool(own) and all(one.operator in _NEGATIVE for one in own)


def _only_excluding(terms: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    requirements = (one for term in terms for one in term.requirements)
    if len(terms) < 2 or any(one.operator not in _NEGATIVE for one in requirements):
        return
    if any(all(requirement_sets.covers(one, other) for other in terms) for one in terms):
        return
    for one, other in itertools.combinations(terms, 2):
        if not requirement_sets.covers(other, one):
            yield one, other
