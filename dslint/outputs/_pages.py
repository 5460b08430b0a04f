"""Rules as a list of one row each, or one rule as a page: what, why, fix, examples, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dslint.outputs._findings import count
from dslint.outputs._sheet import Line, Row, line, row
from dslint.report import RulesReport

HEADS = ("RULE", "SEVERITY", "NAME", "SUMMARY")


def lines(report: RulesReport) -> Iterator[Line | Row]:
    """The page of the rule that was asked for, else the list of rules or of facts."""
    if report.one:
        for rule in report.rules:
            yield from _page(rule)
        return
    if report.facts:
        yield row(("FACT", "TYPE", "NEEDS INVENTORY", "SUMMARY"), "head")
        for fact in report.rules:
            needs = "yes" if fact["needs_inventory"] else "no"
            yield row([fact["name"], fact["type"], needs, fact["summary"]], "name")
        return
    yield row(HEADS, "head")
    for rule in report.rules:
        yield row([rule[key] for key in ("id", "severity", "name", "summary")], "name")
    yield line(count(len(report.rules), "rule"), "dim")


def _page(rule: Mapping[str, Any]) -> Iterator[Line]:
    severity = str(rule["severity"])
    yield Line(((f"{rule['id']} {rule['name']} ", "title"), (f"({severity})", severity)))
    yield line(str(rule["summary"]), "", 2)
    for label in ("why", "fix"):
        if rule.get(label):
            yield line()
            yield Line(((f"{label}: ", "dim"), (" ".join(str(rule[label]).split()), "")), indent=2)
    yield line()
    yield line(f"kinds: {', '.join(map(str, rule['kinds'])) or 'every workload'}", "", 2)
    for label, key in (
        ("an API server refuses this", "rejected"),
        ("needs an inventory", "needs_inventory"),
        ("can be fixed without asking", "fixable"),
    ):
        if rule[key]:
            yield line(label, "", 2)
    for label in ("good", "bad"):
        for example in rule.get(label, ()):
            yield line(f"{label}:", "good" if label == "good" else "error", 2)
            for text in str(example).splitlines():
                yield line(text, "", 4)
    for reference in rule["references"]:
        yield line(str(reference), "dim", 2)
