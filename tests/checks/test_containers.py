"""Names, images, policies and restart rules of containers."""

import pytest

from dslint import discover, workloads
from dslint.target import Target

CONTAINER = "containers[0]."


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("containers: [{name: a, image: b}]", []),
        ("containers: [{name: a, image: b}, null]", ["DS134 containers[1].image"]),
        ("containers: a", []),
        ("containers: []", ["DS103 containers"]),
        ("containers: [{name: '', image: b}]", ["DS103 containers[0].name"]),
        ("containers: [{name: a.b, image: b}]", ["DS106 containers[0].name"]),
        ("containers: [{name: 1, image: 1}]", []),
        ("containers: [{name: a}]", ["DS134 containers[0].image"]),
        ("containers: [{name: a, image: ''}]", ["DS134 containers[0].image"]),
        ("containers: [{name: a, image: ' b'}]", ["DS134 containers[0].image"]),
        ("containers: [{name: a, image: b, imagePullPolicy: ''}]", []),
        (
            "containers: [{name: a, image: b, imagePullPolicy: always}]",
            ["DS199 containers[0].imagePullPolicy"],
        ),
        (
            "containers: [{name: a, image: b, terminationMessagePolicy: Log}]",
            ["DS199 containers[0].terminationMessagePolicy"],
        ),
        (
            "containers: [{name: a, image: b}, {name: a, image: b}, {name: a, image: b}]",
            ["DS114 containers[1].name", "DS114 containers[2].name"],
        ),
        (
            "{initContainers: [{name: a, image: b}], containers: [{name: a, image: b}]}",
            ["DS114 initContainers[0].name"],
        ),
    ],
)
def test_containers(said, pod, expected):
    assert said("containers", pod) == expected


def test_white_space_around_an_image_passes_in_a_template(said):
    assert said("containers", "containers: [{name: a, image: ' b'}]", kind="DaemonSet") == []


def test_a_stateful_set_is_judged_since_1_34(said):
    pod = "containers: [{name: A, image: b}]"
    assert said("containers", pod, kind="StatefulSet", version="1.33") == []
    assert said("containers", pod, kind="StatefulSet", version="1.34") == [
        "DS106 containers[0].name"
    ]


def test_a_word_in_the_wrong_case_is_repaired():
    pod = {"containers": [{"name": "a", "image": "b", "imagePullPolicy": "always"}]}
    workload = workloads.Workload.from_object({"kind": "Pod", "spec": pod})
    (found,) = discover.module("checks", "containers").complaints(workload, Target("1.36"))
    assert found.edit == (
        {"op": "replace", "path": "/spec/containers/0/imagePullPolicy", "value": "Always"},
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", []),
        ("restartPolicy: Never", []),
        ("restartPolicy: never", ["restartPolicy"]),
        ("restartPolicyRules: [{action: Restart, exitCodes: {operator: In}}]", ["restartPolicy"]),
        (
            (
                "{restartPolicy: Never, restartPolicyRules:"
                " [{action: Stop, exitCodes: {operator: Is}},"
                " {action: Restart}]}"
            ),
            [
                "restartPolicyRules[0].action",
                "restartPolicyRules[0].exitCodes.operator",
                "restartPolicyRules[1].exitCodes",
            ],
        ),
        (
            "{restartPolicy: Never, restartPolicyRules: [{action: RestartAllContainers,"
            " exitCodes: {operator: NotIn, values: [" + "1," * 256 + "]}}]}",
            ["restartPolicyRules[0].exitCodes.values"],
        ),
        (
            "{restartPolicy: Never, restartPolicyRules: ["
            + "{action: Restart, exitCodes: {operator: In}}," * 21
            + "]}",
            ["restartPolicyRules"],
        ),
    ],
)
def test_restart_rules(said, fields, expected):
    pod = f"containers: [{{name: a, {fields.strip('{}')}}}]"
    assert [line.split(CONTAINER)[1] for line in said("restart_rules", pod)] == expected


def test_a_sidecar_has_rules_only_with_the_gate(said):
    pod = (
        "initContainers: [{restartPolicy: Always, restartPolicyRules:"
        " [{action: Restart, exitCodes: {operator: In}}]}]"
    )
    assert said("restart_rules", pod) == []
    assert said("restart_rules", pod, version="1.35") == [
        "DS199 initContainers[0].restartPolicyRules"
    ]


@pytest.mark.parametrize(
    ("field", "version", "expected"),
    [
        ("initContainers", "1.34", []),  # validateInitContainers asks for the policy first
        ("initContainers", "1.36", ["DS199 initContainers[0].restartPolicy"]),
        ("containers", "1.34", ["DS199 containers[0].restartPolicy"]),
    ],
)
def test_rules_without_a_policy(said, field, version, expected):
    pod = f"{field}: [{{restartPolicyRules: [{{action: Restart, exitCodes: {{operator: In}}}}]}}]"
    gates = {"ContainerRestartRules": True}
    assert said("restart_rules", pod, version=version, gates=gates) == expected


@pytest.mark.parametrize(
    ("field", "policy", "version", "count"),
    [
        ("containers", "Always", "1.33", 1),
        ("initContainers", "Always", "1.33", 0),
        ("initContainers", "Never", "1.33", 1),
        ("initContainers", "Never", "1.28", 0),
        ("containers", "1", "1.33", 0),
        # dropContainerRestartRules: where the gate is there and off, both fields are dropped
        ("containers", "Always", "1.34", 0),
        ("initContainers", "Never", "1.34", 0),
    ],
)
def test_before_there_were_rules(said, field, policy, version, count):
    pod = f"{field}: [{{restartPolicy: {policy}}}]"
    assert len(said("restart_rules", pod, version=version)) == count


@pytest.mark.parametrize("kind", ["Pod", "Deployment"])
def test_ephemeral_containers_are_refused_as_such(said, kind):
    pod = "{containers: [], ephemeralContainers: [{name: ''}]}"
    assert said("ephemeral_containers", pod, kind=kind) == ["DS199 ephemeralContainers"]
    assert said("ephemeral_containers", "ephemeralContainers: []", kind=kind) == []
