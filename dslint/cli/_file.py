"""Writes the files of `--output`: each whole or not at all, and none where one cannot be written.

Names and texts come in. What cannot be written raises InputError, and `check` says so before there
is anything to write. A device or pipe is written to as it is; a reader that goes away is no error.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import stat
from collections.abc import Iterable

from dslint.cli import _stream
from dslint.model import InputError


def check(place: str) -> None:
    """Raises InputError for a file that cannot be written, before there is anything to write."""
    path = pathlib.Path(place)
    try:
        status = _status(path)
        if status and stat.S_ISDIR(status.st_mode):
            raise _system(errno.EISDIR)
        if not _is_in_place(status):
            folder = _real(path).parent
            if not stat.S_ISDIR(folder.stat().st_mode):
                raise _system(errno.ENOTDIR)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise _system(errno.EACCES)
        if status and not os.access(path, os.W_OK):
            raise _system(errno.EACCES)
    except OSError as error:
        raise unwritten(place, error) from error


def _status(path: pathlib.Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _system(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def _is_in_place(status: os.stat_result | None) -> bool:
    """Whether it is a device or pipe, which nothing can take the place of."""
    return status is not None and not stat.S_ISREG(status.st_mode)


def _real(path: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(os.path.realpath(path))


def write(texts: Iterable[tuple[str, str]]) -> None:
    """Writes each text to its file: all of them or, where one cannot be written, none.

    A device or pipe is written to as it is. Raises InputError.
    """
    parts: list[tuple[pathlib.Path, pathlib.Path]] = []
    place = ""
    try:
        for place, text in texts:
            path, data = pathlib.Path(place), text.encode("utf-8", "backslashreplace")
            if _is_in_place(_status(path)):
                _pour(data, path)
                continue
            target = _real(path)
            part = target.with_name(f".dslint-{os.getpid()}-{len(parts)}.part")
            parts.append((part, target))
            part.write_bytes(data)
            if target.exists():
                import shutil  # spares start-up: few write over a file

                shutil.copymode(target, part)
        for part, target in parts:
            part.replace(target)
    except OSError as error:
        raise unwritten(place, error) from error
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def _pour(data: bytes, path: pathlib.Path) -> None:
    with contextlib.suppress(BrokenPipeError):  # its reader went away
        path.write_bytes(data)


def unwritten(place: str, error: OSError) -> InputError:
    """The error of a file, or of stdout, that cannot be written."""
    return InputError(
        f"cannot write it: {_stream.reason(error)}",
        place or repr(place),
        "",
        "name a file in a folder that is there, may be written to, and has room",
    )
