"""Plays every folder of fixtures/: what the command prints, and where workloads land.

UPDATE_EXPECTED=1 writes the expected files anew. LANDS below is written by hand: no update changes
where a workload lands without this file saying so.
"""

import json
import os
import pathlib
from collections.abc import Callable

import pytest

import dslint

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
INVENTORIES = sorted(FIXTURES.glob("*/nodes*"))
REPORTS = {
    ".txt": ("place",),
    ".json": ("place", "--format", "json"),
    ".lint.txt": ("lint",),
}

Run = Callable[..., tuple[int, str, str]]

WORKERS = ("worker-1", "worker-2", "worker-3")
GPU_A = ("gpu-a-01", "gpu-a-02", "gpu-a-03")
GENERAL = ("general-1", "general-2")
LANDS: dict[str, dict[str, tuple[str, ...]]] = {
    "fluentd-elasticsearch/nodes": {
        "fluentd-elasticsearch": (
            "old-master-1",
            "worker-1",
            "worker-2",
            "worker-cordoned",
            "worker-disk-pressure",
        )
    },
    "pod-node-name-as-label/nodes": {"with-node-affinity": ()},
    "pod-node-name-repaired/nodes": {"asks-for-a-label": (), "asks-for-the-field": ("node",)},
    "pod-toleration/nodes-before": {
        "with-toleration": ("node1",),
        "without-toleration": ("node1",),
    },
    "pod-toleration/nodes-tainted": {"with-toleration": ("node1",), "without-toleration": ()},
    "pod-toleration/nodes-untainted": {
        "with-toleration": ("node1",),
        "without-toleration": ("node1",),
    },
    "mixed-file/nodes": {"agent": ("control-plane-1", *WORKERS), "agent-hub": WORKERS},
    "list-in-json/nodes": {"node-exporter": ("node-a", "node-b"), "debug": ("node-b",)},
    "windows-line-ends/nodes": {"log-shipper": ("windows-2",)},
    "anchors-and-merge-keys/nodes": {"store": ("storage-1", "storage-2")},
    "every-kind/nodes": {
        "daemonset": GENERAL,
        "pod": GENERAL,
        "deployment": GENERAL,
        "statefulset": GENERAL,
        "replicaset": GENERAL,
        "replicationcontroller": GENERAL,
        "job": GENERAL,
        "cronjob": GENERAL,
        "podtemplate": GENERAL,
    },
    "gpu-pool/nodes": {
        "device-plugin": (*GPU_A, "gpu-b-1", "gpu-b-2", "gpu-c-1"),
        "inference": GPU_A,
        "train": (),
    },
}


def named(inventory: pathlib.Path) -> str:
    return f"{inventory.parent.name}/{inventory.stem}"


def expected(inventory: pathlib.Path, suffix: str) -> pathlib.Path:
    """`nodes-before.yaml` -> `expected-before.txt`."""
    return inventory.with_name(inventory.stem.replace("nodes", "expected", 1) + suffix)


every_inventory = pytest.mark.parametrize("inventory", INVENTORIES, ids=named)


@every_inventory
@pytest.mark.parametrize("suffix", REPORTS, ids=lambda suffix: suffix[1:])
def test_a_report_is_the_one_expected(
    inventory: pathlib.Path, suffix: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inventory.parent)
    command, *options = REPORTS[suffix]
    (manifest,) = pathlib.Path().glob("manifest.*")
    code, stdout, stderr = run(command, str(manifest), "--nodes", inventory.name, *options)
    assert code in (0, 1), stderr
    golden = expected(inventory, suffix)
    if os.environ.get("UPDATE_EXPECTED"):
        golden.write_text(stdout, encoding="utf-8", newline="\n")
    assert stdout == golden.read_text(encoding="utf-8")


@every_inventory
def test_workloads_land_where_they_should(inventory: pathlib.Path) -> None:
    report = json.loads(expected(inventory, ".json").read_text(encoding="utf-8"))
    lands = {
        placement["workload"]["name"]: tuple(placement["lands"])
        for placement in report["placements"]
    }
    assert lands == LANDS[named(inventory)]


# The DaemonSet's three promises.

DAEMONSET = FIXTURES / "fluentd-elasticsearch"
ELIGIBLE = (*LANDS["fluentd-elasticsearch/nodes"]["fluentd-elasticsearch"], "worker-full")


def desired(nodes: list[object]) -> tuple[str, ...]:
    import yaml

    manifest = yaml.safe_load((DAEMONSET / "manifest.yaml").read_text(encoding="utf-8"))
    inventory = dslint.Inventory.from_objects(nodes)
    return tuple(dslint.place(dslint.Workload.from_object(manifest), inventory).desired)


@pytest.fixture(scope="module")
def nodes() -> list[object]:
    return list(dslint.Inventory.load(DAEMONSET / "nodes.yaml").nodes)


def node(name: str, **spec: object) -> object:
    return {"metadata": {"name": name, "labels": {"kubernetes.io/os": "linux"}}, "spec": spec}


def test_every_eligible_node_gets_exactly_one_pod(nodes: list[object]) -> None:
    pods = desired(nodes)
    assert sorted(pods) == sorted(ELIGIBLE)
    assert len(pods) == len(set(pods))


def test_a_node_that_joins_gains_a_pod(nodes: list[object]) -> None:
    joined = desired([*nodes, node("worker-new")])
    assert set(joined) - set(desired(nodes)) == {"worker-new"}


def test_a_node_that_joins_with_a_taint_nobody_tolerates_gains_none(nodes: list[object]) -> None:
    taint = {"key": "dedicated", "value": "batch", "effect": "NoSchedule"}
    assert desired([*nodes, node("batch-new", taints=[taint])]) == desired(nodes)


@pytest.mark.parametrize("gone", ELIGIBLE)
def test_a_node_that_leaves_loses_its_pod(nodes: list[object], gone: str) -> None:
    left = [one for one in nodes if isinstance(one, dict) and one["metadata"]["name"] != gone]
    assert set(desired(nodes)) - set(desired(left)) == {gone}
