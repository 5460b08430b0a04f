"""Tolerations that the API server refuses."""

import pytest

from dslint.checks import tolerations
from dslint.target import Target
from dslint.workloads import Workload

GATE = {"TaintTolerationComparisonOperators": True}


@pytest.mark.parametrize(
    ("toleration", "expected"),
    [
        ("{operator: Exists}", []),
        ("{key: a}", []),
        ("{key: a, value: b, effect: NoSchedule}", []),
        ("{key: a, operator: Exists, value: ''}", []),
        ("{key: a, operator: Exists, value: null}", []),
        ("{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: -1}", []),
        ("{key: a b, operator: Exists}", ["DS206 key"]),
        ("{}", ["DS203 operator"]),
        ("{value: a}", ["DS203 operator"]),
        ("{operator: Equal}", ["DS203 operator"]),
        ("{key: a, operator: exists}", ["DS201 operator"]),
        ("{key: a, operator: In}", ["DS201 operator"]),
        ("{key: a, value: b c}", ["DS201 operator"]),
        ("{key: a, operator: Exists, value: b}", ["DS204 operator"]),
        ("{key: a, effect: noSchedule}", ["DS202 effect"]),
        ("{key: a, effect: Evict}", ["DS202 effect"]),
        ("{key: a, tolerationSeconds: 0}", ["DS205 effect"]),
        ("{key: a, effect: NoSchedule, tolerationSeconds: 1}", ["DS205 effect"]),
        ("{key: a, operator: Gt, value: '1'}", ["DS207 operator"]),
        ("{key: 1, operator: true, value: [], effect: {}}", []),
        ("text", []),
    ],
)
def test_toleration(said, toleration, expected):
    found = said("tolerations", f"tolerations: [{toleration}]")
    assert found == [one.replace(" ", " tolerations[0].") for one in expected]


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        ("0", True),
        ("-5", True),
        ("9223372036854775807", True),
        ("9223372036854775808", False),
        ("05", False),
        ("+5", False),
        ("-", False),
        ("5.5", False),
        ("", False),
        ("9" * 5_000, False),
    ],
)
@pytest.mark.parametrize("operator", ["Gt", "Lt"])
def test_numbers_with_the_gate(said, operator, value, fine):
    pod = f"tolerations: [{{key: a, operator: {operator}, value: '{value}'}}]"
    found = said("tolerations", pod, gates=GATE)
    assert found == ([] if fine else ["DS201 tolerations[0].value"])


@pytest.mark.parametrize("tolerations", ["null", "{a: b}", "[]"])
def test_no_list(said, tolerations):
    assert said("tolerations", f"tolerations: {tolerations}") == []


@pytest.mark.parametrize(
    ("toleration", "value"),
    [
        ({"key": "a", "effect": "noschedule"}, "NoSchedule"),
        ({"key": "a", "operator": "EXISTS"}, "Exists"),
    ],
)
def test_case_alone_has_one_repair(toleration, value):
    manifest = {"kind": "Pod", "spec": {"tolerations": [toleration]}}
    workload = Workload.from_object(manifest)
    (found,) = tolerations.complaints(workload, Target())
    part = list(toleration)[1]
    path = f"/spec/tolerations/0/{part}"
    assert found.edit == ({"op": "replace", "path": path, "value": value},)
