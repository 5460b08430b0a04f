"""Nodes said in the short form: a table, and the law that it reads back as the same nodes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint.inventory import Inventory, reference_fleet, to_short

HEAD = {"apiVersion": "dslint.dev/v1", "kind": "NodeInventory"}


def read(**parts: object) -> Inventory:
    return Inventory.parse(json.dumps(HEAD | parts))


# parts of a short form that are already the shortest
SHORTEST: dict[str, dict[str, object]] = {
    "a node": {"nodes": [{"name": "a", "labels": {"x": "y"}, "taints": ["a=b:NoExecute"]}]},
    "a bad taint": {"nodes": [{"name": "a", "taints": ["a=b", "c:Bad"]}]},
    "a taint that kubectl cannot say": {
        "nodes": [{"name": "a", "taints": [{"key": "a:b", "effect": "NoSchedule"}]}]
    },
    "cordoned": {"nodes": [{"name": "a", "unschedulable": True}]},
    "padded": {"pools": [{"name": "gpu-{08..11}"}]},
    "not padded": {"pools": [{"name": "gpu-{8..11}.example.com"}]},
    "two pools of one name": {
        "pools": [
            {"name": "a{1..3}"},
            {"name": "a{4..5}", "labels": {"x": "z"}},
        ],
        "defaults": {"labels": {"x": "y"}},
    },
    "a gap": {"nodes": [{"name": "a7"}], "pools": [{"name": "a{1..2}"}, {"name": "a{4..5}"}]},
    "defaults that one overrules": {
        "defaults": {"labels": {"os": "linux"}, "allocatable": {"cpu": "4"}},
        "nodes": [{"name": "w", "labels": {"os": "windows"}}, {"name": "x"}, {"name": "y"}],
    },
    "another hostname": {"nodes": [{"name": "a", "labels": {"kubernetes.io/hostname": "b"}}]},
}


@pytest.mark.parametrize("parts", SHORTEST.values(), ids=SHORTEST)
def test_shortest(parts: dict[str, object]) -> None:
    found = to_short(read(**parts).nodes)
    assert found == HEAD | parts


def test_capacity_stands_for_allocatable() -> None:
    node = {"metadata": {"name": "a"}, "status": {"capacity": {"cpu": "4"}}}
    assert to_short([node])["nodes"] == [{"name": "a", "allocatable": {"cpu": "4"}}]


def test_wrong_types_never_raise() -> None:
    nodes: list[dict[str, object]] = [{}, {"metadata": 3, "spec": {"taints": [3]}}]
    assert to_short(nodes) == HEAD | {"nodes": [{}, {}]}


def test_the_reference_fleet_reads_back() -> None:
    fleet = reference_fleet()
    short = to_short(fleet.nodes)
    assert Inventory.parse(json.dumps(short)).nodes == fleet.nodes


few = st.sampled_from(["a", "b"])
entries = st.fixed_dictionaries(
    {"name": st.from_regex(r"[a-b](-?[0-9]{1,2}){0,2}[a-b]?", fullmatch=True)},
    optional={
        "labels": st.dictionaries(few, few),
        "taints": st.lists(st.sampled_from(["a:NoSchedule", "a=b:NoExecute", "b", "=c:Bad"])),
        "unschedulable": st.booleans(),
        "allocatable": st.dictionaries(few, st.sampled_from(["1", "2Gi"]), min_size=1),
    },
)


@given(st.lists(entries, min_size=1, max_size=8, unique_by=lambda entry: entry["name"]))
def test_the_short_form_reads_back_as_the_same_nodes(nodes: list[dict[str, object]]) -> None:
    given_nodes = read(nodes=nodes).nodes
    again = Inventory.parse(json.dumps(to_short(given_nodes))).nodes
    assert sorted(map(canonical, again)) == sorted(map(canonical, given_nodes))


def canonical(node: object) -> str:
    return json.dumps(node, sort_keys=True)
