"""Environment variables and where their values come from."""

import pytest

ENV = "containers[0].env[0]."


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("{name: A, value: b}", []),
        ("{name: a.b-c d, value: b}", []),
        ("{name: 1}", []),
        ("{name: '', value: b}", ["name"]),
        ("{name: A=B, value: b}", ["name"]),
        ("{name: A, valueFrom: null}", []),
        ("{name: A, valueFrom: {}}", ["valueFrom"]),
        ("{name: A, valueFrom: {fieldRef: null}}", ["valueFrom"]),
        ("{name: A, valueFrom: {fieldRef: x}}", []),
        ("{name: A, value: b, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}", ["valueFrom"]),
        ("{name: A, value: '', valueFrom: {fieldRef: {fieldPath: spec.host}}}", []),
        (
            (
                "{name: A, valueFrom: {fieldRef: {fieldPath: spec.nodeName},"
                " secretKeyRef: {name: s,"
                " key: k}}}"
            ),
            ["valueFrom"],
        ),
        ("{name: A, valueFrom: {secretKeyRef: {key: k}}}", ["valueFrom.secretKeyRef.name"]),
        ("{name: A, valueFrom: {secretKeyRef: {name: 1, key: 1}}}", []),
        (
            "{name: A, valueFrom: {configMapKeyRef: {name: A, key: a b}}}",
            ["valueFrom.configMapKeyRef.name", "valueFrom.configMapKeyRef.key"],
        ),
    ],
)
def test_env(said, variable, expected):
    found = said("env", f"containers: [{{env: [{variable}]}}]")
    assert found == [f"DS124 {ENV}{path}" for path in expected]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("{fieldPath: status.podIP}", None),
        ("{fieldPath: status.hostIPs}", None),
        ("{fieldPath: \"metadata.labels['a/b']\"}", None),
        ("{fieldPath: \"metadata.annotations['A/B']\"}", None),
        ("{fieldPath: \"metadata.labels['a/b/c']\"}", ""),
        ("{fieldPath: \"metadata.annotations['a/b/c']\"}", ""),
        ("{fieldPath: \"metadata.name['a']\"}", ".fieldPath"),
        ("{fieldPath: metadata.labels}", ".fieldPath"),
        ("{fieldPath: ''}", ".fieldPath"),
        ("{fieldPath: 1}", None),
        ("{fieldPath: spec.hostname}", ".fieldPath"),
        ("{apiVersion: v2, fieldPath: spec.nodeName}", ".fieldPath"),
        ("{apiVersion: '', fieldPath: spec.nodeName}", None),
    ],
)
def test_field_references(said, reference, expected):
    pod = f"containers: [{{env: [{{name: A, valueFrom: {{fieldRef: {reference}}}}}]}}]"
    path = f"DS124 {ENV}valueFrom.fieldRef"
    assert said("env", pod) == ([] if expected is None else [path + expected])


