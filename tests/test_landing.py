"""Placements as sets: the same nodes in either universe, and what counts of them."""

import pytest

from dslint import landing, node_kinds, room
from dslint.inventory import Inventory
from dslint.nodeset import remembered
from dslint.placement import Placement, Refusal
from dslint.placer import place
from dslint.target import Target
from dslint.workloads import Workload


def node(name, labels=None, *taints, allocatable=None):
    stated = [{"key": key, "effect": effect} for key, effect in taints]
    status = {} if allocatable is None else {"allocatable": allocatable}
    metadata = {"name": name, "labels": {"kubernetes.io/hostname": name, **(labels or {})}}
    return {"metadata": metadata, "spec": {"taints": stated}, "status": status}


FLEET = Inventory.from_objects(
    [
        node("cp", {}, ("node-role.kubernetes.io/control-plane", "NoSchedule")),
        node("win", {"kubernetes.io/os": "windows"}),
        node("fargate", {"eks.amazonaws.com/compute-type": "fargate"}),
        node("mild", {}, ("node-role.kubernetes.io/master", "PreferNoSchedule")),
        node("small", {}, allocatable={"cpu": "1", "pods": "10"}),
        *(node(f"n{at}", {"half": str(at % 2)}) for at in range(100)),
    ]
)


def placed(pod, kind="DaemonSet"):
    manifest = {"kind": kind, "spec": {"template": {"spec": pod}}}
    return place(Workload.from_object(manifest), FLEET, Target())


def test_counts_sorts_of_nodes():
    asked = {"containers": [{"resources": {"requests": {"cpu": "2"}}}]}
    counted = landing.counts(placed(asked), FLEET.index)
    assert counted == {
        "nodes": 105,
        "desired": 104,
        "lands": 103,
        "pending": 1,
        "continues": 105,
        "evicted": 0,
        "controlPlane": 0,
        "virtual": 1,
        "windows": 1,
        "missed": 1,
        "short": 1,
    }
    everywhere = placed({"tolerations": [{"operator": "Exists"}]})
    assert landing.counts(everywhere, FLEET.index)["controlPlane"] == 1


POD = {"nodeSelector": {"half": "1"}}
PINNED = {"nodeSelector": {"half": "1", "kubernetes.io/hostname": "n7"}}


@pytest.mark.parametrize("pod", [POD, PINNED], ids=["by class", "by node"])
def test_a_set_is_the_same_in_the_universe_of_nodes(pod):
    names = placed(pod).lands
    bits = landing.bits(names, FLEET.index, by_class=False)
    assert FLEET.index.select(bits, by_class=False) == tuple(names)
    assert landing.bits(tuple(names), FLEET.index, by_class=False) == bits


def test_a_placement_of_plain_names_is_one_of_nodes():
    plain = Placement(("n1",), ("n1",), (), (), (Refusal("taints", ("n2", "n3"), "", None),))
    landed = landing.of(plain, FLEET.index)
    assert not landed.by_class
    assert landed.names(landed.lands) == ("n1",)
    assert landed.told(landed.alone("taints")) == {"nodes": 2, "names": "n2, n3"}
    assert landed.alone("affinity") == 0


def test_whole_classes_are_sets_of_classes():
    names = tuple(placed(POD).lands)
    assert landing.bits(names, FLEET.index, by_class=True) == placed(POD).lands.bits


@pytest.mark.parametrize(
    ("names", "shown"),
    [("", ""), ("a", "a"), ("abc", "a, b, c"), ("abcd", "a, b, c, ...")],
    ids=["none", "one", "three", "more"],
)
def test_shown(names, shown):
    assert landing.shown(names) == shown


def test_kinds_of_nodes():
    universe = FLEET.index.nodes
    kinds = (node_kinds.control_planes, node_kinds.virtual, node_kinds.windows)
    found = [tuple(FLEET.index.select(kind(universe), by_class=False)) for kind in kinds]
    assert found == [("cp",), ("fargate",), ("win",)]


def test_room_by_sets():
    universe = FLEET.index.nodes

    def names(nodes):
        return tuple(FLEET.index.select(nodes, by_class=False))

    assert names(room.lacking(universe, "cpu", 1001)) == ("small",)
    assert names(room.lacking(universe, "cpu", 1000)) == ()
    assert names(room.lacking(universe, "x.io/gpu", 1)) == ("small",)
    assert room.lacking(universe, "x.io/gpu", 0) == 0
    assert names(room.naming(universe, "cpu")) == ("small",)


def test_what_is_remembered_is_asked_once():
    asked = []

    @remembered
    def ask(universe, number):
        asked.append(number)
        return number

    assert [ask(FLEET.index.nodes, 1), ask(FLEET.index.nodes, 1)] == [1, 1]
    ask(FLEET.index.classes, 1)
    assert asked == [1, 1]
