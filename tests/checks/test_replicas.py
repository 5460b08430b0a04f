"""Counts and words of controllers that the API server refuses."""

import pytest


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("Deployment", "{replicas: 0}", []),
        ("Deployment", "{replicas: -1}", ["DS199 spec.replicas"]),
        ("Deployment", "{replicas: x}", []),
        ("Deployment", "{revisionHistoryLimit: -1}", ["DS199 spec.revisionHistoryLimit"]),
        ("Deployment", "{progressDeadlineSeconds: 0}", ["DS199 spec.progressDeadlineSeconds"]),
        ("Deployment", "{minReadySeconds: 600}", ["DS199 spec.progressDeadlineSeconds"]),
        ("Deployment", "{minReadySeconds: 60, progressDeadlineSeconds: 61}", []),
        ("DaemonSet", "{minReadySeconds: -1}", ["DS199 spec.minReadySeconds"]),
        ("DaemonSet", "{replicas: -1}", []),
        ("ReplicaSet", "{replicas: -1}", ["DS199 spec.replicas"]),
        ("ReplicationController", "{minReadySeconds: -1}", ["DS199 spec.minReadySeconds"]),
        ("StatefulSet", "{podManagementPolicy: Parallel, serviceName: a}", []),
        ("StatefulSet", "{revisionHistoryLimit: -1}", []),
        ("StatefulSet", "{podManagementPolicy: parallel}", ["DS199 spec.podManagementPolicy"]),
        ("StatefulSet", "{ordinals: {start: -1}}", ["DS199 spec.ordinals.start"]),
        ("StatefulSet", "{serviceName: a.b}", ["DS106 spec.serviceName"]),
        (
            "StatefulSet",
            "{persistentVolumeClaimRetentionPolicy: {whenDeleted: Keep, whenScaled: Delete}}",
            ["DS199 spec.persistentVolumeClaimRetentionPolicy.whenDeleted"],
        ),
        ("Pod", "{replicas: -1}", []),
    ],
)
def test_spec(refused, kind, spec, expected):
    assert refused("replicas", f"{{kind: {kind}, spec: {spec}}}") == expected


def test_old_versions(refused):
    spec = (
        "{serviceName: a.b, ordinals: {start: -1},"
        " persistentVolumeClaimRetentionPolicy: {whenScaled: x}}"
    )
    assert refused("replicas", f"{{kind: StatefulSet, spec: {spec}}}", "1.26") == []
