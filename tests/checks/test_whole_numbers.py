"""Numbers such as 1.0 and 1e3, which Kubernetes' JSON reader takes for an integer field."""

import pytest

from dslint.checks._walk import number

C = "containers: [{name: a, %s}]"
PORT = C % "ports: [{containerPort: %s}]"
SOURCE = "volumes: [{name: v, %s}]"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1),
        (1.0, 1),
        (-1e3, -1000),
        (1e300, int(1e300)),
        (1.5, None),
        (float("inf"), None),
        (float("nan"), None),
        (True, None),
        ("1", None),
        (None, None),
    ],
)
def test_number(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("check", "pod", "expected"),
    [
        ("ports", PORT % "80.0", []),
        ("ports", PORT % "65536.0", ["DS120 containers[0].ports[0].containerPort"]),
        ("probes", C % "livenessProbe: {exec: {command: [a]}, periodSeconds: 1.0e+3}", []),
        (
            "probes",
            C % "livenessProbe: {exec: {command: [a]}, successThreshold: 2.0}",
            ["DS123 containers[0].livenessProbe.successThreshold"],
        ),
        (
            "security_context",
            "securityContext: {runAsUser: -1.0}",
            ["DS131 securityContext.runAsUser"],
        ),
        (
            "volume_files",
            SOURCE % "secret: {secretName: s, defaultMode: 512.0}",
            ["DS199 volumes[0].secret.defaultMode"],
        ),
        ("restart_policy", "activeDeadlineSeconds: 0.0", ["DS199 activeDeadlineSeconds"]),
    ],
)
def test_fields(said, check, pod, expected):
    assert said(check, pod) == expected
