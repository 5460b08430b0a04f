"""`dslint check` says it all for a CI run: findings, placement, the inventory's health."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import CheckReport


def check(context: click.Context) -> int:
    """Prints everything there is to say; one exit code for it all."""
    request, voices = _options.request(context), _voice.voices(context, CheckReport)
    report = run.check(request)
    _voice.say(report, voices)
    if not request.nodes:
        _voice.note(["placement and its rules are left out: add --nodes FILE"])
    _voice.skipped(context, report.lint.skipped)
    return _voice.verdict(report.lint.findings, report.lint.unread, context.obj["fail_on"])


command = _options.command(
    "check",
    "Judge manifests, their placement on the inventory of --nodes, and that inventory.",
    check,
    _options.PATHS,
    _options.NODES,
    _options.TARGET,
    _options.SCHEMAS,
    _options.RULES,
    _options.fail_on("error"),
    _options.VOICE,
)
