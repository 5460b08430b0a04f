"""Pod affinity and anti-affinity that the API server refuses."""

import pytest

REQUIRED = "affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution"
BOTH = "{matchLabels: {a: b}, matchExpressions: [{key: a, operator: Exists}]}"
KEY = "topologyKey: kubernetes.io/hostname"


def required(term):
    return (
        f"affinity: {{podAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{term}]}}}}"
    )


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (f"{{{KEY}}}", []),
        (f"{{{KEY}, labelSelector: {{}}, namespaceSelector: {{}}}}", []),
        ("{}", []),
        ("{topologyKey: ''}", [".topologyKey"]),
        ("{topologyKey: a b}", [".topologyKey"]),
        (f"{{{KEY}, namespaces: [a, a.b]}}", [".namespace"]),
        (f"{{{KEY}, labelSelector: {{matchLabels: {{a b: c}}}}}}", [".labelSelector.matchLabels"]),
        (
            f"{{{KEY}, namespaceSelector: {{matchExpressions: [{{key: a, operator: In}}]}}}}",
            [".namespaceSelector.matchExpressions[0].values"],
        ),
        (f"{{{KEY}, matchLabelKeys: [a]}}", [".matchLabelKeys"]),
        (f"{{{KEY}, labelSelector: {{}}, matchLabelKeys: [a b]}}", [".matchLabelKeys[0]"]),
        (
            f"{{{KEY}, labelSelector: {{}}, matchLabelKeys: [a], mismatchLabelKeys: [a]}}",
            [".matchLabelKeys[0]"],
        ),
        (f"{{{KEY}, labelSelector: {{matchLabels: {{a: b}}}}, matchLabelKeys: [a]}}", []),
        (
            f"{{{KEY}, matchLabelKeys: [c, a], labelSelector: {BOTH}}}",
            ["[1]"],
        ),
        # labelKeysMap of ValidateMatchLabelKeysAndMismatchLabelKeys keeps the last index.
        (f"{{{KEY}, matchLabelKeys: [a, c, a], labelSelector: {BOTH}}}", ["[2]"]),
    ],
)
def test_term(said, term, expected):
    found = said("pod_affinity", required(term), kind="DaemonSet")
    assert found == [f"DS133 {REQUIRED}[0]{one}" for one in expected]


def test_labels_of_a_pod_are_merged_into_its_selectors(refused):
    term = f"{{{KEY}, labelSelector: {{matchLabels: {{a: b}}}}, matchLabelKeys: [a]}}"
    pod = f"{{kind: Pod, metadata: {{labels: {{a: b}}}}, spec: {{{required(term)}}}}}"
    assert refused("pod_affinity", pod) == [f"DS133 spec.{REQUIRED}[0][0]"]
    assert refused("pod_affinity", pod, "1.30") == []


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("1", []),
        ("0", [f"DS133 {PREFERRED}[0].weight"]),
        ("101", [f"DS133 {PREFERRED}[0].weight"]),
    ],
)
def test_weight(said, weight, expected):
    term = f"{{weight: {weight}, podAffinityTerm: {{{KEY}}}}}"
    pod = (
        "affinity: {podAntiAffinity:"
        f" {{preferredDuringSchedulingIgnoredDuringExecution: [{term}]}}}}"
    )
    assert said("pod_affinity", pod) == expected


def test_no_affinity(said):
    assert said("pod_affinity", "affinity: null") == []
