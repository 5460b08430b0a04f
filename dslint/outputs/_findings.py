"""Findings as lines: where, severity, rule and what, then why and fix, then how many there are."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dslint.finding import SEVERITIES, Finding
from dslint.outputs._sheet import Line, line
from dslint.report import LintReport

MOST = 100
"""Findings of one rule that are shown for one file."""


def lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """Every finding in order; of one rule the first hundred a file, then how many more."""
    for _, of_file in itertools.groupby(findings, key=lambda finding: finding.file):
        yield from _file_lines(list(of_file))


def _file_lines(findings: Sequence[Finding]) -> Iterator[Line]:
    shown: Counter[str] = Counter()
    for finding in findings:
        shown[finding.rule] += 1
        if shown[finding.rule] <= MOST:
            yield from _lines(finding)
    names = {finding.rule: finding.name for finding in findings}
    for rule, count in shown.items():
        if count > MOST:
            yield line(f"{findings[0].file}: and {count - MOST} more {rule} {names[rule]}", "dim")


def _lines(finding: Finding) -> Iterator[Line]:
    yield Line(
        (
            (f"{finding.file}:{finding.line}:{finding.column}", "title"),
            (": ", ""),
            (finding.severity, finding.severity),
            (f" {finding.rule} {finding.name}: ", ""),
            (finding.what, ""),
        )
    )
    for label, sentence in (("why", finding.why), ("fix", finding.fix)):
        if sentence:
            yield Line(((f"{label}: ", "dim"), (sentence, "")), indent=2)


def summary(report: LintReport) -> str:
    """`2 findings (1 error, 1 warning) in 3 files, 4 workloads; 5 skipped`."""
    severities = Counter(finding.severity for finding in report.findings)
    parts = [count(severities[name], name) for name in SEVERITIES if severities[name]]
    found = count(len(report.findings), "finding") if parts else "no findings"
    parts = [part.replace("infos", "info") for part in parts]
    text = f"{found} ({', '.join(parts)})" if parts else found
    text += f" in {count(report.files, 'file')}, {count(report.workloads, 'workload')}"
    return f"{text}; {len(report.skipped)} skipped" if report.skipped else text


def count(number: int, noun: str) -> str:
    """`1 node`, `3 nodes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
