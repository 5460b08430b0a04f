"""Reports as plain data, dicts and lists: what `json` and `yaml` write.

The keys are a contract with the people who read them by program; a key is never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dslint.finding import Finding
from dslint.outputs._fleet import seen
from dslint.placement import Placement, Refusal
from dslint.report import (
    CheckReport,
    ExplainReport,
    LintReport,
    NodesReport,
    Placed,
    PlacementReport,
    Report,
    RulesReport,
    Step,
)

VERSION = "dslint.dev/v1"
Data = dict[str, Any]

RULE_KEYS = (
    "id name severity rejected summary why kinds fixable needs_inventory references fix good bad"
).split()


def data(report: Report) -> Data | list[Data]:
    """The report as plain data, `kind` first, or a list of rules."""
    match report:
        case LintReport():
            return _lint(report)
        case PlacementReport():
            return _place(report)
        case CheckReport():
            return _check(report)
        case ExplainReport():
            return _explain(report)
        case NodesReport():
            return _nodes(report)
        case RulesReport():
            return _rules(report)


def _lint(report: LintReport) -> Data:
    """A `LintReport`: findings and counts."""
    return {"apiVersion": VERSION, "kind": "LintReport", **_lint_keys(report)}


def _place(report: PlacementReport) -> Data:
    """A `PlacementReport`: where each workload lands, and why nowhere else."""
    return {
        "apiVersion": VERSION,
        "kind": "PlacementReport",
        **_place_keys(report),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _check(report: CheckReport) -> Data:
    """A `CheckReport`: the keys of both; without an inventory those of placement are null."""
    placement: Data = {"kubernetesVersion": report.lint.kubernetes, "inventory": None}
    placement["placements"] = None
    if report.placement is not None:
        placement = _place_keys(report.placement)
    return {
        "apiVersion": VERSION,
        "kind": "CheckReport",
        **placement,
        **_lint_keys(report.lint),
    }


def _explain(report: ExplainReport) -> Data:
    """An `ExplainReport`: the steps for one workload and one node."""
    return {
        "apiVersion": VERSION,
        "kind": "ExplainReport",
        "kubernetesVersion": report.kubernetes,
        "workload": {"kind": report.kind, "namespace": report.namespace, "name": report.name},
        "node": report.node,
        "lands": report.lands,
        "evictedAfterSeconds": report.evicted_after,
        "steps": [_step(step) for step in report.steps],
        "edit": dict(zip(("path", "value"), report.edit, strict=True)) if report.edit else None,
        "kubectl": report.kubectl,
        "refused": report.refused or None,
        "hints": list(report.hints),
        "notJudged": list(report.not_judged),
    }


def _nodes(report: NodesReport) -> Data:
    """A `NodesReport`: each node as a scheduler sees it, and what is wrong with it."""
    return {
        "apiVersion": VERSION,
        "kind": "NodesReport",
        "inventory": {"sources": list(report.sources), "nodes": len(report.nodes)},
        "nodes": [_node(node) for node in report.nodes],
        "findings": [_finding(finding) for finding in report.findings],
    }


def _rules(report: RulesReport) -> list[Data]:
    """A list, one object a rule; the one that was asked for has its fix and examples as well."""
    if report.facts:
        return [dict(fact) for fact in report.rules]
    return [{key: rule[key] for key in RULE_KEYS if key in rule} for rule in report.rules]


def _lint_keys(report: LintReport) -> Data:
    return {
        "findings": [_finding(finding) for finding in report.findings],
        "files": report.files,
        "workloads": report.workloads,
        "skipped": len(report.skipped),
    }


def _finding(finding: Finding) -> Data:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "what": finding.what,
        "why": finding.why,
        "fix": finding.fix,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "workload": finding.workload,
        "rejected": finding.rejected,
    }


def _place_keys(report: PlacementReport) -> Data:
    keys: Data = {
        "kubernetesVersion": report.kubernetes,
        "inventory": {"sources": list(report.sources), "nodes": report.nodes},
        "placements": [_placed(placed) for placed in report.placements],
    }
    return {**keys, "steadyState": True} if report.steady_state else keys


def _placed(placed: Placed) -> Data:
    placement = placed.placement
    return {
        "workload": {
            "kind": placed.kind,
            "namespace": placed.namespace,
            "name": placed.name,
            "file": placed.at.file,
            "line": placed.at.line,
        },
        "desired": len(placement.desired),
        "lands": list(placement.lands),
        "pending": list(placement.pending),
        "continues": list(placement.continues),
        "evictedAfterSeconds": _by_node(placement),
        "refusals": [_refusal(refusal) for refusal in placement.refusals],
        "preferences": [
            {
                "node": node,
                "preferredScore": score,
                "intolerablePreferNoSchedule": repelled,
                "rank": rank,
            }
            for node, score, repelled, rank in placed.ranked
        ],
        "notJudged": list(placement.not_judged),
    }


def _by_node(placement: Placement) -> dict[str, int]:
    """The seconds until eviction, in inventory order."""
    after = placement.evicted_after
    return {node: after[node] for node in placement.lands if node in after} if after else {}


def _refusal(refusal: Refusal) -> Data:
    return {
        "predicate": refusal.predicate,
        "because": refusal.because,
        "nodes": list(refusal.nodes),
        "path": refusal.at.path,
        "file": refusal.at.file,
        "line": refusal.at.line,
    }


def _step(step: Step) -> Data:
    return {
        "predicate": step.predicate,
        "passes": step.passes,
        "because": step.because,
        "path": step.at.path,
        "file": step.at.file,
        "line": step.at.line,
    }


def _node(node: Mapping[str, Any]) -> Data:
    shown = seen(node)
    return {
        "name": shown.name,
        "roles": list(shown.roles),
        "os": shown.system,
        "arch": shown.architecture,
        "cordoned": shown.cordoned,
        "taints": list(shown.taints),
        "allocatable": dict(shown.allocatable),
        "labels": dict(shown.labels),
    }
