"""Sets of nodes, their classes, and names that are made when somebody reads them."""

import pickle
from typing import Any

import pytest

from dslint import bitsets, nodeset
from dslint.node_facts import Taint


def node(name: object, labels: object = None, **spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "labels": labels or {}}, "spec": spec}


def fleet(size: int) -> nodeset.NodeIndex:
    return nodeset.index_of(
        node(f"n{number}", {"kubernetes.io/hostname": f"n{number}", "zone": "ab"[number % 2]})
        for number in range(size)
    )


def test_nodes_that_are_alike_are_one_class() -> None:
    index = fleet(1000)
    assert len(index.classes.facts) == 2
    assert index.classes.unknown == {"kubernetes.io/hostname"}
    assert list(index.sizes) == [500, 500]


def test_a_small_fleet_keeps_every_label() -> None:
    assert fleet(10).classes.unknown == frozenset()


def test_names_come_in_inventory_order() -> None:
    index = fleet(1000)
    zone_b = index.select(index.classes.having("zone", "b"), by_class=True)
    assert len(zone_b) == 500
    assert zone_b[:2] == ("n1", "n3")
    assert zone_b[-1] == "n999"
    assert "n5" in zone_b
    assert "n4" not in zone_b
    assert "nobody" not in zone_b
    assert 5 not in zone_b


def test_names_are_equal_to_a_tuple() -> None:
    index = fleet(3)
    names = index.select(0b101, by_class=False)
    assert names == ("n0", "n2")
    assert names != ("n0",)
    assert names != 7
    assert hash(names) == hash(("n0", "n2"))
    assert repr(names) == "('n0', 'n2')"


def test_names_survive_pickling() -> None:
    names = fleet(100).select(0b11, by_class=False)
    assert pickle.loads(pickle.dumps(names)) == ("n0", "n1")


def test_of_one_name_the_first_node_counts() -> None:
    index = nodeset.index_of([node("a", {"x": "1"}), node("a", {"x": "2"})])
    assert index.names == ("a",)
    assert index.facts[0].labels == {"x": "1"}


def test_taints_and_how_often_they_stand() -> None:
    twice = {"key": "k", "effect": "PreferNoSchedule"}
    index = nodeset.index_of([node("a", taints=[twice, twice, "odd"]), node("b", taints=[twice])])
    taint = Taint("k", "", "PreferNoSchedule")
    assert index.classes.taints[taint] == 0b11
    assert index.classes.repeated_taints == [(taint, 0b01)]
    assert str(taint) == "k:PreferNoSchedule"
    assert str(Taint("k", "v", "NoExecute")) == "k=v:NoExecute"


@pytest.mark.parametrize(
    ("status", "resources"),
    [
        pytest.param({}, None, id="nothing is stated"),
        pytest.param({"capacity": {"cpu": "1"}}, (("cpu", "1"),), id="capacity alone"),
        pytest.param({"allocatable": {}, "capacity": {"cpu": "1"}}, (), id="allocatable is empty"),
        pytest.param({"allocatable": {"cpu": 2, "x": []}}, (("cpu", 2),), id="a wrong type"),
        pytest.param([], None, id="no map at all"),
    ],
)
def test_resources(status: object, resources: object) -> None:
    index = nodeset.index_of([{"metadata": {"name": "a"}, "status": status}])
    assert index.facts[0].resources == resources


def test_a_malformed_node_is_read_as_far_as_it_goes() -> None:
    index = nodeset.index_of([{}, {"metadata": 1, "spec": "x"}, node(5, {"a": 1, "b": "c"})])
    assert index.names == ("",)
    assert index.facts[0].labels == {}


@pytest.mark.parametrize("bits", [[], [0], [3, 5], list(range(0, 100, 3))])
def test_bits_and_flags_are_each_others_inverse(bits: list[int]) -> None:
    flags = nodeset.flags_of(nodeset.bits_of(bits, 100))
    assert [bit for bit, flag in enumerate(flags) if flag] == bits


@pytest.mark.parametrize("count", [1, bitsets.FEW, bitsets.FEW + 1, 100])
@pytest.mark.parametrize("alike", [False, True], ids=["classes of one", "classes of many"])
def test_names_come_in_the_order_of_the_inventory(count, alike):
    labels = [{"a": "same" if alike else f"v{number}"} for number in range(50)]
    nodes = [
        {"metadata": {"name": f"n{at}", "labels": labels[at % 50]}, "spec": {}}
        for at in range(100)
    ]
    index = nodeset.index_of(nodes)
    names = [f"n{at}" for at in range(100)]
    for step in (1, 7):
        chosen = range(0, count, step)
        bits = sum(1 << at for at in chosen)
        assert list(nodeset.NodeNames(index, bits, False)) == [names[at] for at in chosen]
        classes = {index.class_of[at] for at in chosen}
        found = nodeset.NodeNames(index, sum(1 << one for one in classes), True)
        assert list(found) == [names[at] for at in range(100) if index.class_of[at] in classes]


def test_a_taint_that_repeats_is_counted_for_each_time():
    taints = [{"key": key, "effect": "NoSchedule"} for key in ("a", "b", "a", "a")]
    index = nodeset.index_of([{"metadata": {"name": "n"}, "spec": {"taints": taints}}])
    assert [(taint.key, bits) for taint, bits in index.nodes.repeated_taints] == [("a", 1)] * 2
