"""Probes and lifecycle hooks."""

import pytest

TCP = "tcpSocket: {port: 80}"


@pytest.mark.parametrize(
    ("probe", "expected"),
    [
        ("{exec: {command: [a]}}", []),
        ("{grpc: {port: 80}}", []),
        ("{httpGet: {port: http, scheme: HTTPS, httpHeaders: [{name: X-A, value: b}]}}", []),
        ("x", []),
        ("{}", [""]),
        ("{periodSeconds: 5}", [""]),
        ("{exec: {}}", [".exec.command"]),
        ("{exec: {command: []}}", [".exec.command"]),
        ("{exec: x}", []),
        ("{tcpSocket: {port: 0}}", [".tcpSocket.port"]),
        ("{tcpSocket: {port: 65536}}", [".tcpSocket.port"]),
        ("{tcpSocket: {port: -bad-}}", [".tcpSocket.port"]),
        ("{tcpSocket: {port: '80'}}", [".tcpSocket.port"]),
        ("{grpc: {port: 70000}}", [".grpc.port"]),
        ("{httpGet: {port: 80, scheme: https}}", [".httpGet.scheme"]),
        ("{httpGet: {port: 80, scheme: ''}}", []),
        ("{httpGet: {port: 80, httpHeaders: [{name: a b}, {}]}}", [".httpGet.httpHeaders"] * 2),
        ("{httpGet: {port: 80}, tcpSocket: {port: 0}}", [".tcpSocket"]),
        (
            f"{{{TCP}, periodSeconds: -1, timeoutSeconds: -2}}",
            [".timeoutSeconds", ".periodSeconds"],
        ),
        (f"{{{TCP}, periodSeconds: x, failureThreshold: 0}}", []),
    ],
)
def test_probes(said, probe, expected):
    found = said("probes", f"containers: [{{livenessProbe: {probe}}}]")
    assert found == [f"DS123 containers[0].livenessProbe{path}" for path in expected]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("livenessProbe", "successThreshold: 2", "successThreshold"),
        ("startupProbe", "successThreshold: 2", "successThreshold"),
        ("readinessProbe", "successThreshold: 2", None),
        ("livenessProbe", "successThreshold: 0", None),
        ("livenessProbe", "successThreshold: -1", "successThreshold"),
        ("livenessProbe", "terminationGracePeriodSeconds: 1", None),
        ("startupProbe", "terminationGracePeriodSeconds: 0", "terminationGracePeriodSeconds"),
        ("readinessProbe", "terminationGracePeriodSeconds: 1", "terminationGracePeriodSeconds"),
    ],
)
def test_what_each_probe_may_say(said, kind, fields, expected):
    found = said("probes", f"containers: [{{{kind}: {{{TCP}, {fields}}}}}]")
    assert found == ([f"DS123 containers[0].{kind}.{expected}"] if expected else [])


@pytest.mark.parametrize(
    ("policy", "version", "expected"),
    [
        ("Always", "1.36", []),
        ("Never", "1.36", ["initContainers[0].livenessProbe"]),
        ("Always", "1.28", ["initContainers[0].livenessProbe"]),
    ],
)
def test_only_a_sidecar_is_probed_or_has_hooks(said, policy, version, expected):
    pod = (
        f"initContainers: [{{restartPolicy: {policy}, livenessProbe: {{{TCP}}}, lifecycle: {{}}}}]"
    )
    assert said("probes", pod, version=version) == [f"DS123 {path}" for path in expected]
    hooks = [path.replace("livenessProbe", "lifecycle") for path in expected]
    assert said("lifecycle", pod, version=version) == [f"DS199 {path}" for path in hooks]


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        ("{}", []),
        ("x", []),
        ("{preStop: {exec: {command: [a]}}, postStart: {tcpSocket: {port: a}}}", []),
        ("{preStop: {}}", ["preStop"]),
        ("{preStop: {sleep: {seconds: 0}}}", []),
        ("{preStop: {sleep: {}}}", []),
        ("{preStop: {sleep: x}}", []),
        ("{preStop: {sleep: {seconds: 31}}}", ["preStop.sleep"]),
        ("{preStop: {sleep: {seconds: -1}}}", ["preStop.sleep"]),
        ("{preStop: {sleep: {seconds: x}}}", []),
        ("{preStop: {exec: {command: [a]}, sleep: {seconds: 99}}}", ["preStop.sleep"]),
        ("{stopSignal: SIGHUP}", []),
    ],
)
def test_lifecycle(said, lifecycle, expected):
    found = said("lifecycle", f"containers: [{{lifecycle: {lifecycle}}}]")
    assert found == [f"DS199 containers[0].lifecycle.{path}" for path in expected]


@pytest.mark.parametrize(
    ("grace", "count"), [("60", 0), ("10", 1), ("null", 0), ("x", 0)], ids=str
)
def test_a_sleep_fits_into_the_grace_period(said, grace, count):
    pod = (
        f"{{terminationGracePeriodSeconds: {grace},"
        " containers: [{lifecycle: {preStop: {sleep: {seconds: 20}}}}]}"
    )
    assert len(said("lifecycle", pod)) == count


def test_sleep_by_version(said):
    pod = "containers: [{lifecycle: {preStop: {sleep: {seconds: 0}}}}]"
    assert said("lifecycle", pod, version="1.32") == [
        "DS199 containers[0].lifecycle.preStop.sleep"
    ]
    assert said("lifecycle", pod, version="1.29") == []
    assert said("lifecycle", pod.replace("containers", "initContainers"), version="1.29") == []


@pytest.mark.parametrize(
    ("lifecycle", "gates", "count"),
    [
        ("{stopSignal: SIGTERM}", {}, 0),
        ("{stopSignal: SIGTERM, preStop: null}", {}, 0),
        ("{stopSignal: SIGTERM}", {"ContainerStopSignals": True}, 1),
        ("{}", {}, 1),
        ("null", {}, 0),
    ],
)
def test_an_init_container_has_nothing_left(said, lifecycle, gates, count):
    pod = f"initContainers: [{{lifecycle: {lifecycle}}}]"
    assert said("lifecycle", pod, gates=gates) == ["DS199 initContainers[0].lifecycle"] * count


@pytest.mark.parametrize(
    ("system", "signal", "count"),
    [
        ("null", "SIGTERM", 1),
        ("{name: linux}", "SIGRTMIN+3", 0),
        ("{name: linux}", "SIGNONE", 1),
        ("{name: windows}", "SIGHUP", 1),
        ("{name: windows}", "SIGKILL", 0),
        ("{name: other}", "SIGKILL", 0),
    ],
)
def test_stop_signals(said, system, signal, count):
    pod = f"{{os: {system}, containers: [{{lifecycle: {{stopSignal: {signal}}}}}]}}"
    assert len(said("lifecycle", pod, gates={"ContainerStopSignals": True})) == count
