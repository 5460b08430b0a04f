"""What kubectl prints: JSON the quick way and the slow, YAML, lists, dumps, and tables."""

import json
from typing import Any

import pytest

from dslint.inventories import Part, kubectl_json
from dslint.inventory import Inventory
from dslint.model import InputError

NODE: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Node",
    "metadata": {
        "name": "node-1",
        "uid": "x",
        "creationTimestamp": "2026-01-01T00:00:00Z",
        "labels": {"kubernetes.io/os": "linux"},
        "annotations": {"a": "b"},
    },
    "spec": {
        "podCIDR": "10.0.0.0/24",
        "unschedulable": True,
        "taints": [{"key": "a", "value": "b", "effect": "NoSchedule", "timeAdded": None}],
    },
    "status": {
        "allocatable": {"cpu": "3920m", "memory": "1e3", "pods": "110"},
        "capacity": {"cpu": "4"},
        "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady"}],
        "images": [{"names": ["a", "b"], "sizeBytes": 5}],
    },
}
KEPT: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Node",
    "metadata": {
        "name": "node-1",
        "creationTimestamp": "2026-01-01T00:00:00Z",
        "labels": {"kubernetes.io/os": "linux"},
    },
    "spec": {
        "unschedulable": True,
        "taints": [{"key": "a", "value": "b", "effect": "NoSchedule"}],
    },
    "status": {
        "allocatable": {"cpu": "3920m", "memory": "1e3", "pods": "110"},
        "capacity": {"cpu": "4"},
        "conditions": [{"type": "Ready", "status": "True"}],
    },
}
ITEM = {key: value for key, value in NODE.items() if key not in ("apiVersion", "kind")}
ITEM_KEPT = {key: value for key, value in KEPT.items() if key not in ("apiVersion", "kind")}


def changed(part: str, **fields: object) -> dict[str, Any]:
    return {**NODE, part: {**NODE[part], **fields}}


def listed(*items: object, kind: str = "List") -> dict[str, object]:
    return {"apiVersion": "v1", "kind": kind, "metadata": {}, "items": list(items)}


def is_quick(text: str) -> bool:
    return kubectl_json.take(Part("nodes.json", text.encode())) is not None


QUICK = {
    "a node": (NODE, [KEPT]),
    "a list": (listed(NODE, NODE | {"metadata": {"name": "node-2"}}), None),
    "a node list": (listed(NODE, kind="NodeList"), [KEPT]),
    "a node list as the API prints it": (listed(ITEM, kind="NodeList"), [ITEM_KEPT]),
}


@pytest.mark.parametrize(("data", "nodes"), QUICK.values(), ids=QUICK)
@pytest.mark.parametrize("indent", [None, 4])
def test_quick_and_slow_are_the_same(data: Any, nodes: list[Any] | None, indent: int) -> None:
    text = json.dumps(data, indent=indent)
    assert is_quick(text)
    quick, slow = Inventory.parse(text).nodes, Inventory.parse(f"# slow\n{text}").nodes
    assert quick == slow
    assert nodes is None or list(quick) == nodes


def test_a_byte_order_mark_is_nothing() -> None:
    assert is_quick("\ufeff" + json.dumps(NODE))
    assert Inventory.parse("\ufeff" + json.dumps(NODE)).names == ("node-1",)


# JSON that the quick way leaves to the slow one, and the names it holds
SLOW = {
    "no kind": (ITEM, ["node-1"]),
    "a list without kind": ({"items": [ITEM]}, ["node-1"]),
    "a list of several kinds": (listed({"apiVersion": "v1", "kind": "Pod"}, NODE), ["node-1"]),
    "no name": (changed("metadata", name=None), [""]),
    "null labels": (changed("metadata", labels=None), ["node-1"]),
    "a null label": (changed("metadata", labels={"a": None}), ["node-1"]),
    "a number of processors": (changed("status", allocatable={"cpu": 4}), ["node-1"]),
    "a part that documentation leaves out": (NODE | {"spec": "..."}, ["node-1"]),
    "no items": (listed(NODE) | {"items": None}, None),
}


@pytest.mark.parametrize(("data", "names"), SLOW.values(), ids=SLOW)
def test_left_to_the_slow_way(data: Any, names: list[str] | None) -> None:
    text = json.dumps(data)
    assert not is_quick(text)
    if names is not None:
        assert list(Inventory.parse(text).names) == names


def test_a_null_label_is_an_empty_one() -> None:
    (node,) = Inventory.parse(json.dumps(changed("metadata", labels={"a": None}))).nodes
    assert node["metadata"] == KEPT["metadata"] | {"labels": {"a": ""}}


def test_dumps_without_kind_and_other_documents() -> None:
    text = """
metadata: {name: by-spec}
spec: {podCIDR: 10.0.0.0/24}
---
metadata: {name: by-status}
status: {capacity: {cpu: "4"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: passed-over}
---
apiVersion: dslint.dev/v1
kind: NodeInventory
nodes: [{name: by-hand}]
---
kind: List
apiVersion: v1
items:
  - {kind: Node, apiVersion: v1, metadata: {name: listed}}
"""
    assert Inventory.parse(text).names == ("by-spec", "by-status", "by-hand", "listed")


