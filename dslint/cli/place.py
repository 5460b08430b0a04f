"""`dslint place` says on which nodes workloads land, and why not on the others."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import PlacementReport


def place(context: click.Context) -> int:
    """Prints where each workload lands."""
    request, voices = _options.request(context), _voice.voices(context, PlacementReport)
    report = run.place(request)
    _voice.say(report, voices)
    if report.reference:
        _voice.note([_voice.REFERENCE])
    if not report.placements and not report.unread:
        _voice.note(["no workload was found, or none that the options choose"])
    _voice.note(report.notes)
    _voice.skipped(context, report.skipped)
    return _voice.verdict(report.findings, report.unread, context.obj["fail_on"])


command = _options.command(
    "place",
    "Predict on which nodes of an inventory each workload lands, and why not on the others."
    " Without --nodes on a built-in fleet of nodes that a stock cluster has.",
    place,
    _options.PATHS,
    _options.NODES,
    _options.CHOICE,
    _options.STATE,
    _options.TARGET,
    _options.fail_on(None),
    _options.VOICE,
)
