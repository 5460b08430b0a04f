"""Claims about terms: against brute force over small nodes, and each witness against placement."""

import functools
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dslint
from dslint import requirement_sets, selectors, syntax
from dslint.selectors import Requirement, Term

# Every value that could tell requirements over these apart: absent, each that is asked for, each
# integer on both sides of a bound in two spellings, a word and an integer nobody asks for.
ASKED = ("a", "b", "3", "03", "5")
VALUES = (None, *ASKED, "0", "2", "4", "04", "005", "6", "other")
NAMES = ("n1", "n2", "n3")
NODES = list(itertools.product(VALUES, VALUES, NAMES))
EVERYTHING = (1 << len(NODES)) - 1

one_of = st.sampled_from(ASKED)
expressions = st.one_of(
    st.builds(
        lambda operator, values: {"operator": operator, "values": values},
        st.sampled_from(("In", "NotIn")),
        st.lists(one_of, min_size=1, max_size=3),
    ),
    st.builds(
        lambda operator, value: {"operator": operator, "values": [value]},
        st.sampled_from(("Gt", "Lt")),
        st.sampled_from(("3", "03", "5", "0", "9223372036854775807")),
    ),
    st.sampled_from(("Exists", "DoesNotExist")).map(lambda operator: {"operator": operator}),
)
requirements = st.builds(
    lambda key, rest: {"key": key, **rest}, st.sampled_from(("x", "y")), expressions
)
fields = st.builds(
    lambda operator, name: {"key": "metadata.name", "operator": operator, "values": [name]},
    st.sampled_from(("In", "NotIn")),
    st.sampled_from(NAMES[:2]),
)
terms = st.fixed_dictionaries(
    {"matchExpressions": st.lists(requirements, max_size=4)},
    optional={"matchFields": st.lists(fields, max_size=2)},
)


def term(stated: dict[str, Any]) -> Term:
    return selectors.term_of(stated, ())


def brute(one: Term) -> int:
    """The nodes of the small universe that the term matches, as bits."""
    if not one.requirements:
        return 0
    return functools.reduce(int.__and__, map(meeting, one.requirements))


@functools.cache
def meeting(one: Requirement) -> int:
    at = 2 if one.field else "xy".index(one.key)
    return sum(1 << bit for bit, node in enumerate(NODES) if meets(node[at], one))


def meets(value: str | None, one: Requirement) -> bool:
    match one.operator:
        case "Exists" | "DoesNotExist":
            return (value is not None) == (one.operator == "Exists")
        case "In" | "NotIn":
            return (value in one.values) == (one.operator == "In")
    if value is None or not value.isdigit():
        return False
    found, bound = int(value), int(one.values[0])
    return found > bound if one.operator == "Gt" else found < bound


def lands(stated: list[dict[str, Any]], node: Any) -> bool:
    """Whether a pod with those terms lands on a witness, which has to be a node that can be."""
    for key, value in node["metadata"]["labels"].items():
        assert syntax.label_key(key) is None
        assert syntax.label_value(value) is None
    assert syntax.dns_subdomain(node["metadata"]["name"]) is None
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": stated}}
    pod = {"kind": "Pod", "spec": {"affinity": {"nodeAffinity": required}, "containers": []}}
    inventory = dslint.Inventory.from_objects([node])
    return bool(dslint.place(dslint.Workload.from_object(pod), inventory).lands)


def without(one: Term, *left_out: Requirement) -> Term:
    return one._replace(
        requirements=tuple(other for other in one.requirements if other not in left_out)
    )


@given(terms)
def test_conflict_is_minimal_and_else_a_node_matches(stated):
    parsed = term(stated)
    found = requirement_sets.conflict(parsed.requirements)
    node = requirement_sets.matched(parsed)
    assert bool(brute(parsed)) == (node is not None)
    if not parsed.requirements:
        return
    assert bool(found) == (node is None)
    assert brute(Term(found, ())) == 0
    for one in found:
        fewer = without(Term(found, ()), one)
        assert not fewer.requirements or brute(fewer)
    if node is not None:
        assert lands([stated], node)


@given(terms)
def test_what_is_redundant_can_be_left_out(stated):
    parsed = term(stated)
    if not brute(parsed):
        return
    found = list(requirement_sets.redundant(parsed.requirements))
    rest = without(parsed, *(one for one, _ in found))
    assert brute(rest) == brute(parsed)
    for one, because in found:
        assert because
        assert one not in because
        assert brute(Term(because, ())) & ~brute(Term((one,), ())) == 0
    for one in rest.requirements:  # and nothing else can
        fewer = without(rest, one)
        assert not fewer.requirements or brute(fewer) != brute(parsed)


@given(terms, terms)
def test_covers(stated, other):
    one, two = term(stated), term(other)
    node = requirement_sets.uncovered(one, two)
    assert (brute(two) & ~brute(one) == 0) == (node is None)
    assert requirement_sets.covers(one, two) == (node is None)
    if node is not None:
        assert lands([other], node)
        assert not lands([stated], node)
    shared = requirement_sets.matched(one, two)
    assert bool(brute(one) & brute(two)) == (shared is not None)
    if shared is not None:
        assert lands([stated], shared)
        assert lands([other], shared)


