"""`dslint explain` says why a workload lands on a node or not, step by step."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import ExplainReport


def explain(context: click.Context) -> int:
    """Prints every predicate for one workload and one node."""
    request, voices = _options.request(context), _voice.voices(context, ExplainReport)
    report = run.explain(request, context.obj["wanted"], context.obj["node"])
    _voice.say(report, voices)
    if report.reference:
        _voice.note([_voice.REFERENCE])
    _voice.note(report.notes)
    return _voice.verdict((), report.unread, None)


command = _options.command(
    "explain",
    "Explain one workload, [Kind/[namespace/]]name, on one node: every predicate, the line that"
    " decides, and the smallest change that would land it there.",
    explain,
    _options.PAIR,
    _options.NODES,
    _options.STATE,
    _options.TARGET,
    _options.VOICE,
)
