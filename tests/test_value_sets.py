"""Sets of values: exact over every value that a label can have."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import syntax, value_sets
from dslint.value_sets import ABSENT, ALL, ANY, NONE, among

# Absent, words, integers with and without zeros, past int64; and what a set would pick itself.
VALUES = (None, "", "a", "b", "other", "0", "00", "3", "03", "4", "5", str(2**63 - 1), str(2**63))

leaves = st.one_of(
    st.sampled_from((ABSENT, ALL, ANY, NONE)),
    st.lists(st.sampled_from(VALUES[1:]), max_size=3).map(among),
    st.sampled_from((-2, -1, 0, 1, 3, 4, 2**63 - 2, 2**63 - 1)).map(value_sets.above),
    st.sampled_from((-1, 0, 1, 3, 4, 5, 2**63 - 1)).map(value_sets.below),
)
sets = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(value_sets.complement),
        st.builds(value_sets.intersection, inner, inner),
        st.builds(value_sets.union, inner, inner),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("007", 7),
        ("-0", 0),
        ("0", 0),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", None),
        ("9" * 5000, None),
        ("0" * 5000 + "7", 7),
        ("", None),
        ("+", None),
        ("+-1", None),
        ("1_0", None),
        ("1.0", None),
        (" 1", None),
        ("0x1", None),
        ("٣", None),
    ],
)
def test_integers_are_those_that_go_parses(digits, number):
    assert value_sets.go_integer(digits) == number


@given(sets, sets)
def test_operations_agree_with_membership(one, other):
    for value in VALUES:
        assert (value in value_sets.complement(one)) != (value in one)
        assert (value in value_sets.intersection(one, other)) == (value in one and value in other)
        assert (value in value_sets.union(one, other)) == (value in one or value in other)
        assert (value in value_sets.difference(one, other)) == (
            value in one and value not in other
        )


@given(sets)
def test_members_are_in_the_set_and_can_exist(values):
    found = list(itertools.islice(value_sets.members(values), 8))
    assert len(set(found)) == len(found)
    for member in found:
        assert member in values
        assert member is None or syntax.label_value(member) is None
    assert value_sets.empty(values) == (not found)
    assert not value_sets.empty(values) or not any(value in values for value in VALUES)


@given(sets, sets)
def test_within_is_shown_by_a_member(one, other):
    left = next(value_sets.members(value_sets.difference(one, other)), "nothing")
    assert value_sets.within(one, other) == (left == "nothing")
    assert left == "nothing" or (left in one and left not in other)


def test_all_spellings_of_an_integer_can_be_used_up():
    five = value_sets.intersection(value_sets.above(4), value_sets.below(6))
    spellings = ["5".zfill(width) for width in range(1, 64)]
    assert list(value_sets.members(five)) == spellings
    assert not value_sets.empty(value_sets.difference(five, among(spellings[1:])))
    assert value_sets.empty(value_sets.difference(five, among(spellings)))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(value_sets.above(2**63 - 1), id="above the largest"),
        pytest.param(value_sets.below(0), id="no label value has a sign"),
        pytest.param(
            value_sets.intersection(value_sets.above(4), value_sets.below(5)), id="between"
        ),
        pytest.param(value_sets.intersection(ABSENT, ANY), id="absent and there"),
    ],
)
def test_empty(values):
    assert value_sets.empty(values)
