"""What the index of tolerations says, against a comparison of each with each."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import toleration_cover
from dslint.node_facts import Taint
from dslint.toleration_index import TolerationIndex
from dslint.tolerations import Toleration, first_tolerating

EFFECTS = ("", "NoSchedule", "PreferNoSchedule", "NoExecute", "Never")
KEYS = ("", "a", "b", "c.example/d", "no key")
VALUES = ("", "x", "y", "007", "-3", "0", "1", "2", "3", "5", "no value", str(2**63 - 1))
TOLERATIONS = st.builds(
    Toleration,
    st.sampled_from(KEYS),
    st.sampled_from(["Exists", "Exists", "Equal", "", "Gt", "Lt", "exists"]),
    st.sampled_from(VALUES),
    st.sampled_from(EFFECTS),
    st.sampled_from([None, None, 60, 300, 0, -1]),
)
LISTS = st.lists(TOLERATIONS, min_size=1, max_size=6)
TAINTS = st.builds(Taint, st.sampled_from(KEYS), st.sampled_from(VALUES), st.sampled_from(EFFECTS))


def of(found: Sequence[Toleration], comparison: bool = False) -> TolerationIndex:
    placed = [one._replace(position=at) for at, one in enumerate(found)]
    return TolerationIndex(placed, comparison)


@given(LISTS, TAINTS, st.booleans())
def test_the_first_that_tolerates_a_taint(own, taint, comparison):
    index = of(own, comparison)
    assert index.first(taint) == first_tolerating(index.tolerations, taint, comparison)


@given(LISTS, TAINTS, st.booleans())
def test_those_of_the_taints_own_key(own, taint, comparison):
    index = of(own, comparison)
    named = [one for one in index.tolerations if one.key == taint.key]
    first = first_tolerating(named, taint, comparison)
    found = sorted(index.of_its_key(taint))
    assert found[:1] == ([] if first is None else [first.position])


@given(TOLERATIONS, TOLERATIONS, st.booleans())
def test_equal_extents_tolerate_the_same(one, other, comparison):
    same = toleration_cover.changed([one], [other], comparison) is None
    nothing = toleration_cover.tolerated(one, comparison) is None
    assert (toleration_cover.extent(one, comparison) is None) == nothing
    assert toleration_cover.same(one, other, comparison) == (same and not nothing)


@given(TOLERATIONS, TOLERATIONS, st.booleans())
def test_an_extent_includes_what_is_covered_for_however_long(one, other, comparison):
    extents = [toleration_cover.extent(each, comparison) for each in (one, other)]
    if None not in extents:
        untimed = other._replace(seconds=None)
        covered = toleration_cover.missed(one, untimed, comparison) is None
        assert toleration_cover.includes(extents[1], extents[0]) == covered


@given(LISTS, st.booleans())
def test_needed_is_what_changes_something_where_it_is_gone(own, comparison):
    index = of(own, comparison)
    for at in range(len(own)):
        rest = [*index.tolerations[:at], *index.tolerations[at + 1 :]]
        changed = toleration_cover.changed(index.tolerations, rest, comparison)
        assert (at in index.needed) == (changed is not None)


@given(LISTS, st.booleans())
def test_a_duplicate_is_the_first_that_says_the_same(own, comparison):
    index = of(own, comparison)
    for at, one in enumerate(own):
        same = (i for i in range(at) if toleration_cover.same(one, own[i], comparison))
        assert index.duplicate(at) == next(same, None)


@given(LISTS, st.booleans())
def test_what_covers_is_the_first_that_says_all_and_more(own, comparison):
    index = of(own, comparison)
    for at, one in enumerate(own):
        found = [
            i
            for i, other in enumerate(own)
            if i != at
            and toleration_cover.tolerated(one, comparison)
            and (other.key or other.operator == "Exists")
            and toleration_cover.missed(one, other._replace(seconds=None), comparison) is None
            and not toleration_cover.same(one, other, comparison)
        ]
        assert index.covering(at) == next(iter(found), None)
        for i in found[:1]:
            shorter = toleration_cover.missed(one, own[i], comparison) is not None
            assert index.is_shorter(i, at) == shorter


@pytest.mark.parametrize(
    ("own", "comparison"),
    [
        pytest.param([Toleration("a", "Gt", str(n), "") for n in range(200)], True, id="compare"),
        pytest.param(
            [Toleration("", "Equal", str(n), "") for n in range(200)], False, id="no-key"
        ),
    ],
)
def test_odd_lists_from_a_machine_are_taken_to_be_needed(own, comparison):
    assert of(own, comparison).needed == frozenset(range(200))
