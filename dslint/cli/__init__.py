"""The door: the only place that knows click, stdout and exit codes.

`main` runs the command that the arguments name; its module is loaded only then. An `InputError` is
said on stderr and ends in exit 2, and so does a bug, after its traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType

import click

from dslint import __version__
from dslint.cli import _version
from dslint.model import InputError

BUG = "this is a bug in dslint: please report it with the lines above and the command that you ran"


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs dslint with the process's arguments, or with those given, and exits."""
    sys.excepthook = _bug
    asked = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = group(asked).main(asked, "dslint", standalone_mode=False)
    except InputError as error:
        status = _refuse(str(error))
    except click.ClickException as error:
        error.show()
        status = 2
    except click.Abort:
        status = 130
    sys.exit(_flushed(status))


def group(arguments: Sequence[str]) -> click.Group:
    """The command line, with the one command that the arguments name, or with every one."""
    commands = {}
    name = next((word for word in arguments if not word.startswith("-")), "")
    if name or "--version" not in arguments:
        # Loaded here to spare start-up: `--version` needs none of it.
        from dslint import discover

        every = discover.names("cli")
        wanted = (name,) if name in every else every
        commands = {name: discover.module("cli", name).command for name in wanted}
    return click.Group(
        "dslint",
        commands=commands,
        help="Answers without a cluster: is this manifest right, and where will it run?",
        params=[_version.option()],
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
    )


def _refuse(sentence: str) -> int:
    click.echo(f"error: {sentence}", err=True)
    return 2


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python calls for an exception that nobody expected: exit 2, nothing was judged."""
    if issubclass(kind, KeyboardInterrupt):
        raise SystemExit(130)
    sys.__excepthook__(kind, error, trace)
    sys.stderr.write(f"{BUG} (dslint {__version__})\n")
    raise SystemExit(2)


def _flushed(status: object) -> int:
    """The exit code once stdout is written; a reader that went away is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes again when it ends, and would complain: give it another stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status if isinstance(status, int) else 0