@given(st.lists(terms, min_size=1, max_size=4))
def test_union_is_everything(stated):
    parsed = [term(one) for one in stated]
    union = 0
    for one in parsed:
        union |= brute(one)
    node = requirement_sets.unmatched(parsed)
    assert (union == EVERYTHING) == (node is None)
    found = requirement_sets.matching_all(parsed)
    assert bool(found) == (node is None)
    if node is not None:
        assert not lands(stated, node)
        return
    assert requirement_sets.unmatched(found) is None
    for one in found:
        fewer = [other for other in found if other is not one]
        assert requirement_sets.unmatched(fewer) is not None


def asks(*requirements: tuple[str, ...]) -> Term:
    stated = [{"key": k, "operator": o, "values": list(v)} for k, o, *v in requirements]
    return term({"matchExpressions": stated})


@pytest.mark.parametrize(
    ("asked", "conflict"),
    [
        pytest.param([("a", "In", "x"), ("a", "In", "y")], "a In [x], a In [y]", id="In twice"),
        pytest.param(
            [("a", "Exists"), ("b", "Exists"), ("a", "DoesNotExist")],
            "a Exists, a DoesNotExist",
            id="there and not",
        ),
        pytest.param([("a", "Lt", "0")], "a Lt [0]", id="no value has a sign"),
        pytest.param([("a", "Gt", "9223372036854775807")], "a Gt [9223372036854775807]", id="max"),
        pytest.param([("a", "Gt", "3"), ("a", "Lt", "4")], "a Gt [3], a Lt [4]", id="between"),
        pytest.param([("a", "Gt", "3"), ("a", "Lt", "5"), ("a", "NotIn", "4")], "", id="04"),
        pytest.param([("a", "In", "007"), ("a", "Gt", "6")], "", id="007 is more than 6"),
        pytest.param([("a", "In", "x"), ("a", "Gt", "6")], "a In [x], a Gt [6]", id="a word"),
        pytest.param([("a", "NotIn", "x"), ("a", "DoesNotExist")], "", id="NotIn needs no label"),
    ],
)
def test_conflict(asked, conflict):
    assert ", ".join(map(str, requirement_sets.conflict(asks(*asked).requirements))) == conflict


def test_names_conflict_as_fields():
    stated = [{"key": "metadata.name", "operator": "In", "values": [name]} for name in "ab"]
    assert len(requirement_sets.conflict(term({"matchFields": stated}).requirements)) == 2


def test_what_cannot_be_read_takes_part_in_no_claim():
    dead = asks(("a", "Gt", "x"))
    live = asks(("a", "Exists"))
    assert requirement_sets.matched(dead) is None
    assert requirement_sets.covers(live, dead)
    assert requirement_sets.uncovered(dead, live) is not None
    assert requirement_sets.matching_all([dead, asks(("a", "Exists"))]) == ()


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param([asks(("a", "Exists")), *[asks(("b", "Exists"))] * 101], id="terms"),
        pytest.param([asks(*((key, "Exists") for key in "abcdefgh"))] * 6, id="ways"),
    ],
)
def test_nothing_is_claimed_of_too_many_terms(terms):
    assert requirement_sets.matching_all([*terms, asks(("a", "DoesNotExist"))]) == ()


def test_nothing_is_claimed_of_too_many_requirements():
    asked = [("a", "NotIn", str(number)) for number in range(99)]
    assert len(list(requirement_sets.redundant(asks(*asked, asked[0]).requirements))) == 1
    assert list(requirement_sets.redundant(asks(*asked, *asked).requirements)) == []


def test_selector_as_requirements():
    pod = {"nodeSelector": {"a": "x", "b": "no value", "c": 1}}
    assert list(map(str, requirement_sets.of_selector(pod))) == ["a In [x]"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param(asks(("b", "In", "x"), ("a", "Gt", "6")), "a node with a=7, b=x", id="two"),
        pytest.param(asks(("a", "NotIn", "x")), "a node without such a label", id="none"),
        pytest.param(
            term({"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n"]}]}),
            "a node with the name n",
            id="name",
        ),
    ],
)
def test_told(asked, told):
    assert requirement_sets.told(requirement_sets.matched(asked)) == told


def test_of_very_many_that_conflict_nothing_is_claimed():
    many = [{"key": "x", "operator": "NotIn", "values": [str(n)]} for n in range(100)]
    few = [{"key": "x", "operator": "Exists"}, {"key": "x", "operator": "DoesNotExist"}]
    for stated, found in ((few, 2), ([*many, *few], 0)):
        requirements = term({"matchExpressions": stated}).requirements
        assert not requirement_sets.satisfiable(requirements)
        assert len(requirement_sets.conflict(requirements)) == found
