"""The short form: what it stands for, and every way to get it wrong, with its line and column."""

from typing import Any

import pytest

from dslint.inventory import Inventory
from dslint.model import InputError

HEAD = "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"


def read(body: str) -> Inventory:
    return Inventory.parse(HEAD + body, "nodes.yaml")


def node(name: str, body: str) -> dict[str, Any]:
    return dict(
        next(
            n for n, found in zip(read(body).nodes, read(body).names, strict=True) if found == name
        )
    )


def test_a_node_as_it_stands() -> None:
    body = """
nodes:
  - name: cp-1
    labels: {node-role.kubernetes.io/control-plane: ""}
    taints: ["node-role.kubernetes.io/control-plane:NoSchedule", "dedicated=db:NoExecute"]
    unschedulable: false
    allocatable: {cpu: "4", memory: 16Gi, pods: "110"}
"""
    assert node("cp-1", body) == {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": "cp-1",
            "labels": {
                "kubernetes.io/hostname": "cp-1",
                "node-role.kubernetes.io/control-plane": "",
            },
        },
        "spec": {
            "taints": [
                {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"},
                {"key": "dedicated", "value": "db", "effect": "NoExecute"},
            ]
        },
        "status": {"allocatable": {"cpu": "4", "memory": "16Gi", "pods": "110"}},
    }


CORDON = {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}
SPECS = {
    "nothing": ("nodes: [{name: a}]", {}),
    "cordoned": (
        "nodes: [{name: a, unschedulable: true}]",
        {"unschedulable": True, "taints": [CORDON]},
    ),
    "cordoned, its taint given": (
        (
            "defaults: {taints: [node.kubernetes.io/unschedulable:NoSchedule]}\n"
            "nodes: [{name: a, unschedulable: true}]"
        ),
        {"unschedulable": True, "taints": [CORDON]},
    ),
    "cordoned by default": (
        "defaults: {unschedulable: true}\nnodes: [{name: a}]",
        {"unschedulable": True, "taints": [CORDON]},
    ),
    "default overruled": (
        "defaults: {unschedulable: true}\nnodes: [{name: a, unschedulable: false}]",
        {},
    ),
    "default taints": (
        "defaults: {taints: ['x:NoExecute']}\nnodes: [{name: a}]",
        {"taints": [{"key": "x", "effect": "NoExecute"}]},
    ),
    "default taints replaced": (
        "defaults: {taints: ['x:NoExecute']}\nnodes: [{name: a, taints: []}]",
        {},
    ),
    "a taint as a map": (
        "nodes: [{name: a, taints: [{key: x, value: null, effect: NoSchedule}]}]",
        {"taints": [{"key": "x", "effect": "NoSchedule"}]},
    ),
}


@pytest.mark.parametrize(("body", "spec"), SPECS.values(), ids=SPECS)
def test_spec(body: str, spec: dict[str, object]) -> None:
    assert node("a", body)["spec"] == spec


def test_labels_and_allocatable_are_added_to_the_defaults() -> None:
    body = """
defaults: {labels: {os: linux, tier: a}, allocatable: {cpu: 4, pods: 110}}
nodes:
  - {name: a, labels: {tier: b, kubernetes.io/hostname: other, empty: }, allocatable: {cpu: 8}}
"""
    found = node("a", body)
    assert found["metadata"]["labels"] == {
        "os": "linux",
        "tier": "b",
        "kubernetes.io/hostname": "other",
        "empty": "",
    }
    assert found["status"] == {"allocatable": {"cpu": 8, "pods": 110}}


def test_a_node_without_allocatable_states_none() -> None:
    assert "status" not in node("a", "nodes: [{name: a}]")


POOLS = {
    "padded": ('{name: "gpu-{08..11}"}', "gpu-08 gpu-09 gpu-10 gpu-11"),
    "not padded": ('{name: "gpu-{8..11}"}', "gpu-8 gpu-9 gpu-10 gpu-11"),
    "as wide as its end": ('{name: "n{1..003}"}', "n001 n002 n003"),
    "one": ('{name: "gpu-{1..1}"}', "gpu-1"),
    "from zero": ('{name: "gpu-{0..1}"}', "gpu-0 gpu-1"),
    "two ranges": ('{name: "r{1..2}-n{1..2}.x"}', "r1-n1.x r1-n2.x r2-n1.x r2-n2.x"),
    "counted": ('{name: "gpu-{n}-x", count: 3}', "gpu-1-x gpu-2-x gpu-3-x"),
}


