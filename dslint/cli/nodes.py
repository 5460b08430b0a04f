"""`dslint nodes` says what is in an inventory, and what is wrong with it."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import NodesReport


def nodes(context: click.Context) -> int:
    """Prints the nodes and the findings on them."""
    request, voices = _options.request(context), _voice.voices(context, NodesReport)
    report = run.nodes(request)
    _voice.say(report, voices)
    if report.reference:
        _voice.note([_voice.REFERENCE.replace("--nodes FILE", "FILE")])
    return _voice.verdict(report.findings, (), context.obj["fail_on"])


command = _options.command(
    "nodes",
    "Show an inventory and what is wrong with it; without FILE the built-in reference fleet.",
    nodes,
    _options.FILES,
    _options.TARGET,
    _options.RULES,
    _options.fail_on(None),
    _options.VOICE,
)
