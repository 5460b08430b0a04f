"""What reader, schema and checks say of a document: each fault once, by its most specific id."""

import gzip
import json
import pathlib

import pytest

import dslint
from dslint import discover, rulebook, source, target, verdict, workloads
from dslint.model import Complaint

RECORDINGS = pathlib.Path(__file__).parent / "recordings"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(["DS102", "DS004"], ["DS004"], id="the more specific"),
        pytest.param(["DS199", "DS102"], ["DS102"], id="both general"),
        pytest.param(["DS204", "DS203"], ["DS204", "DS203"], id="two specific"),
        pytest.param(["DS102", "DS102"], ["DS102"], id="the same twice"),
        pytest.param(["DS009", "DS102"], ["DS009", "DS102"], id="a note and a refusal"),
        pytest.param(["DS102", "DS008", "DS101"], ["DS008", "DS101"], id="a note and two of them"),
    ],
)
def test_distinct(rules, expected):
    said = [Complaint(rule, ("spec",), "wrong") for rule in rules]
    assert [one.rule for one in verdict._distinct(said)] == expected


@pytest.mark.parametrize("version", ["1.25", "1.33", "1.37"])
def test_checks_that_are_not_asked_have_nothing_to_say(version):
    wanted, passed_over = target.of(version), 0
    with gzip.open(RECORDINGS / "validity.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["yaml"] for line in lines]
    for document in (one for text in texts for one in source.read(text, "-")):
        for workload in workloads.of(document):
            asked = verdict._concerned(workloads.fields(workload))
            silent = [
                check.complaints
                for check in discover.modules("checks")
                if check.complaints not in asked
            ]
            assert [said for check in silent for said in check(workload, wanted)] == []
            passed_over += len(silent)
    assert passed_over > 1_000


def test_what_silences_no_refusal_is_what_refuses_nothing():
    rules = rulebook.load().rules.values()
    judged = {rule.id for rule in rules if rule.judged and not rule.rejected}
    assert {one for one in judged if one < "DS9"} == verdict._NOTES


POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n"
    "spec:\n  {}\n  containers: [{{name: b, image: c}}]\n"
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("priority: ${N}", "DS102"),
        ('priority: "{{ .Values.priority }}"', "DS102"),
        ("hostPID: 010", "DS102"),
        ("hostPID: 1_0", "DS102"),
        ("priority: &a x", "DS102"),
        ("on: 1", "DS101"),
        ("1: x", "DS101"),
    ],
)
def test_a_note_hides_no_refusal(line, rule):
    found = dslint.validity(POD.format(line))
    assert [one.rule for one in found if one.rejected] == [rule]


def test_of_a_value_of_the_wrong_type_only_that_is_said():
    text = (
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec:\n"
        "  selector: {matchLabels: {b: c}}\n"
        "  updateStrategy: {rollingUpdate: {maxUnavailable: true}}\n"
        "  template:\n    metadata: {labels: [b]}\n    spec: {containers: [{name: d, image: e}]}\n"
    )
    assert [(one.rule, one.path) for one in dslint.validity(text)] == [
        ("DS102", "spec.updateStrategy.rollingUpdate.maxUnavailable"),
        ("DS102", "spec.template.metadata.labels"),
    ]


def test_of_text_that_is_no_quantity_the_check_knows_more():
    pod = POD.format("priority: 1").replace("c}", 'c, resources: {limits: {cpu: "1 m"}}}')
    assert [one.rule for one in dslint.validity(pod)] == ["DS109"]
