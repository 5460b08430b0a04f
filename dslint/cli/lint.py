"""`dslint lint` says whether manifests are right."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import LintReport


def lint(context: click.Context) -> int:
    """Prints the findings; the exit code says whether one counts."""
    request, voices = _options.request(context), _voice.voices(context, LintReport)
    report = run.lint(request)
    _voice.say(report, voices)
    if not request.nodes:
        _voice.note(["rules that need an inventory are left out: add --nodes FILE"])
    _voice.skipped(context, report.skipped)
    return _voice.verdict(report.findings, report.unread, context.obj["fail_on"])


command = _options.command(
    "lint",
    "Judge manifests: files, folders, globs or - for stdin; the current folder if none is named."
    " With --nodes also by what they do on that inventory.",
    lint,
    _options.PATHS,
    _options.NODES,
    _options.TARGET,
    _options.SCHEMAS,
    _options.RULES,
    _options.fail_on("error"),
    _options.VOICE,
)
