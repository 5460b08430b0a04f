"""Quantities that cannot be read, wherever they stand."""

import pytest

CLAIM = "{spec: {resources: {requests: {storage: x}}}}"


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}, {name: b, emptyDir: null}]", []),
        ("volumes: [{name: a, emptyDir: {sizeLimit: x}}]", ["volumes[0].emptyDir.sizeLimit"]),
        ("volumes: [{name: a, emptyDir: {sizeLimit: ''}}]", ["volumes[0].emptyDir.sizeLimit"]),
        (
            "volumes: [{name: a, downwardAPI: {items: [{resourceFieldRef: {divisor: 1z}}]}}]",
            ["volumes[0].downwardAPI.items[0].resourceFieldRef.divisor"],
        ),
        (
            (
                "volumes: [{name: a, projected: {sources: [{}, {downwardAPI:"
                " {items: [{resourceFieldRef: {divisor: 1z}}]}}]}}]"
            ),
            ["volumes[0].projected.sources[1].downwardAPI.items[0].resourceFieldRef.divisor"],
        ),
        (
            f"volumes: [{{name: a, ephemeral: {{volumeClaimTemplate: {CLAIM}}}}}]",
            ["volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]"],
        ),
        (
            "containers: [{env: [{name: A}, {valueFrom: {resourceFieldRef: {divisor: 1z}}}]}]",
            ["containers[0].env[1].valueFrom.resourceFieldRef.divisor"],
        ),
        (
            "ephemeralContainers: [{resources: {limits: {cpu: x}}}]",
            ["ephemeralContainers[0].resources.limits[cpu]"],
        ),
        ("{containers: [{resources: {limits: {cpu: x}}}], overhead: {cpu: x}}", []),
        ("resources: {limits: {cpu: x}}", []),
        (
            "{os: {name: windows}, resources: {requests: {cpu: x, memory: 1}}}",
            ["resources.requests[cpu]"],
        ),
    ],
)
def test_quantities(said, pod, expected):
    assert said("quantities", pod) == [f"DS109 {path}" for path in expected]


def test_of_resources_that_no_gate_lets_through(said):
    pod = "resources: {limits: {cpu: x}}"
    assert said("quantities", pod, version="1.33") == ["DS109 resources.limits[cpu]"]


def test_of_a_stateful_set_whose_pods_are_not_validated(said):
    pod = "{containers: [{resources: {requests: {cpu: x}}}], overhead: {cpu: x}}"
    assert said("quantities", pod, kind="StatefulSet", version="1.33") == [
        "DS109 containers[0].resources.requests[cpu]",
        "DS109 overhead[cpu]",
    ]
    assert said("quantities", pod, kind="StatefulSet", version="1.34") == []


def test_of_claim_templates_in_any_version(said):
    claims = [{"spec": {"resources": {"limits": {"storage": "x"}}}}]
    found = said(
        "quantities", "{}", kind="StatefulSet", version="1.25", volumeClaimTemplates=claims
    )
    assert found == ["DS109 spec.volumeClaimTemplates[0].spec.resources.limits[storage]"]
