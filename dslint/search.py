"""Finds the files of PATH arguments: files, folders, globs and `-`, each file once.

A searched folder gives its `*.yaml`, `*.yml` and `*.json`, in the order of their paths, without
what `.gitignore` files leave out, hidden folders, or links to folders. A `File` says why it is
passed over (a Helm chart's own sources) or cannot be read; no manifest is opened, nothing raises.
"""

from __future__ import annotations

import errno
import os
import pathlib
import stat
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dslint import intake

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
CHART = "Chart.yaml"
VALUES = "values of a Helm chart: render the chart with `helm template` and judge that"
IN_CHART = "source of the Helm chart beside it: render it with `helm template` and judge that"

_LONGEST_IGNORES = 1_000_000
_FIXES = {
    errno.EACCES: "give the user that runs dslint the right to read it, or leave it out",
    errno.EPERM: "give the user that runs dslint the right to read it, or leave it out",
    errno.ELOOP: "mend the link, or leave it out",
    errno.EBADF: "pipe the manifests to dslint, or name a file",
}
_ABSENT = "correct the name; it is looked for from the current folder"

Ignores = tuple[tuple["GitIgnoreSpec", str], ...]
"""Rules of `.gitignore` files, the outermost first, each with the path from it to the folder."""


class File(NamedTuple):
    """One file as it was given or found; `named` on the command line, so judged whatever it is.

    `skipped` is the reason to pass it over, `unread` the sentence that says why it cannot be read.
    """

    path: str
    named: bool = False
    skipped: str = ""
    unread: str = ""


def find(paths: Sequence[str]) -> tuple[File, ...]:
    """The files of `paths` (none: the current folder), in their order, each once."""
    found: dict[object, File] = {}
    for file in (file for path in paths or (".",) for file in _expand(path)):
        identity = file.path if file.unread or file.path == intake.STDIN else _identity(file.path)
        if identity not in found or (file.named and not found[identity].named):
            found[identity] = file
    return tuple(found.values())


def denied(path: str, error: OSError) -> File:
    """The file or folder at `path` as one that cannot be read, with what to do about it."""
    why = (error.strerror or str(error)).lower()
    fix = _FIXES.get(error.errno or 0, "name a file or folder that can be read")
    return File(path, unread=f"{path}: cannot be read: {why}\n  fix: {fix}")


def _identity(path: str) -> object:
    try:
        status = pathlib.Path(path).stat()
    except OSError:
        return path
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def _expand(path: str) -> Iterator[File]:
    """The files of one PATH argument."""
    if path == intake.STDIN:
        yield File(path, named=True)
        return
    if not os.path.lexists(path) and any(sign in path for sign in "*?["):
        yield from _glob(path)
        return
    try:
        status = pathlib.Path(path).stat()
    except (OSError, ValueError) as error:
        yield _missing(path, error)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from sorted(_searched(path), key=lambda file: file.path)
    else:
        yield File(path, named=True)


def _missing(path: str, error: OSError | ValueError) -> File:
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return denied(path, error)
    return File(path, unread=f"{path}: no such file or folder\n  fix: {_ABSENT}")


def _glob(pattern: str) -> Iterator[File]:
    """What a glob matches, as if the shell had expanded it: its files are named."""
    pure = pathlib.PurePath(pattern)
    hidden = any(part.startswith(".") and part != ".." for part in pure.parts)
    try:
        matches = sorted(pathlib.Path(pure.anchor or ".").glob(str(pure.relative_to(pure.anchor))))
    except ValueError as error:
        yield File(
            pattern,
            unread=f"{pattern}: no glob: {error}\n  fix: write ** as a folder: a/**/b.yaml",
        )
        return
    kept = [str(match) for match in matches if hidden or not _is_hidden(match)]
    if not kept:
        yield File(pattern, unread=f"{pattern}: matches no file or folder\n  fix: {_ABSENT}")
    for match in kept:
        yield from _expand(match)


def _is_hidden(path: pathlib.PurePath) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)


class _Folder(NamedTuple):
    """A folder to search, the rules of the `.gitignore` files above, and where it lies.

    `of_chart`: in a Helm chart's folder, at any depth; `in_templates`: in that of its templates.
    """

    path: str
    ignores: Ignores
    of_chart: bool
    in_templates: bool


