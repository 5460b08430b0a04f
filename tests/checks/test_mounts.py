"""Volume mounts and volume devices."""

import pytest

VOLUMES = (
    "volumes: [{name: v, emptyDir: {}}, {name: w}, {name: claim, persistentVolumeClaim:"
    " {claimName: c}}, {name: own, ephemeral: {}}]"
)


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        ("[{name: v, mountPath: /a}, {name: v, mountPath: /b}, {name: w, mountPath: c}]", []),
        ("[{name: 1, mountPath: 1}]", []),
        ("[{name: x, mountPath: /a}]", ["DS116 volumeMounts[0].name"]),
        ("[{name: '', mountPath: /a}]", ["DS116 volumeMounts[0].name"]),
        ("[{name: v, mountPath: ''}]", ["DS103 volumeMounts[0].mountPath"]),
        (
            "[{name: v, mountPath: /a}, {name: w, mountPath: /a}]",
            ["DS117 volumeMounts[1].mountPath"],
        ),
        ("[{name: v, mountPath: /a, subPath: a/b}]", []),
        ("[{name: v, mountPath: /a, subPath: /a}]", ["DS199 volumeMounts.subPath"]),
        ("[{name: v, mountPath: /a, subPath: a/../b}]", ["DS199 volumeMounts.subPath"]),
        ("[{name: v, mountPath: /a, subPathExpr: ../a}]", ["DS199 volumeMounts.subPathExpr"]),
        (
            "[{name: v, mountPath: /a, subPath: a, subPathExpr: a}]",
            ["DS199 volumeMounts[0].subPathExpr"],
        ),
        ("[{name: v, mountPath: /a, mountPropagation: HostToContainer}]", []),
        (
            "[{name: v, mountPath: /a, mountPropagation: ''}]",
            ["DS199 volumeMounts.mountPropagation"],
        ),
        (
            "[{name: v, mountPath: /a, mountPropagation: Bidirectional}]",
            ["DS131 volumeMounts.mountPropagation"],
        ),
        ("[{name: v, mountPath: /a, recursiveReadOnly: Disabled}]", []),
        ("[{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: Enabled}]", []),
        (
            (
                "[{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: Enabled,"
                " mountPropagation: None}]"
            ),
            [],
        ),
        (
            (
                "[{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: IfPossible,"
                " mountPropagation: HostToContainer}]"
            ),
            ["DS199 volumeMounts.recursiveReadOnly"],
        ),
        (
            "[{name: v, mountPath: /a, recursiveReadOnly: Enabled}]",
            ["DS199 volumeMounts.recursiveReadOnly"],
        ),
        (
            "[{name: v, mountPath: /a, readOnly: true, recursiveReadOnly: enabled}]",
            ["DS199 volumeMounts.recursiveReadOnly"],
        ),
    ],
)
def test_mounts(said, mounts, expected):
    found = said("mounts", f"{{containers: [{{volumeMounts: {mounts}}}], {VOLUMES}}}")
    assert [line.replace("containers[0].", "") for line in found] == expected


def test_a_privileged_container_may_propagate(said):
    pod = (
        "{containers: [{securityContext: {privileged: true}, volumeMounts:"
        " [{name: v, mountPath: /a, mountPropagation: Bidirectional}]}], volumes: [{name: v}]}"
    )
    assert said("mounts", pod) == []


def test_recursive_read_only_is_dropped_without_its_gate(said):
    pod = "{containers: [{volumeMounts: [{name: v, mountPath: /a, recursiveReadOnly: x}]}],"
    assert said("mounts", f"{pod} volumes: [{{name: v}}]}}", version="1.30") == []


def test_a_claim_template_is_a_volume(said):
    pod = "containers: [{volumeMounts: [{name: data, mountPath: /a}]}]"
    claims = {"volumeClaimTemplates": [{"metadata": {"name": "data"}}]}
    assert said("mounts", pod, kind="StatefulSet", **claims) == []
    assert said("mounts", pod, kind="Deployment", **claims) == [
        "DS116 containers[0].volumeMounts[0].name"
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("volumeDevices: [{name: claim, devicePath: /a}, {name: own, devicePath: /b}]", []),
        ("volumeDevices: [{name: 1, devicePath: 1}]", []),
        ("volumeDevices: [{name: none, devicePath: /a}]", ["DS116 volumeDevices[0].name"]),
        ("volumeDevices: [{name: v, devicePath: /a}]", ["DS199 volumeDevices[0].name"]),
        (
            "volumeDevices: [{name: claim, devicePath: /a}, {name: claim, devicePath: /b}]",
            ["DS199 volumeDevices[1].name"],
        ),
        (
            "volumeDevices: [{name: claim, devicePath: /a}, {name: own, devicePath: /a}]",
            ["DS117 volumeDevices[1].devicePath"],
        ),
        (
            (
                "{volumeDevices: [{name: claim, devicePath: /a}],"
                " volumeMounts: [{name: claim, mountPath: /b}]}"
            ),
            ["DS199 volumeDevices[0].name"],
        ),
        (
            (
                "{volumeDevices: [{name: claim, devicePath: /a}],"
                " volumeMounts: [{name: v, mountPath: /a}]}"
            ),
            ["DS117 volumeDevices[0].devicePath"],
        ),
        (
            (
                "{volumeDevices: [{name: claim, devicePath: /a}],"
                " volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]}"
            ),
            ["DS117 volumeMounts[0].mountPath"],  # GetVolumeMountMap keeps the last of a name
        ),
        ("volumeDevices: [{name: own, devicePath: ''}]", ["DS103 volumeDevices[0].devicePath"]),
        ("volumeDevices: [{name: own, devicePath: ../a}]", ["DS199 volumeDevices[0].devicePath"]),
    ],
)
def test_devices(said, fields, expected):
    found = said("devices", f"{{containers: [{{{fields.strip('{}')}}}], {VOLUMES}}}")
    assert [line.replace("containers[0].", "") for line in found] == expected
