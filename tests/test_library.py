"""The Python functions and names that other programs use."""

import pickle

import pytest

import dslint

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: "a:1"}]
"""
REFUSED = POD + "  tolerations: [{key: a, operator: Exist}]\n"
NODE = {
    "apiVersion": "v1",
    "kind": "Node",
    "metadata": {"name": "n-1"},
    "spec": {"taints": [{"key": "a", "value": "5", "effect": "NoSchedule"}]},
}
FOREIGN = "apiVersion: example.com/v1\nkind: Thing\nkind: Again\n"


def test_every_public_name_is_there() -> None:
    assert set(dslint.__all__) <= set(dir(dslint))
    for name in dslint.__all__:
        assert getattr(dslint, name).__name__ == name
    with pytest.raises(AttributeError, match="nothing"):
        dslint.nothing  # noqa: B018


def pod(operator: str) -> dslint.Workload:
    toleration = {"key": "a", "operator": operator, "value": "7"}
    return dslint.Workload.from_object({"kind": "Pod", "spec": {"tolerations": [toleration]}})


@pytest.mark.parametrize(("gate", "lands"), [(True, ("n-1",)), (False, ())])
def test_place_answers_for_a_version_and_its_gates(gate: bool, lands: tuple[str, ...]) -> None:
    inventory = dslint.Inventory.from_objects([NODE])
    gates = {"TaintTolerationComparisonOperators": gate}
    placement = dslint.place(pod("Lt"), inventory, kubernetes="1.36", feature_gates=gates)
    assert tuple(placement.lands) == lands
    assert isinstance(placement, dslint.Placement)
    assert pickle.loads(pickle.dumps(placement)) == placement


def test_lint_finds_what_is_wrong() -> None:
    findings = dslint.lint(REFUSED, filename="x.yaml")
    (finding,) = (one for one in findings if one.rejected)
    assert (finding.rule, finding.file, finding.line) == ("DS201", "x.yaml", 6)
    assert finding.workload == "Pod/default/a"
    assert pickle.loads(pickle.dumps(finding)) == finding


def test_lint_with_an_inventory_judges_the_placement() -> None:
    inventory = dslint.Inventory.from_objects([NODE])
    assert "DS401" in {finding.rule for finding in dslint.lint(POD, inventory=inventory)}
    assert dslint.lint(POD) == []


@pytest.mark.parametrize("text", [FOREIGN, "a: 1\na: 2\n", "- 1\n", "text\n", ""])
def test_lint_passes_over_what_is_not_of_kubernetes(text: str) -> None:
    assert dslint.lint(text) == []


def test_lint_judges_what_stands_beside_it() -> None:
    findings = dslint.lint(f"{FOREIGN}---\n{REFUSED}")
    assert {finding.line for finding in findings} == {10}


def test_a_profile_is_chosen() -> None:
    warned = POD + "  tolerations: [{operator: Exists}]\n"
    assert {one.severity for one in dslint.lint(warned) if one.rule == "DS210"} == {"warning"}
    strict = dslint.lint(warned, profile="strict")
    assert {one.severity for one in strict if one.rule == "DS210"} == {"error"}


TEXTS = {
    "accepted": (POD, []),
    "refused": (REFUSED, ["DS201"]),
    "as bytes": (REFUSED.encode(), ["DS201"]),
    "not UTF-8": (POD.encode() + b"# \xff\n", ["DS003"]),
    "a lone surrogate": (POD + "# \udcff\n", ["DS003"]),
    "no rule but those of refusal": (POD + "  tolerations: [{operator: Exists}]\n", []),
}


@pytest.mark.parametrize(("text", "rules"), TEXTS.values(), ids=TEXTS)
def test_validity_is_what_an_api_server_refuses(text: str | bytes, rules: list[str]) -> None:
    findings = dslint.validity(text)
    assert [finding.rule for finding in findings] == rules
    assert all(finding.rejected for finding in findings)


def test_validity_says_so_of_a_document_that_is_none() -> None:
    assert dslint.validity("a: 1\n")


@pytest.mark.parametrize("kubernetes", ["1.2", "2.0", "x"])
def test_an_unknown_version_is_an_input_error(kubernetes: str) -> None:
    with pytest.raises(dslint.InputError, match="kubernetes-version"):
        dslint.lint(POD, kubernetes=kubernetes)
    with pytest.raises(dslint.InputError):
        dslint.validity(POD, kubernetes=kubernetes)
    with pytest.raises(dslint.InputError):
        dslint.place(pod("Exists"), dslint.Inventory.from_objects([NODE]), kubernetes)


DAEMON = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: %s}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      containers: [{name: a, image: "a:1"}]
"""


def test_lint_judges_the_workloads_of_a_text_together() -> None:
    inventory = dslint.Inventory.from_objects([{"metadata": {"name": "n-1"}}])
    found = dslint.lint(DAEMON % "a" + "---\n" + DAEMON % "b", "x.yaml", inventory=inventory)
    assert [(one.rule, one.file, one.line, one.workload) for one in found] == [
        ("DS415", "x.yaml", 19, "DaemonSet/default/b")
    ]
