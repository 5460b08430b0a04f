"""One workload on one node, step by step: what each predicate says, and what would change it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dslint.outputs._placements import location
from dslint.outputs._sheet import Line, line
from dslint.report import ExplainReport, Step


def lines(report: ExplainReport) -> Iterator[Line]:
    """The verdict, the steps, and the smallest change on either side where it does not land."""
    workload = f"{report.kind} {report.namespace}/{report.name}"
    verdict, style = ("lands", "good") if report.lands else ("does not land", "error")
    fleet = " of the built-in reference fleet" if report.reference else ""
    tail = f" on node {report.node}{fleet}, Kubernetes {report.kubernetes}"
    yield Line(((f"{workload} ", "title"), (verdict, style), (tail, "title")))
    if report.evicted_after is not None:
        text = f"and is evicted after {report.evicted_after} s"
        yield line(text, "warning", 2)
    width = max((len(step.predicate) for step in report.steps), default=0)
    for step in report.steps:
        yield from _step_lines(step, width)
    if report.not_judged:
        yield line(f"not judged: {', '.join(report.not_judged)}", "dim", 2)
    for hint in report.hints:
        yield Line((("hint: ", "info"), (hint, "")), indent=2)
    yield from _change_lines(report)


def _step_lines(step: Step, width: int) -> Iterator[Line]:
    mark, style = ("passes ", "good") if step.passes else ("refuses", "error")
    name = step.predicate.ljust(width)
    where = "" if step.passes else location(step.at)
    yield Line(((mark, style), (f"  {name}  {step.because}", ""), (where, "dim")), indent=2)
    if len(step.details) > 1 or not step.passes:
        for detail in step.details:
            yield line(detail, "dim", 11)


def _change_lines(report: ExplainReport) -> Iterator[Line]:
    if report.edit is not None:
        path, value = report.edit
        text = f"{path}: {json.dumps(value, ensure_ascii=False)}"
        yield Line((("edit: ", "info"), (text, "")), indent=2)
    for text in (report.diff or "").splitlines():
        yield line(text, {"+": "good", "-": "error"}.get(text[:1], "dim"), 6)
    if report.kubectl is not None:
        yield Line((("or: ", "info"), (report.kubectl, "")), indent=2)
    if report.refused:
        yield Line((("but: ", "warning"), (report.refused, "")), indent=2)
