"""stdout and stderr, which may be closed, full, or a pipe that nobody reads any more.

Text comes in and is written at once. A reader that goes away is no error: what it did not want is
dropped. What stdout cannot take for another reason is returned, or said on stderr.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys


def out(text: str) -> OSError | None:
    """Writes to stdout; what kept it from being written, None where nobody wants it."""
    if sys.stdout is None:  # Python leaves it out where the process has none: nobody reads
        return None
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes again when it ends, and would complain: give it another stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return None if isinstance(error, BrokenPipeError) else error
    return None


def told(text: str) -> int:
    """Writes to stdout, and returns the exit code: 2 with the reason on stderr where it cannot."""
    error = out(text)
    if error is None:
        return 0
    err(f"error: stdout: cannot write it: {reason(error)}\n")
    return 2


def err(text: str) -> None:
    """Writes to stderr; where that takes nothing, there is nobody to tell."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def reason(error: OSError) -> str:
    """What the system says is wrong, in lower case."""
    return (error.strerror or str(error)).lower()
