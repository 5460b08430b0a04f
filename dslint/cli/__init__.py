"""The door: the only place that knows click, stdout and exit codes.

`main` runs the command that the arguments name; its module is loaded only then. A usage error ends
in exit 2, and so does a bug, after its traceback.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Sequence
from types import TracebackType

import click

from dslint import __version__
from dslint.cli import _stream, _version

BUG = "this is a bug in dslint: please report it with the lines above and the command that you ran"


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs dslint with the process's arguments, or with those given, and exits."""
    if arguments is None:
        # The process is ours and ends soon; a run makes hardly a cycle, and looking for some took
        # a quarter of the time of two thousand files.
        gc.disable()
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if asked == ["--version"]:
        # Answered here to spare start-up: it needs no command and no parser.
        sys.exit(_stream.told(_version.SENTENCE))
    sys.excepthook = _bug
    try:
        status = group(asked).main(asked, "dslint", standalone_mode=False)
    except click.ClickException as error:
        with contextlib.suppress(OSError):  # a stderr that is full or closed hears nothing
            error.show()
        status = 2
    except click.Abort:
        status = 130
    sys.exit(status if isinstance(status, int) else 0)


def group(arguments: Sequence[str]) -> click.Group:
    """The command line, with the one command that the arguments name, or with every one."""
    from dslint import discover  # spares start-up: `--version` needs none of it

    name = next((word for word in arguments if not word.startswith("-")), "")
    every = discover.names("cli")
    wanted = (name,) if name in every else every
    return click.Group(
        "dslint",
        commands={name: discover.module("cli", name).command for name in wanted},
        help="Answers without a cluster: is this manifest right, and where will it run?",
        params=[_version.option(), _version.help_option()],
        add_help_option=False,
        no_args_is_help=True,
    )


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python calls for an exception that nobody expected: exit 2, nothing was judged."""
    if issubclass(kind, KeyboardInterrupt):
        raise SystemExit(130)
    sys.__excepthook__(kind, error, trace)
    _stream.err(f"{BUG} (dslint {__version__})\n")
    raise SystemExit(2)