def _searched(folder: str) -> Iterator[File]:
    """The files beneath a folder, in no order."""
    pending = [_Folder(folder, _outer_ignores(folder), *_inside_chart(folder))]
    while pending:
        here = pending.pop()
        try:
            entries = _entries(here.path)
        except OSError as error:
            yield denied(here.path, error)
            continue
        names = {entry.name for entry in entries}
        has_chart = CHART in names
        here = here._replace(of_chart=here.of_chart or has_chart)
        if ".gitignore" in names:
            own = _read_ignores(f"{here.path}/.gitignore", "")
            here = here._replace(ignores=here.ignores + own)
        kept = [entry for entry in entries if not _left_out(entry, here.ignores)]
        pending += [_below(here, entry.name, has_chart) for entry in kept if _is_folder(entry)]
        yield from (_judged(entry, here) for entry in kept if not _is_folder(entry))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as scan:
        return list(scan)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # links that lead to each other
        return False


def _left_out(entry: os.DirEntry[str], ignores: Ignores) -> bool:
    """Whether an entry is no candidate: hidden, of another suffix, or left out by git."""
    if _is_folder(entry):
        return entry.name[0] == "." or _ignored(ignores, f"{entry.name}/")
    return not _wanted(entry.name) or _ignored(ignores, entry.name)


def _below(here: _Folder, name: str, beside_chart: bool) -> _Folder:
    """The folder of that name in another one, for which the rules have a longer way."""
    ignores = tuple((spec, f"{prefix}{name}/") for spec, prefix in here.ignores)
    in_templates = here.in_templates or (name == "templates" and beside_chart)
    return _Folder(_join(here.path, name), ignores, here.of_chart, in_templates)


def _wanted(name: str) -> bool:
    return name.endswith(SUFFIXES) or name in KUSTOMIZATIONS


def _join(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder.rstrip('/')}/{name}"


def _judged(entry: os.DirEntry[str], folder: _Folder) -> File:
    """A file of a searched folder, and the reason to pass it over if its name or place is one."""
    path = _join(folder.path, entry.name)
    if folder.in_templates or entry.name == CHART:
        return File(path, skipped=IN_CHART)
    if folder.of_chart and "values" in entry.name:
        return File(path, skipped=VALUES)
    if entry.name in KUSTOMIZATIONS:
        return File(path, skipped="kustomize's own file: build it with `kubectl kustomize`")
    if not _is_file(entry):
        return File(path, skipped="no regular file")
    return File(path)


def _inside_chart(folder: str) -> tuple[bool, bool]:
    """Whether the folder lies in that of a Helm chart, and in its `templates/`."""
    here = pathlib.Path(folder).absolute()
    charts = [up for up in (here, *here.parents) if _is_there(up / CHART)]
    return bool(charts), any(here.is_relative_to(up / "templates") for up in charts)


def _is_there(path: pathlib.Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be entered
        return False


def _outer_ignores(folder: str) -> Ignores:
    """The `.gitignore` rules of the folders above, up to the root of the git repository.

    A folder that they leave out is searched all the same, for somebody named it.
    """
    here = pathlib.Path(folder).absolute()
    root = next((up for up in (here, *here.parents) if _is_there(up / ".git")), here)
    outer: Ignores = ()
    for up in reversed([up for up in here.parents if up.is_relative_to(root)]):
        prefix = here.relative_to(up).as_posix()
        outer += _read_ignores(f"{up}/.gitignore", f"{prefix}/")
    return () if any(spec.match_file(prefix) for spec, prefix in outer) else outer


def _read_ignores(path: str, prefix: str) -> Ignores:
    try:
        # a repository is anybody's: its .gitignore may be a link to a device that never ends
        text = intake.whole(path, _LONGEST_IGNORES) if pathlib.Path(path).is_file() else b""
    except OSError:
        return ()
    return ((_spec(text.decode("utf-8", "surrogateescape").splitlines()), prefix),)


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """The rules of a `.gitignore`; git passes over a line that is no pattern, and so do we."""
    # Loaded here to spare start-up: most runs read no .gitignore.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _ignored(ignores: Ignores, name: str) -> bool:
    """Whether the innermost `.gitignore` that speaks of a name leaves it out."""
    for spec, prefix in reversed(ignores):
        verdict = spec.check_file(prefix + name).include
        if verdict is not None:
            return verdict
    return False
