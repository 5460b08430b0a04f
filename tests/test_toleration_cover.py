"""Whether a toleration covers another: against every taint of a small universe, and placement."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import Inventory, Workload, place, toleration_cover
from dslint.node_facts import Taint
from dslint.tolerations import Toleration, first_tolerating

GATE = {"TaintTolerationComparisonOperators": True}
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
# More keys, values and integers than the tolerations below name, so that each has neighbours.
UNIVERSE = [
    Taint(*parts)
    for parts in product(
        ("a", "b", "c.example/d", "z"), ("", "x", "y", "zz", "007", *map(str, range(10))), EFFECTS
    )
]

TOLERATIONS = st.builds(
    Toleration,
    st.sampled_from(["", "a", "b", "c.example/d"]),
    st.sampled_from(["Exists", "Equal", "", "Gt", "Lt"]),
    st.sampled_from(["", "x", "y", "007", "-3", "-1", "0", "1", "2", "3", "5", "6", "8"]),
    st.sampled_from(["", *EFFECTS]),
    st.sampled_from([None, None, 60, 300, 0, -1]),
)
LISTS = st.lists(TOLERATIONS, max_size=4)


def stays(tolerations: list[Toleration], taint: Taint, comparison: bool) -> float:
    first = first_tolerating(tolerations, taint, comparison)
    if first is None:
        return -1
    if first.seconds is None or taint.effect != "NoExecute":
        return math.inf
    return max(first.seconds, 0)


def placed(tolerations: list[Toleration], taint: Taint) -> float:
    """How long a pod stays on a node with the taint, as the placement engine has it."""
    stated = [
        {"key": one.key, "operator": one.operator, "value": one.value, "effect": one.effect}
        | ({} if one.seconds is None else {"tolerationSeconds": one.seconds})
        for one in tolerations
    ]
    # Preferred: the taint of that effect repels nobody, and is counted where nobody tolerates it.
    workload = Workload.from_object(
        {"kind": "Pod", "metadata": {"name": "p"}, "spec": {"tolerations": stated}}
    )
    node = {"metadata": {"name": "n"}, "spec": {"taints": [taint._asdict()]}}
    found = place(workload, Inventory.from_objects([node]), "1.37", GATE)
    if taint.effect == "PreferNoSchedule":
        return -1 if found.intolerable_prefer_no_schedule("n") else math.inf
    if not len(found.lands):
        return -1
    return found.evicted_after.get("n", math.inf)


@given(TOLERATIONS, TOLERATIONS, st.booleans())
def test_missed_is_what_a_search_through_the_universe_says(one, other, comparison):
    found = toleration_cover.missed(one, other, comparison)
    shown = [
        taint
        for taint in UNIVERSE
        if stays([other], taint, comparison) < stays([one], taint, comparison)
    ]
    assert (found is not None) == bool(shown)


@given(TOLERATIONS, TOLERATIONS)
def test_placement_agrees_with_the_witness_of_what_is_missed(one, other):
    taint = toleration_cover.missed(one, other, comparison=True)
    if taint is not None:
        assert placed([other], taint) < placed([one], taint)


@given(LISTS, LISTS, st.booleans())
def test_changed_is_what_a_search_through_the_universe_says(before, after, comparison):
    found = toleration_cover.changed(before, after, comparison)
    shown = [
        taint
        for taint in UNIVERSE
        if stays(before, taint, comparison) != stays(after, taint, comparison)
    ]
    assert (found is not None) == bool(shown)


@given(LISTS, LISTS)
def test_placement_agrees_with_the_witness_of_a_change(before, after):
    taint = toleration_cover.changed(before, after, comparison=True)
    if taint is not None:
        assert placed(before, taint) != placed(after, taint)


@given(TOLERATIONS, st.booleans())
def test_tolerated_is_a_taint_that_it_tolerates(one, comparison):
    found = toleration_cover.tolerated(one, comparison)
    shown = [taint for taint in UNIVERSE if stays([one], taint, comparison) >= 0]
    assert (found is not None) == bool(shown)
    assert found is None or stays([one], found, comparison) >= 0


@given(LISTS)
def test_removing_a_covered_toleration_behind_its_cover_changes_nothing(own):
    for index, one in enumerate(own):
        rest = [*own[:index], *own[index + 1 :]]
        for other in own[:index]:
            if toleration_cover.missed(one, other._replace(seconds=None), True) is None:
                assert toleration_cover.changed(own, rest, True) is None


COVERS = {
    "everything covers a key": (("", "Exists", "", ""), ("a", "Exists", "", ""), None),
    "a key is not everything": (("a", "Exists", "", ""), ("", "Exists", "", ""), "example.com"),
    "Exists covers Equal": (("a", "Exists", "", ""), ("a", "Equal", "x", ""), None),
    "Equal is not Exists": (("a", "Equal", "", ""), ("a", "Exists", "", ""), "a=other"),
    "no effect covers one": (("a", "Exists", "", ""), ("a", "Exists", "", "NoExecute"), None),
    "one effect is not all": (("a", "Exists", "", "NoExecute"), ("a", "Exists", "", ""), "a:NoSc"),
    "no operator is Equal": (("a", "", "x", ""), ("a", "Equal", "x", ""), None),
    "more than 3 covers more than 5": (("a", "Gt", "3", ""), ("a", "Gt", "5", ""), None),
    "more than 5 misses 4": (("a", "Gt", "5", ""), ("a", "Gt", "3", ""), "a=4:NoSchedule"),
    "no taint is below 0": (("a", "Equal", "x", ""), ("a", "Lt", "0", ""), None),
    "more than 3 covers 4": (("a", "Gt", "3", ""), ("a", "Equal", "4", ""), None),
    "04 is no integer": (("a", "Gt", "3", ""), ("a", "Equal", "04", ""), "a=04:NoSchedule"),
    "the largest is none more": (("b", "", "", ""), ("a", "Gt", str(2**63 - 1), ""), None),
    "for ever covers a minute": (
        ("a", "Exists", "", "NoExecute"),
        ("a", "Exists", "", "NoExecute", 60),
        None,
    ),
    "a minute is not for ever": (
        ("a", "Exists", "", "NoExecute", 60),
        ("a", "Exists", "", "NoExecute"),
        "a:NoExecute",
    ),
}


@pytest.mark.parametrize(("other", "one", "witness"), COVERS.values(), ids=COVERS)
def test_covers(other, one, witness):
    found = toleration_cover.missed(Toleration(*one), Toleration(*other), comparison=True)
    assert str(found).startswith(str(witness))


def test_names_a_key_and_a_value_that_nobody_named():
    own = [Toleration("example.com/other", "Equal", "other", ""), Toleration("", "Exists", "", "")]
    assert toleration_cover.missed(own[1], own[0]) == Taint("example.com/other", "", "NoSchedule")
    keys = {taint.key for taint in toleration_cover.candidates(own)}
    assert keys == {"example.com/other", "example.com/other-x"}


def test_a_key_that_no_taint_can_have_tolerates_nothing():
    assert toleration_cover.tolerated(Toleration("a b", "Exists", "", "")) is None
