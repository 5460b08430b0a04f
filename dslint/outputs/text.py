"""Reports as text that a person reads: findings with why and fix, tables, reasons with counts.

`sheet` says what stands where, and `render` writes it plainly: for files and pipes nothing is cut
or coloured. A terminal gets the same sheet, drawn by `draw` in its width and colours.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.outputs import _findings
from dslint.outputs._sheet import Line, Row, line, plain
from dslint.report import (
    EVERY,
    CheckReport,
    ExplainReport,
    LintReport,
    NodesReport,
    PlacementReport,
    Report,
    RulesReport,
)

FILLS = EVERY

# Each report's own lines are imported where it is written: a command writes one kind of report.


def render(report: Report) -> str:
    """Any report as plain text."""
    return plain(sheet(report))


def draw(report: Report, width: int, colour: bool) -> str:
    """Any report as a terminal of `width` columns shows it."""
    # Loaded here to spare start-up: rich draws for terminals alone.
    from dslint.outputs import _screen

    return _screen.draw(sheet(report), width, colour)


def sheet(report: Report) -> Iterator[Line | Row]:
    """Any report as lines and rows."""
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


def _lint(report: LintReport) -> Iterator[Line | Row]:
    """The findings, and a line that sums them up."""
    yield from _findings.lines(report.findings)
    yield line(_findings.summary(report), "title")


def _place(report: PlacementReport) -> Iterator[Line | Row]:
    """The table with its reasons, and what an API server would refuse."""
    from dslint.outputs import _placements

    yield from _placements.lines(report)
    if report.findings:
        yield line()
    yield from _findings.lines(report.findings)


def _check(report: CheckReport) -> Iterator[Line | Row]:
    """The placement where there is one, then the findings with their summary."""
    if report.placement is not None:
        from dslint.outputs import _placements

        yield from _placements.lines(report.placement)
        yield line()
    yield from _lint(report.lint)


def _explain(report: ExplainReport) -> Iterator[Line | Row]:
    """The answer, and every step that led to it."""
    from dslint.outputs import _explanation

    return _explanation.lines(report)


def _rules(report: RulesReport) -> Iterator[Line | Row]:
    """A table of rules or facts, or the page of one."""
    from dslint.outputs import _pages

    return _pages.lines(report)


def _nodes(report: NodesReport) -> Iterator[Line | Row]:
    """The inventory, and what is wrong with it."""
    from dslint.outputs import _fleet

    yield from _fleet.lines(report)
    if report.findings:
        yield line()
    yield from _findings.lines(report.findings)