# text, where, what, fix (parts of the sentences)
WRONG = {
    "boolean as label": (
        "kind: Node\nmetadata:\n  name: a\n  labels: {gpu: true}\n",
        "4:17",
        "metadata.labels[gpu] is the boolean true, and a string is wanted",
        "put it in quotes",
    ),
    "number as label in a list": (
        "kind: List\nitems:\n- {kind: Node}\n- {kind: Node, metadata: {labels: {bb: 1}}}\n",
        "4:40",
        "items[1].metadata.labels[bb] is the number 1",
        "put it in quotes",
    ),
    "no quantity": (
        '{"kind": "Node", "apiVersion": "v1",\n "status": {"allocatable": {"cpu": "4 cores"}}}',
        "2:36",
        "status.allocatable[cpu] is '4 cores', which is no quantity",
        "write one",
    ),
    "no quantity in capacity": (
        "kind: Node\nstatus: {capacity: {memory: 16GiB}}",
        "2:29",
        "'16GiB'",
        "write",
    ),
    "taints as a text": (
        "kind: Node\nspec:\n  taints: a=b:NoSchedule\n",
        "3:11",
        "spec.taints is the string 'a=b:NoSchedule', and a list is wanted",
        "write a list",
    ),
    "quoted boolean": (
        'kind: Node\nspec: {unschedulable: "true"}\n',
        "2:23",
        "spec.unschedulable is the string 'true'",
        "write true or false",
    ),
    "spec as a list": ("kind: Node\nspec: []\n", "2:7", "spec is a list, and a map", "a map"),
    "table": (
        "NAME   STATUS   ROLES    AGE   VERSION\nn1     Ready    <none>   1d    v1.36.1\n",
        "1:1",
        "the table that kubectl get prints",
        "add `-o json`",
    ),
    "table after an empty line, CRLF": (
        "\r\nNAME   STATUS   ROLES    AGE   VERSION   INTERNAL-IP\r\nn1  Ready\r\n",
        "2:1",
        "the table that kubectl get prints",
        "add `-o json`",
    ),
    "table without heading": (
        "  n1   NotReady,SchedulingDisabled   control-plane,etcd   45d   v1.36.1+k3s1\n",
        "1:3",
        "without its heading",
        "add `-o json`",
    ),
    "described": (
        "Name:               n1\nRoles:              <none>\nLabels:             a=b\n",
        "1:1",
        "kubectl describe",
        "add `-o json`",
    ),
    "names": ("node/a\nnode/b\n", "1:1", "the bare names", "add `-o json`"),
}


@pytest.mark.parametrize(("text", "where", "what", "fix"), WRONG.values(), ids=WRONG)
def test_wrong(text: str, where: str, what: str, fix: str) -> None:
    with pytest.raises(InputError) as caught:
        Inventory.parse(text, "nodes")
    assert caught.value.where == f"nodes:{where}"
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert caught.value.why


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_table_that_a_shell_of_windows_wrote(encoding: str) -> None:
    text = "NAME   STATUS   ROLES    AGE   VERSION\r\nn1     Ready    <none>   1d    v1.36.1\r\n"
    with pytest.raises(InputError, match="the table that kubectl get prints"):
        Inventory.parse(text.encode(encoding), "nodes")


# text, where it points, the kinds that it names
OTHERS = {
    "another kind": (
        "apiVersion: karpenter.sh/v1\nkind: NodePool\n",
        "2:7",
        "NodePool (karpenter.sh/v1)",
    ),
    "two kinds": ("kind: Cluster\n---\nkind: InstanceGroup\n", "1:7", "Cluster, InstanceGroup"),
    "a list of pods": (
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n",
        "4:26",
        "Pod (v1)",
    ),
    "a pod list": ('{"apiVersion": "v1", "kind": "PodList", "items": []}', "1:30", "PodList (v1)"),
    "a Node of another group": (
        "apiVersion: management.cattle.io/v3\nkind: Node\n",
        "2:7",
        "Node (management.cattle.io/v3)",
    ),
    "no kind": ("a: b\n", "1:1", "a document without kind"),
    "a pod's look": ("metadata: {name: a}\nspec: {containers: []}\n", "1:1", "without kind"),
    "text": ("The connection to the server was refused\n", "1:1", "plain text, 'The connection"),
    "a list": ("[a]", "1:1", "a list"),
    "items of a wrong type": ("kind: List\nitems: {a: b}", "1:7", "List"),
}


@pytest.mark.parametrize(("text", "where", "kinds"), OTHERS.values(), ids=OTHERS)
def test_what_holds_no_node_is_named(text: str, where: str, kinds: str) -> None:
    with pytest.raises(InputError) as caught:
        Inventory.parse(text, "nodes.yaml")
    assert caught.value.what.startswith("no v1 Node in it, but ")
    assert kinds in caught.value.what
    assert "kubectl get nodes -o json" in caught.value.fix
    assert caught.value.where == f"nodes.yaml:{where}"


def test_bad_taints_of_kubectl_json_have_places() -> None:
    taints = [
        {"key": "a"},
        {"key": "a", "effect": "noschedule"},
        {"key": "b", "effect": "NoExecute"},
    ]
    text = json.dumps(changed("spec", taints=taints), indent=1)
    inventory = Inventory.parse(text, "nodes.json")
    lines = text.splitlines()
    found = [
        (c.rule, c.path[-1], lines[c.mark[0] - 1].strip(), c.fix)
        for _, c in inventory.complaints
        if c.mark
    ]
    assert found == [
        (
            "DS902",
            "effect",
            "{",
            "write a:NoSchedule, or the effect meant (PreferNoSchedule, NoExecute)",
        ),
        ("DS902", "effect", '"effect": "noschedule"', "write NoSchedule"),
    ]
    assert inventory.nodes[0]["spec"] == {"unschedulable": True, "taints": taints}
