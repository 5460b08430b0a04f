"""`--version` and `--help`, which the program and each of its commands have."""

from __future__ import annotations

from collections.abc import Callable

import click

from dslint import __version__
from dslint.cli import _stream

SENTENCE = f"dslint {__version__}\n"
_Callback = Callable[[click.Context, click.Parameter, bool], None]


def option() -> click.Option:
    """The option that prints the version and ends; no environment variable stands for it."""
    return _option(["--version"], _show_version, "Show the version and exit.")


def help_option() -> click.Option:
    """The option that prints the help and ends: click's own raises where stdout is full."""
    return _option(["-h", "--help"], _show_help, "Show this message and exit.")


def _option(names: list[str], callback: _Callback, text: str) -> click.Option:
    return click.Option(
        names,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        allow_from_autoenv=False,
        callback=callback,
        help=text,
    )


def _show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        context.exit(_stream.told(SENTENCE))


def _show_help(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        context.exit(_stream.told(f"{context.get_help()}\n"))