@pytest.mark.parametrize(("pool", "names"), POOLS.values(), ids=POOLS)
def test_pool(pool: str, names: str) -> None:
    assert read(f"pools: [{pool}]").names == tuple(names.split())


def test_nodes_of_a_pool_differ_in_their_hostname_alone() -> None:
    one, two = read('pools: [{name: "a{1..2}", taints: ["x:NoSchedule"]}]').nodes
    assert one["spec"] == two["spec"] == {"taints": [{"key": "x", "effect": "NoSchedule"}]}
    assert two["metadata"] == {"name": "a2", "labels": {"kubernetes.io/hostname": "a2"}}


# body, where, what, fix (parts of the sentences)
WRONG = {
    "unknown key": ("node: []", "3:1", "unknown key node", "write nodes"),
    "unknown key of a node": ("nodes: [{name: a, lables: {}}]", "3:19", "lables", "write labels"),
    "unknown key of a pool": ('pools: [{name: "a{1..2}", cuont: 3}]', "3:27", "cuont", "count"),
    "count of a node": ("nodes: [{name: a, count: 3}]", "3:19", "unknown key count", "remove"),
    "name in defaults": ("defaults: {name: a}", "3:12", "unknown key name", "remove name"),
    "unknown key of a taint": (
        "nodes: [{name: a, taints: [{key: a, efect: NoExecute}]}]",
        "3:37",
        "unknown key efect",
        "write effect",
    ),
    "nodes as a map": ("nodes: {a: {}}", "3:8", "nodes is a map, and a list is", "write a list"),
    "node as a text": ("nodes: [a]", "3:9", "nodes[0] is the string 'a'", "write a map"),
    "node as null": ("nodes: [null]", "3:9", "no name", "write a name"),
    "no name": ("nodes: [{labels: {}}]", "3:9", "no name", "write a name"),
    "number as name": ("nodes: [{name: 1}]", "3:16", "nodes[0].name is the number 1", "quotes"),
    "boolean as label": (
        "nodes:\n  - name: a\n    labels: {gpu: yes}",
        "5:19",
        "nodes[0].labels[gpu] is the boolean true, and a string",
        "put it in quotes",
    ),
    "list as label": (
        "nodes: [{name: a, labels: {x: []}}]",
        "3:31",
        "labels[x] is a list",
        "write a string",
    ),
    "quoted boolean": (
        'nodes: [{name: a, unschedulable: "true"}]',
        "3:34",
        "unschedulable is the string 'true'",
        "write true or false",
    ),
    "taints as a text": (
        "nodes: [{name: a, taints: x:NoSchedule}]",
        "3:27",
        "taints is the string",
        "write a list",
    ),
    "taint as a number": ("nodes: [{name: a, taints: [1]}]", "3:28", "the number 1", "a taint"),
    "taint with a blank": (
        "nodes:\n  - name: a\n    taints: [dedicated=gpu: NoSchedule]",
        "5:14",
        "the taint dedicated=gpu: NoSchedule is a map",
        "write dedicated=gpu:NoSchedule",
    ),
    "no quantity": (
        "defaults: {allocatable: {cpu: four}}",
        "3:31",
        "defaults.allocatable[cpu] is 'four', which is no quantity",
        "write one",
    ),
    "boolean as quantity": (
        "defaults: {allocatable: {cpu: on}}",
        "3:31",
        "allocatable[cpu] is the boolean true",
        "write a quantity",
    ),
    "pool's name in nodes": ('nodes: [{name: "a{1..2}"}]', "3:16", "is a pool's", "`pools`"),
    "pool without range": ("pools: [{name: a}]", "3:16", "a holds no range", "gpu-{01..16}"),
    "pool without count": ('pools: [{name: "a{n}"}]', "3:16", "has no count", "count: 9"),
    "count without {n}": ("pools: [{name: a, count: 2}]", "3:16", "a count and no {n}", "{n}"),
    "count and range": ('pools: [{name: "a{1..2}", count: 2}]', "3:16", "no {n}", "{n}"),
    "count of none": ('pools: [{name: "a{n}", count: 0}]', "3:16", "has the count 0", "{n}"),
    "count as text": ('pools: [{name: "a{n}", count: x}]', "3:31", "'x'", "a whole number"),
    "two {n}": ('pools: [{name: "a{n}{n}", count: 2}]', "3:16", "belongs to no range", "range"),
    "backwards": ('pools: [{name: "a{3..1}"}]', "3:16", "runs backwards", "write a range"),
    "open brace": ('pools: [{name: "a{1..2}{"}]', "3:16", "belongs to no range", "range"),
    "letters": ('pools: [{name: "a{x..y}"}]', "3:16", "holds no range", "write a range"),
    "too many": (
        'pools: [{name: "a{1..100000000}"}]',
        "3:16",
        "stands for 100000000 nodes",
        "at most 100000",
    ),
    "too many together": ('pools: [{name: "{1..9999}{1..9999}"}]', "3:16", "99980001", "at most"),
    "too many counted": ('pools: [{name: "a{n}", count: 100001}]', "3:16", "100001 nodes", "most"),
    "no node at all": ("nodes: []", "", "the inventory holds no node", "kubectl get nodes"),
}


