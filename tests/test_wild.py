"""Bug reports from the field: each raises the finding that names its cause."""

import pytest

from dslint import inventory, linter, rulebook, source, target

# The case's folder, and the rule whose finding says what was wrong.
CAUSES = {
    "02-master-toleration-after-rename": "DS211",
    "05-matchfields-two-values": "DS302",
    "06-affinity-indentation": "DS101",
    "07-terms-are-ored-notin": "DS324",
    "11-nodeselector-bool": "DS004",
    "15-catchall-onto-fargate": "DS404",
    "16-keyless-noschedule-onto-fargate": "DS404",
    "21-gpu-operator-one-without-tolerations": "DS401",
    "22-two-taints-one-tolerated": "DS401",
    "27-toleration-key-without-operator": "DS218",
    "35-controlplane-spelling": "DS326",
    "36-affinity-in-true-vs-empty": "DS317",
    "38-label-on-all-master-tainted": "DS402",
    "39-control-plane-pool-daemon": "DS401",
    "41-ccm-cni-deadlock": "DS401",
    "44-os-label-on-pod-not-selector": "DS325",
    "45-nodeselector-at-wrong-level": "DS321",
    "48-windows-subchart-without-toleration": "DS401",
    "49-required-affinity-with-preference-list": "DS102",
}
# What each finding has to name, where the id alone does not say it.
NAMED = {
    "06-affinity-indentation": "nodeSelectorTerms",
    "07-terms-are-ored-notin": "terms are ORed",
    "21-gpu-operator-one-without-tolerations": "nvidia.com/gpu=present:NoSchedule",
    "22-two-taints-one-tolerated": "dedicated=gpu-g4dn:NoSchedule",
    "35-controlplane-spelling": "did you mean node-role.kubernetes.io/control-plane",
    "36-affinity-in-true-vs-empty": 'the nodes have it with ""',
    "38-label-on-all-master-tainted": "node-role.kubernetes.io/master:NoSchedule",
    "39-control-plane-pool-daemon": "node-role.kubernetes.io/control-plane:NoSchedule",
    "41-ccm-cni-deadlock": "node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule",
    "44-os-label-on-pod-not-selector": "beta.kubernetes.io/os selects no node",
    "48-windows-subchart-without-toleration": "os=windows:NoSchedule",
}
# Host ports are not judged yet; in the others the manifest does what it says.
SILENT = frozenset({"08", "10", "17", "24", "51", "52"})


@pytest.fixture(scope="module")
def wild(shared):
    return shared / "corpus" / "wild"


@pytest.mark.parametrize("case", CAUSES)
def test_case_raises_the_finding_that_names_its_cause(wild, case):
    text = (wild / case / "manifest.yaml").read_bytes()
    nodes = inventory.Inventory.load(wild / case / "nodes.yaml")
    found = linter.judge(source.read(text, "x.yaml"), rulebook.load(), target.of("1.37"), nodes)
    causes = [finding.what for finding in found if finding.rule == CAUSES[case]]
    assert any(NAMED.get(case, "") in what for what in causes), (causes, found)


def test_every_case_is_told(wild):
    cases = {case.name for case in wild.iterdir() if case.is_dir()}
    assert {case for case in cases if case[:2] not in SILENT} == set(CAUSES)
