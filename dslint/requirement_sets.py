"""What terms and requirements say of all nodes that could exist, and the nodes that show it.

Terms come in. Out go claims: these requirements cannot hold together, this one follows from those,
this term covers that one, these terms match every node. Beside a claim goes its witness, a v1.Node
dict. A term that cannot be parsed matches nothing and takes part in no claim. Nothing raises.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dslint import selectors, syntax, value_sets
from dslint.model import format_path
from dslint.selectors import NAME_FIELD, Requirement, Term
from dslint.value_sets import ABSENT, ALL, ANY, Values
from dslint.workloads import Object, mapping, text

Key = tuple[bool, str]
"""What a requirement is about: whether it is a field of the node, and the label or the field."""
Box = Mapping[Key, Values]
"""The nodes of a term: under each key that it names the values that it admits."""

Requirements = tuple[Requirement, ...]

# How many ways to miss every term are tried before nothing is claimed; real manifests have few.
_TRIED = 20_000
# The most terms, and requirements of one key, about which anything is claimed: each is compared
# with all the others.
_TERMS = 100


def readable(term: Term) -> bool:
    """Whether the term can be parsed, and every match field is the node's name."""
    return term.problem is None and all(
        not one.field
        or (one.key == NAME_FIELD and all(not syntax.dns_subdomain(name) for name in one.values))
        for one in term.requirements
    )


@functools.lru_cache(maxsize=1024)
def admitted(requirement: Requirement) -> Values:
    """The values that one parsed requirement admits; a node always has a name, and one."""
    operator, values = requirement.operator, requirement.values
    if operator == "Exists":
        return ANY
    if operator == "DoesNotExist":
        return ABSENT
    if operator in ("Gt", "Lt"):
        bound = value_sets.go_integer(values[0]) or 0
        return value_sets.above(bound) if operator == "Gt" else value_sets.below(bound)
    asked = value_sets.among(values)
    everything = domain(about(requirement))
    return asked if operator == "In" else value_sets.difference(everything, asked)


def about(requirement: Requirement) -> Key:
    """What the requirement is about: requirements under two keys never meet."""
    return requirement.field, requirement.key


def domain(key: Key) -> Values:
    """What a node can have under a key: a label may be absent, a name may not."""
    return ANY if key[0] else ALL


def of_selector(pod: Object) -> Requirements:
    """The node selector as requirements, those left out whose value no label can have."""
    return tuple(
        Requirement(key, "In", (value,), path=("nodeSelector", key))
        for key, value in mapping(pod.get("nodeSelector")).items()
        if isinstance(value, str) and syntax.label_value(value) is None
    )


def box(requirements: Iterable[Requirement]) -> dict[Key, Values]:
    """The nodes that meet all of these parsed requirements."""
    return dict(_box(tuple(requirements)))


@functools.lru_cache(maxsize=1024)
def _box(requirements: Requirements) -> dict[Key, Values]:
    return {key: _together(key, group) for key, group in _groups(requirements).items()}


@functools.lru_cache(maxsize=1024)
def satisfiable(requirements: Requirements) -> bool:
    """Whether some node meets all of these parsed requirements."""
    told_apart = {about(one) for one in requirements}
    alone = len(told_apart) == len(requirements)
    # One requirement of a key is met by some node, unless there is no such number.
    if alone and not any(one.operator in ("Gt", "Lt") for one in requirements):
        return True
    return not any(map(value_sets.empty, box(requirements).values()))


