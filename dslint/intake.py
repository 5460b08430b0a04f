"""Takes in the bytes of what a path names: a file, or stdin for `-`.

A path comes in, bytes go out, no more of them than asked for, so that a device or a pipe that
never ends costs no more memory than a file. Raises OSError where nothing can be read.
"""

from __future__ import annotations

import errno
import os
import pathlib
import sys
from typing import BinaryIO

STDIN = "-"


def content(path: str, most: int = -1) -> bytes:
    """The bytes of a file, of stdin for `-`; the first `most` of them, all if it is negative.

    Raises OSError for a file that cannot be read, and for a stdin that is closed.
    """
    if path == STDIN:
        return _stdin().read(most)
    with pathlib.Path(path).open("rb") as file:
        return file.read(most)


def whole(path: str, most: int, stdin: BinaryIO | None = None) -> bytes:
    """The bytes of a file; of `stdin` for `-`, the process's by default.

    Raises OSError as `content` does, and for what has more than `most` bytes or never ends.
    """
    # one byte more than is read tells that there are too many
    size = most + 1
    found = stdin.read(size) if stdin and path == STDIN else content(path, size)
    if len(found) > most:
        raise OSError(errno.EFBIG, f"it has more than {most:,} bytes, the most that is read")
    return found


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # Python leaves it out where the process has none
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdin.buffer
