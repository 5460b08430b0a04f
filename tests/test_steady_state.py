"""Nodes without what comes and goes."""

from dslint import steady_state
from dslint.inventory import Inventory
from dslint.node_facts import Taint


def test_passing_taints_and_the_cordon_go() -> None:
    keys = ["node.kubernetes.io/not-ready", "dedicated", "node.cilium.io/agent-not-ready", "own/x"]
    taints = [{"key": key, "effect": "NoSchedule"} for key in keys]
    nodes = [{"metadata": {"name": "a"}, "spec": {"taints": taints, "unschedulable": True}}]
    inventory = Inventory.from_objects(nodes, sources=["f"])
    facts = steady_state.steady(inventory).index.facts[0]
    assert [taint.key for taint in facts.taints] == ["dedicated", "own/x"]
    assert not facts.unschedulable
    own = steady_state.steady(inventory, ["own/x"])
    assert [taint.key for taint in own.index.facts[0].taints] == [
        "dedicated",
        "node.cilium.io/agent-not-ready",
    ]
    assert own.sources == ("f",)
    assert inventory.index.facts[0].taints[0] == Taint(keys[0], "", "NoSchedule")


def test_malformed_nodes_stay_as_they_are() -> None:
    nodes = [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}, "spec": {"taints": "x"}}]
    steady = steady_state.steady(Inventory.from_objects(nodes))
    assert steady.index.names == ("a", "b")
    assert all(not fact.taints for fact in steady.index.facts)
