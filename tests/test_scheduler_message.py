"""The scheduler's sentence, to the letter, in the words of its version."""

from typing import Any

import pytest

from dslint import scheduler_message, target
from dslint.inventory import Inventory
from dslint.workloads import Workload


def node(name: str, *taints: str, labels: dict[str, str] | None = None, **spec: Any) -> Any:
    found = [
        {"key": key, "value": value, "effect": effect}
        for key, value, effect in (taint.replace(":", "=").split("=") for taint in taints)
    ]
    return {
        "metadata": {"name": name, "labels": labels or {}},
        "spec": {"taints": found, **spec},
        "status": {"allocatable": {"cpu": "2", "memory": "1Gi", "pods": "10"}},
    }


def message(pod: dict[str, Any], nodes: list[Any], kubernetes: str = "1.36") -> str:
    workload = Workload.from_object({"apiVersion": "v1", "kind": "Pod", "spec": pod})
    return scheduler_message.message(
        workload, Inventory.from_objects(nodes), target.of(kubernetes)
    )


CLUSTER = [
    node("cp", "node-role.kubernetes.io/control-plane=:NoSchedule"),
    node("gpu", "gpu=a:NoSchedule", "dedicated=x:NoExecute"),
    node("gpu2", "dedicated=x:NoExecute", "gpu=a:NoSchedule"),
    node("cordoned", unschedulable=True),
    node("w1"),
    node("w2", labels={"disk": "ssd"}),
]
SSD = {"nodeSelector": {"disk": "ssd"}}
BIG = [{"name": "c", "resources": {"requests": {"cpu": "4", "memory": "2Gi"}}}]
SMALL = [{"name": "c"}]


@pytest.mark.parametrize(
    ("pod", "kubernetes", "sentence"),
    [
        pytest.param(
            {"containers": BIG, **SSD},
            "1.36",
            "0/6 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) didn't"
            " match Pod's node affinity/selector, 1 node(s) were unschedulable,"
            " 3 node(s) had untolerated taint(s).",
            id="each node once, resources each",
        ),
        pytest.param(
            {"containers": SMALL, "nodeSelector": {"disk": "tape"}},
            "1.33",
            "0/6 nodes are available: 1 node(s) had untolerated taint {dedicated: x}, 1 node(s)"
            " had untolerated taint {gpu: a}, 1 node(s) had untolerated taint"
            " {node-role.kubernetes.io/control-plane: }, 1 node(s) were unschedulable,"
            " 2 node(s) didn't match Pod's node affinity/selector.",
            id="older schedulers name the first taint",
        ),
        pytest.param(
            {"containers": SMALL, "schedulingGates": [{"name": "x"}]},
            "1.36",
            "Scheduling is blocked due to non-empty scheduling gates",
            id="gated",
        ),
        pytest.param({"containers": SMALL, "nodeName": "x"}, "1.36", "", id="no scheduler"),
        pytest.param(
            {"containers": SMALL},
            "1.36",
            "0/6 nodes are available: 1 node(s) were"
            " unschedulable, 3 node(s) had untolerated taint(s).",
            id="those that refuse",
        ),
    ],
)
def test_message(pod: dict[str, Any], kubernetes: str, sentence: str) -> None:
    assert message(pod, CLUSTER, kubernetes) == sentence


def fields(*names: str) -> dict[str, Any]:
    asked = [{"key": "metadata.name", "operator": "In", "values": [name]} for name in names]
    required = {"nodeSelectorTerms": [{"matchFields": asked}]}
    affinity = {"requiredDuringSchedulingIgnoredDuringExecution": required}
    return {"containers": BIG, "affinity": {"nodeAffinity": affinity}}


def test_nodes_that_the_terms_do_not_name_are_not_looked_at() -> None:
    assert message(fields("w1"), CLUSTER) == (
        "0/6 nodes are available: 1 Insufficient cpu, 1 Insufficient memory,"
        " 5 node(s) didn't satisfy plugin(s) [NodeAffinity]."
    )


def test_terms_that_name_two_nodes_at_once() -> None:
    assert message(fields("w1", "w2"), CLUSTER) == (
        "0/6 nodes are available: pod affinity terms conflict."
    )


def test_no_node_at_all() -> None:
    assert message({"containers": SMALL}, []) == ""