def test_host_ips_are_new_in_1_29(said):
    pod = "containers: [{env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}]}]"
    assert len(said("env", pod, version="1.28")) == 1


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("{resource: limits.cpu}", None),
        ("{resource: limits.hugepages-2Mi, divisor: 1Mi}", None),
        # validateContainerResourceDivisor: any name behind hugepages-, and none of it is the cpu
        ("{resource: limits.hugepages-2.cpu, divisor: 1Mi}", None),
        ("{resource: limits.hugepages-2.cpu, divisor: 1m}", "divisor"),
        ("{resource: requests.memory, divisor: 1024Ki}", None),
        ("{resource: requests.memory, divisor: '0'}", None),
        ("{resource: requests.memory, divisor: x}", None),
        ("{resource: limits.cpu, divisor: 1000m}", None),
        ("{resource: limits.cpu, divisor: 10m}", "divisor"),
        ("{resource: limits.cpu, divisor: '+1'}", "divisor"),
        ("{resource: requests.memory, divisor: '01'}", "divisor"),
        ("{resource: requests.ephemeral-storage, divisor: 3}", "divisor"),
        ("{resource: ''}", "resource"),
        ("{resource: 1}", None),
        ("{resource: limits.gpu}", "resource"),
    ],
)
def test_resource_references(said, reference, expected):
    pod = f"containers: [{{env: [{{name: A, valueFrom: {{resourceFieldRef: {reference}}}}}]}}]"
    path = f"DS124 {ENV}valueFrom.resourceFieldRef.{expected}"
    assert said("env", pod) == ([path] if expected else [])


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("{volumeName: v, path: a, key: K}", []),
        ("{volumeName: none, path: a, key: K}", ["volumeName"]),
        ("{volumeName: host, path: a, key: K}", ["volumeName"]),
        ("{}", ["key", "volumeName", "path"]),
        ("{volumeName: v, path: ../a, key: A=B}", ["key", "path"]),
        ("{volumeName: 1, path: 1, key: 1}", []),
    ],
)
def test_file_references(said, reference, expected):
    pod = (
        f"{{containers: [{{env: [{{name: A, valueFrom: {{fileKeyRef: {reference}}}}}]}}],"
        " volumes: [{name: v}, {name: host, hostPath: {path: /a}}]}"
    )
    found = said("env", pod)
    assert found == [f"DS124 {ENV}valueFrom.fileKeyRef.{path}" for path in expected]


def test_a_file_is_no_source_without_its_gate(said):
    pod = "containers: [{env: [{name: A, valueFrom: {fileKeyRef: {volumeName: v}}}]}]"
    assert said("env", pod, version="1.34") == [f"DS124 {ENV}valueFrom"]


def test_a_key_in_a_file_is_never_judged_as_names_were(said):
    # validateFileKeySelector asks for a relaxed name whatever the gate of names says
    pod = (
        "{containers: [{env: [{name: A, valueFrom: {fileKeyRef:"
        " {volumeName: v, path: a, key: a b}}}]}], volumes: [{name: v, hostPath: {path: /a}},"
        " {name: v}]}"
    )
    assert said("env", pod, gates={"RelaxedEnvironmentVariableValidation": False}) == []


def test_a_claim_takes_the_place_of_a_volume_of_its_name(said):
    # ValidateStatefulSetSpec: volumesToAddForTemplates come before the pod's own
    reference = "{fileKeyRef: {volumeName: v, path: a, key: K}}"
    pod = (
        f"{{containers: [{{env: [{{name: A, valueFrom: {reference}}}]}}], volumes: [{{name: v}}]}}"
    )
    claims = {"volumeClaimTemplates": [{"metadata": {"name": "v"}}]}
    assert said("env", pod, kind="StatefulSet") == []
    assert said("env", pod, kind="StatefulSet", **claims) == [
        f"DS124 {ENV}valueFrom.fileKeyRef.volumeName"
    ]


def test_names_were_stricter_before_1_32(said):
    pod = "containers: [{env: [{name: a b}], envFrom: [{prefix: 1a, secretRef: {name: s}}]}]"
    assert said("env", pod) == []
    assert said("env", pod, version="1.31") == [
        f"DS124 {ENV}name",
        "DS124 containers[0].envFrom[0].prefix",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{configMapRef: {name: a}}", []),
        ("{secretRef: {name: a-}}", []),
        ("{secretRef: {name: 1}}", []),
        ("{secretRef: {}}", ["[0].secretRef.name"]),
        ("{secretRef: {name: A}}", ["[0].secretRef.name"]),
        ("{}", [""]),
        ("{secretRef: {name: a}, configMapRef: {name: a}}", [""]),
    ],
)
def test_env_from(said, source, expected):
    found = said("env", f"containers: [{{envFrom: [{source}]}}]")
    assert found == [f"DS124 containers[0].envFrom{path}" for path in expected]
