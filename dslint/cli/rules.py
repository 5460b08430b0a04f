"""`dslint rules` says what is judged, and why."""

from __future__ import annotations

import click

from dslint import run
from dslint.cli import _options, _voice
from dslint.report import RulesReport


def rules(context: click.Context) -> int:
    """Prints the list of rules, or the page of one."""
    request, voices = _options.request(context), _voice.voices(context, RulesReport)
    report = run.facts() if context.obj["facts"] else run.rules(request, context.obj["rule"])
    _voice.say(report, voices)
    return 0


command = _options.command(
    "rules",
    "List the rules, or explain the one of that id or name.",
    rules,
    _options.RULE,
    _options.RULES[-1:],
    _options.VOICE,
)