def conflict(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """The fewest of the requirements that no node meets together, () where some node meets all.

    None of those that are returned can be left out. Where the conflict is among more than 100
    requirements of one key nothing is claimed.
    """
    if satisfiable(tuple(requirements)):
        return ()
    groups = ((key, group) for key, group in _groups(requirements).items() if len(group) <= _TERMS)
    dead = (group for key, group in groups if value_sets.empty(_together(key, group)))
    found = next(dead, None)
    return _needed(found, value_sets.empty) if found else ()


def redundant(requirements: Iterable[Requirement]) -> Iterator[tuple[Requirement, Requirements]]:
    """Each requirement that follows from others, with those, of requirements without a conflict.

    All that are named can be left out together: of two that say the same it is the later. Of
    more than 100 requirements of one key nothing is claimed.
    """
    for key, group in _groups(requirements).items():
        if not 1 < len(group) <= _TERMS:
            continue
        before = _growing(key, group)
        after, kept = domain(key), list[Requirement]()
        for at in reversed(range(len(group))):
            one, wanted = group[at], admitted(group[at])
            if value_sets.within(value_sets.intersection(before[at], after), wanted):
                others = [*group[:at], *reversed(kept)]
                yield one, _needed(others, functools.partial(_within, wanted))
            else:
                after = value_sets.intersection(after, wanted)
                kept.append(one)


def _within(wanted: Values, values: Values) -> bool:
    return value_sets.within(values, wanted)


def _groups(requirements: Iterable[Requirement]) -> dict[Key, list[Requirement]]:
    found: dict[Key, list[Requirement]] = {}
    for one in requirements:
        found.setdefault(about(one), []).append(one)
    return found


def _together(key: Key, requirements: Iterable[Requirement]) -> Values:
    """The values that all of these requirements of one key admit."""
    merged = map(admitted, _merged(requirements))
    return functools.reduce(value_sets.intersection, merged, domain(key))


def _merged(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """As few requirements of one key that say the same together: a set is not met anew by each."""
    found: dict[str, list[Requirement]] = {}
    for one in requirements:
        found.setdefault(one.operator, []).append(one)
    for operator, same in found.items():
        if len(same) == 1:
            yield same[0]
        elif operator in ("In", "NotIn"):
            sets = [frozenset(one.values) for one in same]
            joined = frozenset.intersection if operator == "In" else frozenset[str].union
            yield same[0]._replace(values=tuple(sorted(joined(*sets))))
        elif operator in ("Gt", "Lt"):
            strictest = max if operator == "Gt" else min
            yield strictest(same, key=lambda one: value_sets.go_integer(one.values[0]) or 0)
        else:
            yield same[0]


def _growing(key: Key, group: Iterable[Requirement]) -> list[Values]:
    """What the first 0, 1, 2 and so on of the requirements admit together."""
    admits = map(admitted, group)
    return list(itertools.accumulate(admits, value_sets.intersection, initial=domain(key)))


def _needed(group: Sequence[Requirement], holds: Callable[[Values], bool]) -> Requirements:
    """The requirements of one key without those that a claim about their values can spare."""
    key = about(group[0])
    before = _growing(key, group)
    kept, so_far = list[Requirement](), domain(key)
    for at in reversed(range(len(group))):
        if not holds(value_sets.intersection(before[at], so_far)):
            kept.append(group[at])
            so_far = value_sets.intersection(so_far, admitted(group[at]))
    return tuple(reversed(kept))


def covers(term: Term, other: Term) -> bool:
    """Whether every node that `other` matches, matches `term` too."""
    return uncovered(term, other) is None


def uncovered(term: Term, other: Term) -> Object | None:
    """A node that `other` matches and `term` does not, None where there is none."""
    if not alive(other):
        return None
    inside = box(other.requirements)
    if not readable(term):
        return node(inside)
    for key, values in box(term.requirements).items():
        left = value_sets.difference(inside.get(key, domain(key)), values)
        if not value_sets.empty(left):
            return node({**inside, key: left})
    return None


def matched(*terms: Term) -> Object | None:
    """A node that all of the terms match, None where there is none."""
    if not all(map(readable, terms)):
        return None
    together = tuple(one for term in terms for one in term.requirements)
    return node(box(together)) if satisfiable(together) else None


def node(values: Box) -> Object:
    """A node of a box none of whose sets is empty, with no label that it can do without."""
    found = {key: next(value_sets.members(one)) for key, one in values.items()}
    labels = {
        name: value for (field, name), value in found.items() if value is not None and not field
    }
    name = found.get((True, NAME_FIELD)) or "node"
    return {"metadata": {"name": name, "labels": labels}}


def unmatched(terms: Sequence[Term]) -> Object | None:
    """A node that none of the terms matches, None where they match every node.

    Of more than 100 terms, or where more than 20,000 ways would have to be tried, nothing is
    claimed: a node without any label is returned, unproved.
    """
    boxes = sorted((box(term.requirements) for term in terms if readable(term)), key=len)
    if len(boxes) > _TERMS or math.prod(map(len, boxes)) > _TRIED:
        return node({})
    return _missing(boxes, {})


def _missing(boxes: Sequence[Box], so_far: Box) -> Object | None:
    """A node of `so_far` that is in none of the boxes: in each it is outside under some key."""
    if not boxes:
        return node(so_far)
    for key, values in boxes[0].items():
        outside = value_sets.difference(so_far.get(key, domain(key)), values)
        if not value_sets.empty(outside):
            found = _missing(boxes[1:], {**so_far, key: outside})
            if found is not None:
                return found
    return None


def matching_all(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The fewest of the terms that match every node together, () where some node is left."""
    if unmatched(terms) is not None:
        return ()
    kept = list(terms)
    for term in reversed(terms):
        fewer = [other for other in kept if other is not term]
        if unmatched(fewer) is None:
            kept = fewer
    return tuple(kept)


def told(witness: Object) -> str:
    """A witness in words: `a node with disk=ssd`."""
    metadata = mapping(witness.get("metadata"))
    labels = mapping(metadata.get("labels"))
    named = [f"{key}={value}" for key, value in sorted(labels.items())]
    if metadata.get("name") != "node":
        named.insert(0, f"the name {text(metadata.get('name'))}")
    return f"a node with {', '.join(named)}" if named else "a node without such a label"


def living(pod: Object) -> tuple[Term, ...]:
    """The terms of the pod's required node affinity that some node matches."""
    terms = selectors.required_terms(pod) or ()
    return tuple(filter(alive, terms))


def alive(term: Term) -> bool:
    """Whether some node matches the term."""
    return readable(term) and satisfiable(term.requirements)


def place_of(term: Term) -> str:
    """Which of its terms it is, as a message names it: `nodeSelectorTerms[1]`."""
    return format_path(term.path[-2:])
