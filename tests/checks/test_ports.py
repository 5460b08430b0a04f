"""Ports of containers."""

import pytest

ONE = "containers[0].ports[0]."


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ("[{containerPort: 80}, {containerPort: 81, hostPort: 0}]", []),
        ("[{containerPort: 0}]", ["DS120 containers[0].ports[0].containerPort"]),
        ("[{containerPort: 65536}]", ["DS120 containers[0].ports[0].containerPort"]),
        ("[{containerPort: x}, null, {containerPort: true}]", []),
        ("[{containerPort: 80, hostPort: -1}]", ["DS120 containers[0].ports[0].hostPort"]),
        ("[{containerPort: 80, protocol: tcp}]", ["DS120 containers[0].ports[0].protocol"]),
        ("[{containerPort: 80, protocol: ''}]", []),
        ("[{containerPort: 80, name: HTTP}]", ["DS120 containers[0].ports[0].name"]),
        (
            "[{containerPort: 80, name: x}, {containerPort: 81, name: x}]",
            ["DS120 containers[0].ports[1].name"],
        ),
        (
            "[{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]",
            ["DS121 containers[0].ports[1].hostPort"],
        ),
        (
            (
                "[{containerPort: 80, hostPort: 80},"
                " {containerPort: 80, hostPort: 80, protocol: UDP},"
                " {containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}]"
            ),
            [],
        ),
    ],
)
def test_ports(said, ports, expected):
    assert said("ports", f"containers: [{{name: a, ports: {ports}}}]") == expected


def test_host_ports_are_compared_across_containers(said):
    pod = (
        "containers: [{ports: [{containerPort: 1, hostPort: 9, hostIP: 10.0.0.1}]},"
        " {ports: [{containerPort: 2, hostPort: 9, hostIP: 10.0.0.1}]}]"
    )
    assert said("ports", pod) == ["DS121 containers[1].ports[0].hostPort"]


def test_init_containers_are_compared_with_themselves_alone(said):
    one = "{ports: [{containerPort: 1, hostPort: 9}]}"
    two = "{ports: [{containerPort: 1, hostPort: 9}, {containerPort: 2, hostPort: 9}]}"
    pod = f"{{initContainers: [{one}, {two}], containers: [{one}]}}"
    assert said("ports", pod) == ["DS121 initContainers[0].ports[1].hostPort"]


@pytest.mark.parametrize(
    ("kind", "version", "expected"),
    [
        ("Pod", "1.36", ["DS121 containers[1].ports[0].hostPort"]),
        ("DaemonSet", "1.36", []),
        ("DaemonSet", "1.27", ["DS121 containers[1].ports[0].hostPort"]),
    ],
)
def test_host_network_gives_host_ports(said, kind, version, expected):
    one = "{ports: [{containerPort: 80}]}"
    pod = f"{{hostNetwork: true, containers: [{one}, {one}]}}"
    assert said("ports", pod, kind=kind, version=version) == expected


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        ("{containerPort: 80}", []),
        ("{containerPort: 80, hostPort: 80}", []),
        ("{containerPort: 80, hostPort: 81}", ["DS122 containers[0].ports[0].hostPort"]),
    ],
)
def test_host_network_wants_equal_ports(said, port, expected):
    pod = f"{{hostNetwork: true, containers: [{{ports: [{port}]}}]}}"
    assert said("ports", pod, kind="DaemonSet") == expected
