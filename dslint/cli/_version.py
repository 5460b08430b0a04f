"""`--version`, which the program and each of its commands have."""

from __future__ import annotations

import click

from dslint import __version__

SENTENCE = f"dslint {__version__}"


def option() -> click.Option:
    """The option that prints the version and ends; no environment variable stands for it."""
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        allow_from_autoenv=False,
        callback=_show,
        help="Show the version and exit.",
    )


def _show(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(SENTENCE)
        context.exit()
