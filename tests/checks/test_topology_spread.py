"""Topology spread constraints that the API server refuses."""

import pytest

ZONE = "maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule"


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        (f"[{{{ZONE}}}]", []),
        (f"[{{{ZONE}, minDomains: 1, nodeTaintsPolicy: Honor}}]", []),
        ("[{}]", []),
        ("[{maxSkew: 0, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]", ["[0].maxSkew"]),
        (
            "[{maxSkew: 1, topologyKey: '', whenUnsatisfiable: ScheduleAnyway}]",
            ["[0].topologyKey"],
        ),
        ("[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: x}]", ["[0].whenUnsatisfiable"]),
        (f"[{{{ZONE}, minDomains: 0}}]", ["[0].minDomains"]),
        (
            "[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 1}]",
            ["[0].minDomains"],
        ),
        (f"[{{{ZONE}, nodeAffinityPolicy: honor}}]", ["[0].nodeAffinityPolicy"]),
        (f"[{{{ZONE}, nodeTaintsPolicy: ''}}]", ["[0].nodeTaintsPolicy"]),
        (f"[{{{ZONE}}}, {{{ZONE}}}]", ["[0].{topologyKey, whenUnsatisfiable}"]),
        (
            f"[{{{ZONE}, labelSelector: {{matchLabels: {{a b: c}}}}}}]",
            ["[0].labelSelector.matchLabels"],
        ),
        (f"[{{{ZONE}, matchLabelKeys: [a]}}]", ["[0].matchLabelKeys"]),
        (f"[{{{ZONE}, matchLabelKeys: [a], labelSelector: {{}}}}]", []),
        ("null", []),
    ],
)
def test_constraint(said, constraints, expected):
    found = said("topology_spread", f"topologySpreadConstraints: {constraints}")
    assert found == [f"DS132 topologySpreadConstraints{one}" for one in expected]


@pytest.mark.parametrize(
    ("version", "keys", "selector", "expected"),
    [
        ("1.33", "[a]", "{matchLabels: {a: b}}", [".matchLabelKeys[0]"]),
        ("1.33", "[a]", "null", [".matchLabelKeys"]),
        ("1.33", "[a b]", "{}", [".matchLabelKeys[0]"]),
        ("1.33", "[a]", "{}", []),
        ("1.34", "[a]", "{matchLabels: {a: b}}", []),
        ("1.26", "[a]", "{matchLabels: {a: b}}", []),
    ],
)
def test_label_keys_by_version(said, version, keys, selector, expected):
    pod = (
        f"topologySpreadConstraints: [{{{ZONE}, matchLabelKeys: {keys},"
        f" labelSelector: {selector}}}]"
    )
    found = said("topology_spread", pod, kind="DaemonSet", version=version)
    assert found == [f"DS132 topologySpreadConstraints[0]{one}" for one in expected]


def test_policies_are_dropped_by_old_versions(said):
    pod = f"topologySpreadConstraints: [{{{ZONE}, nodeTaintsPolicy: x, minDomains: 0}}]"
    assert said("topology_spread", pod, version="1.25") == []
