"""Bug reports from the field: where each workload lands, why not elsewhere, in the report's words.

Read where they are present. Two of them are about host ports, which are not judged yet, and one
about a namespace's own node selector.
"""

import functools
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

import dslint
from dslint import source, workloads

PREDICATES = {
    "taint-not-tolerated": "taints",
    "node-affinity-mismatch": "affinity",
    "node-selector-mismatch": "affinity",
}

# What the report must say of the cause: in a refusal of the node, or in a finding (node "").
SAID = {
    "02-master-toleration-after-rename": (
        "cp-0",
        "untolerated taint node-role.kubernetes.io/control-plane:NoSchedule",
    ),
    "05-matchfields-two-values": ("node-a", "In needs one value in match fields"),
    "06-affinity-indentation": ("", "nodeSelectorTerms"),
    "11-nodeselector-bool": ("", "iam.gke.io/gke-metadata-server-enabled"),
    "21-gpu-operator-one-without-tolerations": (
        "repro-worker",
        "untolerated taint nvidia.com/gpu=present:NoSchedule",
    ),
    "22-two-taints-one-tolerated": (
        "gpu-1",
        "untolerated taint dedicated=gpu-g4dn:NoSchedule",
    ),
    "24-arch-affinity-excludes-arm64": (
        "arm-1",
        "kubernetes.io/arch In [amd64]: the label is arm64",
    ),
    "27-toleration-key-without-operator": ("db-1", "untolerated taint dedicated=db:NoSchedule"),
    "35-controlplane-spelling": (
        "foo-worker",
        "node selector node-role.kubernetes.io/controlplane=true: no such label",
    ),
    "36-affinity-in-true-vs-empty": (
        "master-0",
        'node-role.kubernetes.io/master In [true]: the label is ""',
    ),
    "38-label-on-all-master-tainted": (
        "node1",
        "untolerated taint node-role.kubernetes.io/master:NoSchedule",
    ),
    "41-ccm-cni-deadlock": (
        "master1",
        "untolerated taint node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule",
    ),
    "45-nodeselector-at-wrong-level": ("", "nodeSelector"),
    "48-windows-subchart-without-toleration": (
        "aksnpwin000001",
        "untolerated taint os=windows:NoSchedule",
    ),
    "49-required-affinity-with-preference-list": (
        "",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ),
    "52-master-or-control-plane-in-one-term": (
        "cp-124",
        "node-role.kubernetes.io/master Exists: no such label",
    ),
}


@functools.cache
def case(folder: pathlib.Path) -> tuple[dict[str, Any], bytes, dslint.Inventory]:
    (expected,) = source.read((folder / "expected.yaml").read_bytes(), "expected.yaml")
    manifest = (folder / "manifest.yaml").read_bytes()
    return expected.data, manifest, dslint.Inventory.load(folder / "nodes.yaml")


def target(expected: dict[str, Any], manifest: bytes) -> workloads.Workload:
    kind, _, name = expected["target"].split("/")
    found = (
        workload
        for document in source.read(manifest, "manifest.yaml")
        for workload in workloads.of(document)
    )
    return next(one for one in found if (one.kind, one.name) == (kind, name))


def judged(shared: pathlib.Path) -> Iterator[pathlib.Path]:
    for folder in sorted((shared / "corpus" / "wild").iterdir()):
        expected = case(folder)[0]
        reasons = set((expected.get("excluded") or {}).values())
        if not reasons & {"host-port-conflict", "namespace-node-selector"}:
            yield folder


def test_each_lands_where_it_did(shared: pathlib.Path) -> None:
    played = 0
    for folder in judged(shared):
        expected, manifest, inventory = case(folder)
        if expected.get("valid") is False or "lands_on" not in expected:
            continue
        placement = dslint.place(target(expected, manifest), inventory, kubernetes="1.36")
        assert set(placement.lands) == set(expected["lands_on"]), folder.name
        assert len(placement.desired) == expected.get("desired", len(placement.desired))
        for node, reason in (expected.get("excluded") or {}).items():
            by = {one.predicate for one in placement.refusals if node in one.nodes}
            assert PREDICATES[reason] in by, (folder.name, node)
        played += 1
    assert played == 20


def test_those_that_an_api_server_refuses_are_findings(shared: pathlib.Path) -> None:
    refused = 0
    for folder in judged(shared):
        expected, manifest, _ = case(folder)
        valid = expected.get("valid", True)
        findings = dslint.validity(manifest.decode(), kubernetes="1.36")
        if valid is False:
            assert findings, folder.name
            refused += 1
        elif valid is True:
            assert not findings, folder.name
    assert refused == 3


@pytest.mark.parametrize("name", SAID)
def test_the_report_names_the_cause(name: str, shared: pathlib.Path) -> None:
    node, words = SAID[name]
    expected, manifest, inventory = case(shared / "corpus" / "wild" / name)
    if node:
        refusals = dslint.place(target(expected, manifest), inventory).refusals
        said = [one.because for one in refusals if node in one.nodes]
    else:
        said = [one.what for one in dslint.validity(manifest.decode())]
    assert any(words in one for one in said), said
