"""Placing raises on nothing that stands in a manifest or a node, however wrong its type is."""

import copy
import pickle
from collections.abc import Iterator

import pytest

import dslint
from dslint.model import Path

REQUIREMENT = {"key": "a", "operator": "Gt", "values": ["1"]}
SELECTOR = {"matchExpressions": [REQUIREMENT], "matchFields": [REQUIREMENT]}
RESOURCES = {"requests": {"cpu": "1", "a.b/c": "2"}, "limits": {"memory": "1Gi"}}
POD = {
    "nodeName": "n-1",
    "nodeSelector": {"a": "b"},
    "hostNetwork": True,
    "schedulingGates": [{"name": "x"}],
    "overhead": {"cpu": "1"},
    "resources": RESOURCES,
    "tolerations": [
        {"key": "a", "operator": "Equal", "value": "v", "effect": "NoExecute"},
        {"operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5},
    ],
    "affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [SELECTOR]},
            "preferredDuringSchedulingIgnoredDuringExecution": [
                {"weight": 1, "preference": SELECTOR}
            ],
        }
    },
    "containers": [{"name": "a", "ports": [{"hostPort": 1}], "resources": RESOURCES}],
    "initContainers": [{"restartPolicy": "Always", "resources": RESOURCES}],
}
MANIFESTS = {
    "DaemonSet": {
        "kind": "DaemonSet",
        "metadata": {"name": "a", "namespace": "b", "labels": {"c": "d"}},
        "spec": {"template": {"metadata": {"labels": {"c": "d"}}, "spec": POD}},
    },
    "Pod": {"kind": "Pod", "metadata": {"generateName": "a"}, "spec": POD},
}
NODE = {
    "metadata": {"name": "n-1", "labels": {"a": "2", "kubernetes.io/hostname": "n-1"}},
    "spec": {
        "unschedulable": True,
        "taints": [{"key": "a", "value": "v", "effect": "NoExecute"}],
    },
    "status": {"allocatable": {"cpu": "4", "a.b/c": "1"}, "capacity": {"cpu": "4"}},
}
ODD = {
    "null": None,
    "true": True,
    "a number": 7,
    "a huge number": 10**5000,
    "not a number": float("nan"),
    "many digits": "1" * 5000,
    "many digits behind a point": "0." + "1" * 5000,
    "a lone surrogate": "\ud800",
    "a list": [],
    "a list of anything": [None, 7, [], {}],
    "a map": {},
    "a map of any keys": {None: 1, 7: "a", "b": None, True: []},
}


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    for key, part in value.items() if isinstance(value, dict) else ():
        yield from paths(part, (*path, key))
    for index, part in enumerate(value) if isinstance(value, list) else ():
        yield from paths(part, (*path, index))


def with_odd(value: object, path: Path, odd: object) -> object:
    """A copy of `value` with something odd at `path`."""
    if not path:
        return odd
    changed = copy.copy(value)
    changed[path[0]] = with_odd(value[path[0]], path[1:], odd)
    return changed


def place(manifest: object, nodes: Iterator[object], **versions: object) -> dslint.Placement:
    workload = dslint.Workload.from_object(manifest, admitted=True)
    return dslint.place(workload, dslint.Inventory.from_objects(nodes), **versions)


def check(placement: dslint.Placement) -> None:
    """Reads whatever can be read of a placement on one node, `n-1`."""
    refused = {name for one in placement.refusals for name in one.nodes}
    assert ("n-1" in placement.lands) != ("n-1" in refused)
    placement.fits("n-1"), placement.preferred_score("n-1")
    placement.intolerable_prefer_no_schedule("n-1")
    assert pickle.loads(pickle.dumps(placement)) == placement


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_in_a_manifest(manifest: object, odd: object) -> None:
    for path in paths(manifest):
        check(place(with_odd(manifest, path, odd), iter([NODE])))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_in_a_node(odd: object) -> None:
    for path in paths(NODE):
        nodes = [with_odd(NODE, path, odd), {"metadata": {"name": "n-2"}, "status": odd}]
        placement = place(MANIFESTS["Pod"], (node for node in nodes))
        assert pickle.loads(pickle.dumps(placement)) == placement


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_in_an_inventory_that_is_linted(odd: object) -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n"
    conditions = [{"type": "Ready", "status": "True", "lastHeartbeatTime": odd}]
    node = {**NODE, "status": {"conditions": conditions, "allocatable": {"cpu": odd}}}
    dslint.lint(text, inventory=dslint.Inventory.from_objects([node, odd]), profile="all")
