"""Annotations that Kubernetes reads and refuses."""

import pytest

COST = "controller.kubernetes.io/pod-deletion-cost"
MIRROR = "kubernetes.io/config.mirror"
GENERATION = "deprecated.daemonset.template.generation"
ROLLBACK = "deprecated.deployment.rollback.to"
OLD = "scheduler.alpha.kubernetes.io/tolerations"


@pytest.mark.parametrize(
    ("cost", "fine"),
    [
        ("0", True),
        ("-5", True),
        ("2147483647", True),
        ("2147483648", False),
        ("+5", False),
        ("05", False),
        ("", False),
        ("x", False),
        ("9" * 5_000, False),
    ],
)
def test_deletion_cost(refused, cost, fine):
    text = f"{{kind: Pod, metadata: {{annotations: {{{COST}: '{cost}'}}}}}}"
    expected = [] if fine else [f"DS199 metadata.annotations[{COST}]"]
    assert refused("pod_annotations", text) == expected


def test_deletion_cost_without_its_gate(refused):
    text = f"{{kind: Pod, metadata: {{annotations: {{{COST}: x}}}}}}"
    assert refused("pod_annotations", text, gates={"PodDeletionCost": False}) == []


def test_template(refused):
    metadata = f"{{annotations: {{{COST}: x}}}}"
    text = f"{{kind: DaemonSet, spec: {{template: {{metadata: {metadata}}}}}}}"
    assert refused("pod_annotations", text) == [f"DS199 spec.template.annotations[{COST}]"]


def test_mirror_pod(refused):
    text = f"{{kind: Pod, metadata: {{annotations: {{{MIRROR}: ''}}}}, spec: {{%s}}}}"
    assert refused("pod_annotations", text % "") == [f"DS199 metadata.annotations[{MIRROR}]"]
    assert refused("pod_annotations", text % "nodeName: n") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('[{"Key": "a", "operator": "Exists"}]', []),
        ("null", []),
        ("", []),
        ("[", ["DS199 metadata.annotations"]),
        ("[1]", ["DS199 metadata.annotations"]),
        ("{}", ["DS199 metadata.annotations"]),
        ('[{"other": NaN}]', ["DS199 metadata.annotations"]),
        (
            '[{"key": "a", "tolerationSeconds": 9223372036854775808}]',
            ["DS199 metadata.annotations"],
        ),
        ('[{"key": "a", "tolerationSeconds": true}]', ["DS199 metadata.annotations"]),
        ('[{"OPERATOR": "x"}]', [f"DS203 metadata.annotations.{OLD}[0].operator"] * 2),
    ],
)
def test_tolerations_of_old(refused, value, expected):
    text = f"{{kind: Pod, metadata: {{annotations: {{{OLD}: '{value}'}}}}}}"
    found = refused("pod_annotations", text)
    assert [one.replace("DS201", "DS203") for one in found] == expected


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("DaemonSet", GENERATION),
        ("Deployment", ROLLBACK),
    ],
)
def test_fields_that_became_annotations(refused, kind, key):
    text = f"{{kind: {kind}, metadata: {{annotations: {{{key}: '%s'}}}}}}"
    assert refused("pod_annotations", text % "1") == []
    assert refused("pod_annotations", text % "x") == [f"DS199 metadata.annotations[{key}]"]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("Deployment", "''", []),
        ("Deployment", "null", []),
        ("Deployment", "'0'", []),
        ("Deployment", "'-1'", ["DS199 spec.rollback.version"]),
        ("Deployment", "'9223372036854775808'", [f"DS199 metadata.annotations[{ROLLBACK}]"]),
        ("DaemonSet", "''", [f"DS199 metadata.annotations[{GENERATION}]"]),
        ("DaemonSet", "null", [f"DS199 metadata.annotations[{GENERATION}]"]),
        ("DaemonSet", "'-1'", []),
        ("ReplicaSet", "x", []),
    ],
)
def test_numbers_in_them(refused, kind, value, expected):
    """As Convert_v1_Deployment_To_apps_Deployment and its like for a DaemonSet read them."""
    key = GENERATION if kind == "DaemonSet" else ROLLBACK
    text = f"{{kind: {kind}, metadata: {{annotations: {{{key}: {value}}}}}}}"
    assert refused("pod_annotations", text) == expected


def test_a_key_that_is_empty_is_no_number(refused):
    assert refused("pod_annotations", "{kind: Job, metadata: {annotations: {'': a}}}") == []
