"""Claims of ephemeral volumes and of a StatefulSet's templates."""

import pytest

from dslint import discover, workloads
from dslint.target import Target

RIGHT = "accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}"
SPECS = [
    (f"{{{RIGHT}}}", []),
    ("{}", ["accessModes", "resources[storage]"]),
    (
        "{accessModes: [], resources: {requests: {storage: 0}}}",
        ["accessModes", "resources[storage]"],
    ),
    ("{accessModes: x, resources: {requests: {storage: x}}}", []),
    ("{accessModes: [Once], resources: {requests: {storage: 1}}}", ["accessModes"]),
    (
        "{accessModes: [ReadWriteOncePod, ReadOnlyMany], resources: {requests: {storage: 1}}}",
        ["accessModes"],
    ),
    ("{accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1}}}", []),
    (f"{{{RIGHT}, storageClassName: A}}", ["storageClassName"]),
    (f"{{{RIGHT}, storageClassName: ''}}", []),
    (f"{{{RIGHT}, volumeAttributesClassName: A}}", ["volumeAttributesClassName"]),
    (f"{{{RIGHT}, volumeMode: block}}", ["volumeMode"]),
    (
        f"{{{RIGHT}, selector: {{matchExpressions: [{{key: a, operator: Is}}]}}}}",
        ["selector.matchExpressions[0].operator"],
    ),
    (f"{{{RIGHT}, dataSource: {{kind: PersistentVolumeClaim, name: a}}}}", []),
    (f"{{{RIGHT}, dataSource: {{kind: VolumeSnapshot, name: a}}}}", ["dataSource"]),
    (
        f"{{{RIGHT}, dataSourceRef: {{apiGroup: A, kind: X, name: a, namespace: B}}}}",
        ["dataSourceRef.apiGroup", "dataSourceRef.namespace"],
    ),
    (
        f"{{{RIGHT}, dataSource: {{apiGroup: a, kind: '', name: ''}}}}",
        ["dataSource.name", "dataSource.kind"],
    ),
    (
        f"{{{RIGHT}, dataSource: {{}}}}",
        ["dataSource.name", "dataSource.kind", "dataSource"],
    ),
    (
        (
            f"{{{RIGHT}, dataSource: {{apiGroup: a, kind: X, name: a}},"
            " dataSourceRef: {apiGroup: a, kind: X, name: a}}"
        ),
        [],
    ),
    (
        (
            f"{{{RIGHT}, dataSource: {{apiGroup: a, kind: X, name: a}},"
            " dataSourceRef: {apiGroup: a, kind: X, name: b}}"
        ),
        [""],
    ),
    (
        (
            f"{{{RIGHT}, dataSource: {{apiGroup: a, kind: X, name: a}},"
            " dataSourceRef: {apiGroup: a, kind: X, name: a, namespace: n}}"
        ),
        [""],
    ),
]


@pytest.mark.parametrize(("spec", "expected"), SPECS, ids=[row[0][-60:] for row in SPECS])
def test_claims(said, spec, expected):
    pod = f"volumes: [{{name: v, ephemeral: {{volumeClaimTemplate: {{spec: {spec}}}}}}}]"
    path = "DS199 volumes[0].ephemeral.volumeClaimTemplate.spec"
    assert said("ephemeral_volumes", pod) == [f"{path}.{end}".rstrip(".") for end in expected]


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("{labels: {a: b}, annotations: {a/B: c}, creationTimestamp: null, name: ''}", []),
        ("{name: a, finalizers: [a]}", ["DS199 name", "DS199 finalizers"]),
        ("{labels: {a b: c}}", ["DS107 labels"]),
        ("{annotations: {a b: c}}", ["DS108 annotations"]),
        # ValidateAnnotationsSize
        ("{annotations: {a: " + "x" * (256 * 1024 - 1) + "}}", []),
        ("{annotations: {a: " + "x" * (256 * 1024) + "}}", ["DS108 annotations"]),
        ("{annotations: {a: " + "é" * (128 * 1024) + ", b: null}}", ["DS108 annotations"]),
    ],
)
def test_metadata_of_a_claim_template(said, metadata, expected):
    template = f"{{metadata: {metadata}, spec: {{{RIGHT}}}}}"
    pod = f"volumes: [{{name: v, ephemeral: {{volumeClaimTemplate: {template}}}}}]"
    found = said("ephemeral_volumes", pod, kind="DaemonSet")
    path = "volumes[0].ephemeral.volumeClaimTemplate.metadata."
    assert [line.replace(path, "") for line in found] == expected


OWN = f"ephemeral: {{volumeClaimTemplate: {{spec: {{{RIGHT}}}}}}}"


@pytest.mark.parametrize(
    ("kind", "claim", "count"), [("Pod", "a-v", 1), ("Pod", "a-w", 0), ("DaemonSet", "a-v", 0)]
)
def test_the_claim_of_an_ephemeral_volume_is_its_own(said, kind, claim, count):
    other = f"{{name: w, persistentVolumeClaim: {{claimName: {claim}}}}}"
    found = said("ephemeral_volumes", f"volumes: [{{name: v, {OWN}}}, {other}]", kind=kind)
    assert found == ["DS199 volumes[1].persistentVolumeClaim.claimName"] * count


def test_a_claim_has_a_name_that_can_be(said):
    pod = {"volumes": [{"name": "v", "ephemeral": {"volumeClaimTemplate": {"spec": {}}}}]}
    manifest = {"kind": "Pod", "metadata": {"name": "a" * 253}, "spec": pod}
    workload = workloads.Workload.from_object(manifest)
    found = discover.module("checks", "ephemeral_volumes").complaints(workload, Target("1.36"))
    assert ("spec", "volumes", 0, "name") in [each.path for each in found]


@pytest.mark.parametrize(
    ("kind", "version", "count"),
    [("StatefulSet", "1.36", 1), ("StatefulSet", "1.33", 0), ("Deployment", "1.36", 0)],
)
def test_claim_templates(said, kind, version, count):
    spec = {"accessModes": ["ReadWriteOnce"]}
    claims = [{"metadata": {"name": "a"}, "spec": spec}]
    found = said("claim_templates", "{}", kind=kind, version=version, volumeClaimTemplates=claims)
    assert found == ["DS199 spec.volumeClaimTemplates[0].spec.resources[storage]"] * count
