"""Node selectors and node affinity that the API server refuses."""

import pytest

REQUIRED = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"
PREFERRED = "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution"


def required(terms):
    return (
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
        f" {{nodeSelectorTerms: {terms}}}}}}}"
    )


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("{key: a, operator: In, values: [b]}", []),
        ("{key: a, operator: Exists}", []),
        ("{key: a, operator: Gt, values: [x]}", []),
        ("{key: a, operator: In, values: []}", ["DS302 values"]),
        ("{key: a, operator: NotIn}", ["DS302 values"]),
        ("{key: a, operator: Exists, values: [b]}", ["DS302 values"]),
        ("{key: a, operator: DoesNotExist, values: [b]}", ["DS302 values"]),
        ("{key: a, operator: Gt, values: ['1', '2']}", ["DS302 values"]),
        ("{key: a, operator: Lt}", ["DS302 values"]),
        ("{key: a, operator: Gt, values: ['-1']}", ["DS302 values[0]"]),
        ("{key: a, operator: In, values: [a b]}", ["DS302 values[0]"]),
        ("{key: a, operator: in, values: [b]}", ["DS301 operator"]),
        ("{key: a, operator: Equal, values: [b]}", ["DS301 operator"]),
        ("{key: a, operator: ''}", ["DS301 operator"]),
        ("{key: '', operator: Exists}", ["DS107 key"]),
        ("{key: UPPER/x, operator: Exists}", ["DS107 key"]),
        ("{key: 1, operator: [], values: x}", []),
        ("{}", []),
    ],
)
def test_expression(said, requirement, expected):
    found = said("node_affinity", required(f"[{{matchExpressions: [{requirement}]}}]"))
    start = f" {REQUIRED}[0].matchExpressions[0]."
    assert found == [one.replace(" ", start) for one in expected]


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("{key: metadata.name, operator: In, values: [n1]}", []),
        ("{key: metadata.name, operator: NotIn, values: [n1]}", []),
        ("{key: metadata.name, operator: In, values: [n1, n2]}", ["DS302 values"]),
        ("{key: metadata.name, operator: In}", ["DS302 values"]),
        ("{key: metadata.name, operator: Exists}", ["DS301 operator"]),
        ("{key: metadata.name, operator: In, values: [N_1]}", ["DS304 values[0]"]),
        ("{key: spec.x, operator: In, values: [A]}", ["DS304 key"]),
        ("{key: '', operator: In, values: [a]}", ["DS304 key"]),
        ("{key: [], operator: {}, values: [1]}", []),
    ],
)
def test_field(said, requirement, expected):
    found = said("node_affinity", required(f"[{{matchFields: [{requirement}]}}]"))
    start = f" {REQUIRED}[0].matchFields[0]."
    assert found == [one.replace(" ", start) for one in expected]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [("[]", [f"DS307 {REQUIRED}"]), ("[{}]", []), ("null", []), ("{}", []), ("[x]", [])],
)
def test_terms(said, terms, expected):
    assert said("node_affinity", required(terms)) == expected


@pytest.mark.parametrize(
    ("weight", "fine"),
    [("1", True), ("100", True), ("0", False), ("101", False), ("-1", False), ("x", True)],
)
def test_weight(said, weight, fine):
    pod = (
        "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
        f" [{{weight: {weight}, preference: {{}}}}]}}}}"
    )
    found = said("node_affinity", pod)
    assert found == ([] if fine else [f"DS308 {PREFERRED}[0].weight"])


def test_values_of_preferred_terms_are_not_judged(said):
    requirement = "{key: a, operator: In, values: [a b]}"
    pod = (
        "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
        f" [{{weight: 1, preference: {{matchExpressions: [{requirement}]}}}}]}}}}"
    )
    assert said("node_affinity", pod) == []


def test_values_are_judged_since_1_33(said):
    pod = required("[{matchExpressions: [{key: a, operator: In, values: [a b]}]}]")
    assert said("node_affinity", pod, version="1.32") == []


def test_node_selector(said):
    assert said("node_affinity", "nodeSelector: {a b: c, d: e f}") == [
        "DS107 nodeSelector",
        "DS107 nodeSelector",
    ]


def test_old_stateful_sets_were_not_looked_into(said):
    pod = "nodeSelector: {a b: c}"
    assert said("node_affinity", pod, kind="StatefulSet", version="1.33") == []
    assert said("node_affinity", pod, kind="StatefulSet") == ["DS107 nodeSelector"]
