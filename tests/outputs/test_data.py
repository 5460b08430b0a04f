"""What programs read: json and yaml hold the same data, whatever the manifests held."""

import json
from collections.abc import Mapping

import pytest
import yaml

from dslint.outputs import json as as_json
from dslint.outputs import yaml as as_yaml
from dslint.report import PlacementReport, Report

KEYS = {
    "lint": "apiVersion kind findings files workloads skipped",
    "place": "apiVersion kind kubernetesVersion inventory placements findings",
    "check": (
        "apiVersion kind kubernetesVersion inventory placements findings files workloads skipped"
    ),
    "check without an inventory": (
        "apiVersion kind kubernetesVersion inventory placements findings files workloads skipped"
    ),
    "explain": (
        "apiVersion kind kubernetesVersion workload node lands evictedAfterSeconds steps edit"
        " kubectl refused hints notJudged"
    ),
    "nodes": "apiVersion kind inventory nodes findings",
}


@pytest.mark.parametrize(("name", "keys"), KEYS.items(), ids=KEYS)
def test_a_report_has_these_keys(name: str, keys: str, reports: Mapping[str, Report]) -> None:
    data = json.loads(as_json.render(reports[name]))
    assert list(data) == keys.split()
    assert data["apiVersion"] == "dslint.dev/v1"


def test_yaml_holds_what_json_holds(every_report: Report) -> None:
    assert yaml.safe_load(as_yaml.render(every_report)) == json.loads(as_json.render(every_report))


def test_a_placement(reports: Mapping[str, Report]) -> None:
    data = json.loads(as_json.render(reports["place"]))
    assert data["kind"] == "PlacementReport"
    assert data["inventory"] == {"sources": ["nodes.yaml"], "nodes": 9}
    daemonset, pod, _ = data["placements"]
    assert daemonset == {
        "workload": {
            "kind": "DaemonSet",
            "namespace": "kube-system",
            "name": "fluentd",
            "file": "ds.yaml",
            "line": 1,
        },
        "desired": 2,
        "lands": ["n-1"],
        "pending": ["n-2"],
        "continues": ["n-1", "n-2"],
        "evictedAfterSeconds": {"n-1": 300},
        "refusals": [
            {
                "predicate": "taints",
                "because": "untolerated taint dedicated=gpu:NoSchedule",
                "nodes": [f"gpu-{number}" for number in range(1, 8)],
                "path": "spec.template.spec.tolerations",
                "file": "ds.yaml",
                "line": 17,
            },
            {
                "predicate": "resources",
                "because": "Insufficient cpu",
                "nodes": ["n-2"],
                "path": "",
                "file": "",
                "line": 0,
            },
        ],
        "preferences": [],
        "notJudged": ["podAffinity"],
    }
    assert pod["preferences"] == [
        {"node": "n-1", "preferredScore": 0, "intolerablePreferNoSchedule": 1, "rank": 2},
        {"node": "n-2", "preferredScore": 50, "intolerablePreferNoSchedule": 0, "rank": 1},
    ]


def test_the_steady_state_is_said_where_it_was_asked_for(reports: Mapping[str, Report]) -> None:
    report = reports["place"]
    assert isinstance(report, PlacementReport)
    assert "steadyState" not in as_json.render(report)
    assert json.loads(as_json.render(report._replace(steady_state=True)))["steadyState"] is True


def test_a_finding(reports: Mapping[str, Report]) -> None:
    data = json.loads(as_json.render(reports["lint"]))
    assert data["findings"] == [
        {
            "rule": "DS204",
            "name": "toleration-exists-with-value",
            "severity": "error",
            "what": "toleration a: Exists with a value",
            "why": "Exists takes no value.",
            "fix": "remove the value",
            "file": "ds.yaml",
            "line": 14,
            "column": 11,
            "path": "spec.template.spec.tolerations[0].operator",
            "workload": "DaemonSet/default/a",
            "rejected": True,
        }
    ]
    assert (data["files"], data["workloads"], data["skipped"]) == (3, 4, 1)


def test_without_an_inventory_a_check_has_no_placements(reports: Mapping[str, Report]) -> None:
    data = json.loads(as_json.render(reports["check without an inventory"]))
    assert data["inventory"] is data["placements"] is None


def test_an_explanation(reports: Mapping[str, Report]) -> None:
    data = json.loads(as_json.render(reports["explain"]))
    assert data["edit"] == {
        "path": "spec.template.spec.tolerations[0]",
        "value": {"key": "dedicated"},
    }
    assert [step["passes"] for step in data["steps"]] == [True, False]
    lands = json.loads(as_json.render(reports["explain what lands"]))
    assert lands["edit"] is lands["kubectl"] is None
    assert lands["evictedAfterSeconds"] == 300


def test_rules_are_a_list(reports: Mapping[str, Report]) -> None:
    (rule,) = json.loads(as_json.render(reports["rules"]))
    assert " ".join(rule) == (
        "id name severity rejected summary why kinds fixable needs_inventory references"
    )
    (page,) = json.loads(as_json.render(reports["rule"]))
    assert (page["fix"], page["good"], page["bad"]) == (
        "remove the value",
        ["a: 1"],
        ["a: 2\nb: 3"],
    )


@pytest.mark.parametrize("name", ["a\x1b[31m", "\u202e", "\udc80", "ä", "\x9b"], ids=repr)
def test_any_name_is_written_in_ascii(name: str, reports: Mapping[str, Report]) -> None:
    report = reports["place"]
    assert isinstance(report, PlacementReport)
    report = report._replace(placements=(report.placements[0]._replace(name=name),))
    written = as_json.render(report)
    assert written.isascii()
    assert "\x1b" not in written
    assert as_yaml.render(report).isascii()
    assert json.loads(written)["placements"][0]["workload"]["name"] == name