@pytest.mark.parametrize(("body", "where", "what", "fix"), WRONG.values(), ids=WRONG)
def test_wrong(body: str, where: str, what: str, fix: str) -> None:
    with pytest.raises(InputError) as caught:
        read(body)
    assert caught.value.where == (f"nodes.yaml:{where}" if where else "nodes.yaml")
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert caught.value.why


HEADS = {
    "no apiVersion": ("kind: NodeInventory\nnodes: [{name: a}]", "1:1", "no apiVersion"),
    "another version": ("apiVersion: dslint.dev/v2\nkind: NodeInventory", "1:13", "dslint.dev/v2"),
    "another kind": ("apiVersion: dslint.dev/v1\nkind: Nodes", "2:7", "kind is Nodes"),
    "no kind": ("apiVersion: dslint.dev/v1\nnodes: []", "1:1", "no kind"),
}


@pytest.mark.parametrize(("text", "where", "what"), HEADS.values(), ids=HEADS)
def test_wrong_head(text: str, where: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        Inventory.parse(text, "nodes.yaml")
    assert caught.value.where == f"nodes.yaml:{where}"
    assert what in caught.value.what


# taints, the mark of the complaint, what it says
TAINTS = {
    "no effect": ("[x=y]", (5, 14), "taint x=y has no effect"),
    "empty effect": ('["x=y:"]', (5, 14), "taint x=y has no effect"),
    "unknown effect": ("[x:NoSchedul]", (5, 14), "taint x:NoSchedul has the effect NoSchedul"),
    "two colons": ("['a:b:NoSchedule']", (5, 14), "has the effect b:NoSchedule"),
    "bad key": ("['a b:NoSchedule']", (5, 14), "has the key 'a b'"),
    "no key": ("[':NoSchedule']", (5, 14), "has the key ''"),
    "bad value": ("['a=b c:NoSchedule']", (5, 14), "has the value 'b c'"),
    "in a map": ("[{key: a, effect: Bad}]", (5, 31), "taint a:Bad has the effect Bad"),
    "nothing in a map": ("[{}]", (5, 14), "taint {} has the key ''"),
}


@pytest.mark.parametrize(("taints", "mark", "what"), TAINTS.values(), ids=TAINTS)
def test_a_bad_taint_is_a_complaint_and_stays(
    taints: str, mark: tuple[int, int], what: str
) -> None:
    inventory = read(f"pools:\n  - name: 'a{{1..3}}'\n    taints: {taints}\n")
    ((file, complaint),) = inventory.complaints
    assert (file, complaint.rule, complaint.mark) == ("nodes.yaml", "DS902", mark)
    assert complaint.what.startswith(what) or what in complaint.what
    assert all(len(node["spec"]["taints"]) == 1 for node in inventory.nodes)  # type: ignore[index]


def test_places_of_fields() -> None:
    inventory = read("nodes:\n  - name: a\n    labels: {x: z}\n    taints: [a:NoSchedule]\n")
    at = {
        path: (place := inventory.at(0, path)) and (place.line, place.column, place.path)
        for path in [(), ("metadata", "labels", "x"), ("spec", "taints", 0), ("status", "gone")]
    }
    assert at == {
        (): (4, 5, "nodes[0]"),
        ("metadata", "labels", "x"): (5, 17, "nodes[0].labels[x]"),
        ("spec", "taints", 0): (6, 14, "nodes[0].taints[0]"),
        ("status", "gone"): (4, 5, "nodes[0].gone"),
    }
