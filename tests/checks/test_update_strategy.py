"""Update strategies that the API server refuses."""

import pytest

ROLLING = "DS127 spec.updateStrategy.rollingUpdate"
DEPLOYING = "DS127 spec.strategy.rollingUpdate"


@pytest.mark.parametrize(
    ("rolling", "expected"),
    [
        ("null", []),
        ("{}", []),
        ("{maxUnavailable: 10%}", []),
        ("{maxUnavailable: 0, maxSurge: 1}", []),
        ("{maxUnavailable: 0%, maxSurge: 100%}", []),
        ("{maxSurge: 0}", []),
        ("{maxSurge: 1}", [".maxSurge"]),
        ("{maxUnavailable: 1, maxSurge: 1}", [".maxSurge"]),
        ("{maxUnavailable: 0}", [".maxUnavailable"]),
        ("{maxUnavailable: 0%, maxSurge: 0}", [".maxUnavailable"]),
        ("{maxUnavailable: -1}", [".maxUnavailable"]),
        ("{maxUnavailable: 101%}", [".maxUnavailable"]),
        ("{maxUnavailable: '1'}", [".maxUnavailable"]),
        ("{maxUnavailable: x}", [".maxUnavailable", ".maxUnavailable"]),
        ("{maxUnavailable: 0, maxSurge: 200%}", [".maxSurge"]),
        (f"{{maxUnavailable: '{'9' * 5_000}%'}}", [".maxUnavailable"]),
        (f"{{maxUnavailable: 0, maxSurge: '{'9' * 5_000}'}}", [".maxSurge"]),
        ("{maxUnavailable: 007%}", []),
        ("{maxUnavailable: null, maxSurge: null}", []),
    ],
)
def test_daemon_set(refused, rolling, expected):
    text = f"{{kind: DaemonSet, spec: {{updateStrategy: {{rollingUpdate: {rolling}}}}}}}"
    assert refused("update_strategy", text) == [ROLLING + one for one in expected]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("{type: OnDelete}", []),
        ("{type: OnDelete, rollingUpdate: {maxSurge: 1}}", []),
        ("{type: ''}", []),
        ("{type: Rolling}", ["DS127 spec.updateStrategy"]),
        ("{type: onDelete}", ["DS127 spec.updateStrategy"]),
        ("{type: 5}", []),
    ],
)
def test_type(refused, strategy, expected):
    text = f"{{kind: DaemonSet, spec: {{updateStrategy: {strategy}}}}}"
    assert refused("update_strategy", text) == expected


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("{}", []),
        ("{rollingUpdate: {maxSurge: 200%}}", []),
        ("{rollingUpdate: {maxUnavailable: 0}}", []),
        ("{rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}", [".maxUnavailable"]),
        ("{rollingUpdate: {maxUnavailable: 101%}}", [".maxUnavailable"]),
        ("{rollingUpdate: {maxSurge: 1.5%}}", [".maxSurge"]),
        ("{type: Recreate}", []),
        ("{type: Recreate, rollingUpdate: {}}", [""]),
        ("{type: Recreate, rollingUpdate: null}", []),
    ],
)
def test_deployment(refused, strategy, expected):
    text = f"{{kind: Deployment, spec: {{strategy: {strategy}}}}}"
    assert refused("update_strategy", text) == [DEPLOYING + one for one in expected]


@pytest.mark.parametrize(
    ("strategy", "version", "expected"),
    [
        ("{rollingUpdate: {partition: 1}}", "1.36", []),
        ("{rollingUpdate: {partition: -1}}", "1.36", [".partition"]),
        ("{rollingUpdate: {maxUnavailable: 0}}", "1.36", [".maxUnavailable"]),
        ("{rollingUpdate: {maxUnavailable: 0}}", "1.34", []),
        ("{type: OnDelete, rollingUpdate: {}}", "1.36", [""]),
        ("{type: OnDelete}", "1.36", []),
    ],
)
def test_stateful_set(refused, strategy, version, expected):
    text = f"{{kind: StatefulSet, spec: {{updateStrategy: {strategy}}}}}"
    assert refused("update_strategy", text, version) == [ROLLING + one for one in expected]


def test_other_kinds_have_none(refused):
    assert refused("update_strategy", "{kind: Pod, spec: {updateStrategy: {type: x}}}") == []
