"""The linter: one list of findings from the reader, the schema, the checks and the rules."""

import textwrap

import pytest

from dslint import linter, rulebook, source, target
from dslint.inventory import Inventory

BOOK = rulebook.load()
NEWEST = target.of(target.NEWEST)
DAEMONSET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: agent, image: "example.com/agent:1"}]
"""


def daemonset(pod=""):
    return DAEMONSET + textwrap.indent(textwrap.dedent(pod), "      ")


def judge(text, book=BOOK, inventory=None):
    return linter.judge(source.read(text, "ds.yaml"), book, NEWEST, inventory)


def test_a_right_manifest_is_silent():
    assert judge(daemonset()) == []


def test_a_finding_is_whole():
    (found,) = judge(daemonset("tolerations:\n- operator: Exists\n"))
    assert (found.rule, found.name, found.severity) == ("DS210", "tolerates-everything", "warning")
    assert (found.file, found.line, found.column) == ("ds.yaml", 12, 9)
    assert found.path == "spec.template.spec.tolerations[0]"
    assert found.workload == "DaemonSet/default/agent"
    assert found.why
    assert found.fix
    assert not found.rejected


@pytest.mark.parametrize(
    ("pod", "rule"),
    [
        pytest.param("tolerations: [{key: 1, operator: Exists}]", "DS005", id="a wrong type"),
        pytest.param("tolerations: [{key: a, operater: Exists}]", "DS101", id="an unknown field"),
    ],
)
def test_one_fault_is_one_finding(pod, rule):
    assert [found.rule for found in judge(daemonset(pod))] == [rule]


def test_refused_is_what_an_api_server_refuses():
    text = daemonset("tolerations:\n- {operator: Exists}\n- {key: 1}\nnodeName: a\n")
    found = linter.refused(source.read(text, "-"), BOOK, NEWEST)
    assert [one.rule for one in found] == ["DS005"]
    assert all(one.rejected for one in found)


def test_a_site_of_a_wrong_type_is_passed_over_and_the_others_are_judged():
    pod = """\
    tolerations:
    - {operator: Exists, tolerationSeconds: soon}
    - {operator: Exists}
    nodeName: {}
    hostNetwork: "yes"
    """
    found = [(one.rule, one.line) for one in judge(daemonset(pod))]
    assert ("DS210", 13) in found
    assert [rule for rule, _ in found if rule in ("DS210", "DS322")] == ["DS210"]


def test_a_list_of_a_wrong_type_is_judged_as_absent():
    found = judge(daemonset("tolerations: [a]\nnodeName: x\n"))
    assert "DS322" in [one.rule for one in found]


def test_items_of_a_list_are_judged_under_their_own_paths():
    item = textwrap.indent(daemonset("nodeName: a\ntolerations: [{key: b, operator: x}]\n"), "  ")
    text = "apiVersion: v1\nkind: List\nitems:\n- " + item.lstrip()
    found = {one.rule: one for one in judge(text)}
    assert found["DS322"].path == "spec.template.spec.nodeName"
    assert found["DS322"].line == 14
    assert found["DS201"].path == "spec.template.spec.tolerations[0].operator"
    assert found["DS201"].line == 15
    assert found["DS322"].workload == "DaemonSet/default/agent"


def test_only_what_is_chosen_is_found():
    text = daemonset("tolerations: [{operator: Exists}]\nnodeName: a\n")
    assert [one.rule for one in judge(text, rulebook.choose(BOOK, ["DS3"]))] == ["DS322"]


def test_strict_raises_warnings():
    text = daemonset("tolerations: [{operator: Exists}]\n")
    strict = rulebook.choose(BOOK, profile="strict")
    assert [one.severity for one in judge(text, strict)] == ["error"]


def test_an_inventory_brings_its_rules():
    nodes = Inventory.from_objects([{"metadata": {"name": "n", "labels": {"disk": "ssd"}}}])
    text = daemonset("nodeSelector:\n  dsik: ssd\n")
    assert judge(text) == []
    found = judge(text, inventory=nodes)
    assert [one.rule for one in found] == ["DS326", "DS401"]
    assert found[0].what == "no node has the label dsik; did you mean disk?"


def test_a_placement_is_made_once_a_workload():
    made = []

    def placing(workload):
        made.append(workload.id)
        return linter._placing(nodes, NEWEST)(workload)

    nodes = Inventory.from_objects([{"metadata": {"name": "n"}}])
    linter.judge(source.read(daemonset(), "-"), BOOK, NEWEST, nodes, placing)
    assert made == ["DaemonSet/default/agent"]


def test_findings_are_in_order():
    found = judge(daemonset("nodeName: a\ntolerations: [{operator: Exists}]\n") * 1)
    assert found == sorted(found, key=lambda one: one.order)


def test_an_inventory_is_judged_at_its_own_lines():
    text = "kind: NodeInventory\napiVersion: dslint.dev/v1\nnodes:\n- {name: a}\n- {name: a}\n"
    book = rulebook.choose(BOOK, ["DS901"])
    found = linter.judge_inventory(Inventory.parse(text, "nodes.yaml"), book, NEWEST)
    assert [(one.rule, one.file, one.line) for one in found] == [("DS901", "nodes.yaml", 5)]


def test_a_users_rule_judges_nodes(tmp_path):
    (tmp_path / "own.yaml").write_text(
        textwrap.dedent("""\
        id: ACME1
        name: node-without-zone
        severity: info
        summary: A node without a zone.
        why: a rack may fail.
        fix: label it
        each: node
        needs_inventory: true
        holds: {properties: {metadata: {properties: {labels: {required: [zone]}}}}}
        good: ['nodes: [{name: a, labels: {zone: b}}]']
        bad: ['nodes: [{name: a}]  # here']
        """)
    )
    book = rulebook.choose(rulebook.load([tmp_path]), ["ACME"])
    nodes = Inventory.from_objects([{"metadata": {"name": "a", "labels": {}}}])
    assert [one.rule for one in linter.judge_inventory(nodes, book, NEWEST)] == ["ACME1"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        pytest.param("a: 1", [""], id="a map"),
        pytest.param("- a", [""], id="a list"),
        pytest.param("a", [""], id="a string"),
        pytest.param("", [], id="nothing"),
        pytest.param("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}", [], id="a kind"),
    ],
)
def test_what_is_no_object_is_refused_and_not_linted(text, paths):
    documents = source.read(text, "-")
    assert [(one.rule, one.path) for one in linter.refused(documents, BOOK, NEWEST)] == [
        ("DS007", path) for path in paths
    ]
    assert linter.judge(documents, BOOK, NEWEST) == []
