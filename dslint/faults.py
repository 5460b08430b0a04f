"""Puts what a YAML parser stumbled over into a complaint that says what to do about it.

In goes PyYAML's error and the bytes of the file, out comes one complaint with rule, place (line and
column 1-based), libyaml's own words and, where the text shows it, the usual cause. Nothing here
raises.
"""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from dslint.model import Complaint

MAX_DEPTH = 250
"""Levels of nested lists and maps. Kubernetes' reader has 10,000 and libyaml 1,000, but what judges
the data afterwards recurses; a Pod needs 20 levels, the deepest schemas of CRDs some 100."""

MAX_BYTES = 100_000_000
"""Longest text that is read: it costs about fifteen times its length in memory."""

_LINE_BREAK = re.compile(rb"\r\n?|\n|\xc2\x85|\xe2\x80[\xa8\xa9]")  # as libyaml counts lines


def breaks(data: bytes, end: int) -> int:
    """How many lines end before the byte at `end`."""
    return len(_LINE_BREAK.findall(data, 0, end))


def position(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column (1-based) of a byte; columns count characters, broken bytes as one each."""
    starts = [found.end() for found in _LINE_BREAK.finditer(data, 0, offset)]
    line = data[starts[-1] if starts else 0 : offset].decode("utf-8", "replace")
    return len(starts) + 1, len(line.removeprefix("\ufeff")) + 1


def not_utf8(data: bytes, offset: int) -> Complaint:
    """The complaint about the first byte that is no UTF-8."""
    return Complaint(
        rule="DS003",
        path=(),
        what=f"byte 0x{data[offset]:02x} at offset {offset} is not UTF-8",
        mark=position(data, offset),
        fix="save the file as UTF-8",
    )


def too_large(size: int) -> Complaint:
    """The complaint about a file that is not read for its size in bytes."""
    return Complaint(
        rule="DS010",
        path=(),
        what=f"the file has {size:,} bytes, and at most {MAX_BYTES:,} are read",
        mark=(1, 1),
        fix="split the file; a manifest of more than 3 MB is refused by an API server anyway",
    )


def from_error(error: MarkedYAMLError, data: bytes) -> Complaint:
    """The complaint that a parser's error becomes; its marks are those of `data`."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "quoted scalar" in said and "escape" not in said:
        mark = error.context_mark  # where the quote opens, not where the text ends
    point = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in said:
        return too_deep(point)
    if "incompatible YAML" in said:
        return version(point)
    what, fix = _cause(said, _line(data, point[0]), point[1], error)
    return Complaint(
        rule="DS001",
        path=(),
        what=f"{what} (libyaml: {said})" if what else f"this is no YAML: {said}",
        mark=point,
        fix=fix,
    )


def bad_character(data: bytes, offset: int) -> Complaint:
    """A byte that is no UTF-8, or a character that YAML does not allow anywhere."""
    for length in range(1, 5):
        try:
            character = data[offset : offset + length].decode("utf-8")
            break
        except UnicodeDecodeError:
            continue
    else:
        return not_utf8(data, offset)
    name = "a NUL byte" if character == "\0" else f"the control character U+{ord(character):04X}"
    return Complaint(
        rule="DS001",
        path=(),
        what=f"{name} stands in the text, which YAML does not allow",
        mark=position(data, offset),
        fix=f'remove it, or write it as an escape in double quotes ("\\x{ord(character):02x}")',
    )


_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef\xbf[\xbe\xbf]"
)


def first_bad(data: bytes, start: int) -> int:
    """The offset of the first byte from `start` on that cannot stand in YAML; the end if none."""
    end = len(data)
    try:
        data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        end = start + error.start
    found = _CONTROL.search(data, start, end)
    return found.start() if found else end


def _line(data: bytes, line: int) -> str:
    """The text of one line (1-based)."""
    starts = [0, *(found.end() for found in _LINE_BREAK.finditer(data)), len(data)]
    return (
        data[starts[line - 1] : starts[line]].decode("utf-8", "replace")
        if line < len(starts)
        else ""
    )


def too_deep(mark: tuple[int, int]) -> Complaint:
    """The complaint about nesting that is deeper than what is read."""
    return Complaint(
        rule="DS010",
        path=(),
        what=f"lists and maps are nested deeper than {MAX_DEPTH} levels",
        mark=mark,
        fix="take the nesting apart; no Kubernetes object is nested deeper than a few dozen levels",
    )


def version(mark: tuple[int, int]) -> Complaint:
    """The complaint about a `%YAML` directive of a version that Kubernetes refuses."""
    return Complaint(
        rule="DS012",
        path=(),
        what="the %YAML directive asks for a version other than 1.1",
        mark=mark,
        why="Kubernetes reads YAML 1.1 and says: found incompatible YAML document",
        fix="remove the %YAML line, and the `---` after it if nothing stands before",
    )


_UNQUOTED_COLON = re.compile(r":\s+\S.*:(\s|$)")


def _cause(said: str, here: str, column: int, error: MarkedYAMLError) -> tuple[str, str | None]:
    """What usually stands behind libyaml's words: what is wrong, what to do."""
    opened = error.context_mark.line + 1 if error.context_mark else 0
    indent = here[: len(here) - len(here.lstrip())]
    if "\t" in indent or here[column - 1 : column] == "\t":
        return "a tab stands where YAML wants spaces", "indent with spaces"
    if "{{" in here:
        return (
            "a template that was not rendered stands here",
            "render the chart first: helm template CHART | dslint lint -",
        )
    if "quoted scalar" in said and "escape" in said:
        return (
            "a backslash sequence that YAML does not know stands in double quotes",
            "double the backslash, or use single quotes",
        )
    if "quoted scalar" in said:
        return f"the quote that opens in line {opened} is not closed", "close the quote"
    if "mapping values are not allowed" in said:
        if _UNQUOTED_COLON.search(here):
            return "a second `: ` stands in one line", "quote the value that holds the colon"
        return "a key stands where none can", "indent the line as its neighbours are"
    if "could not find expected ':'" in said:
        return (
            f"line {opened} is neither `key: value` nor `- item`",
            "write `key: value`, with a space after the colon",
        )
    if (
        "expected <block end>" in said
        or "did not find expected key" in said
        or "'-' indicator" in said
    ):
        return (
            "the indentation does not fit the lines above",
            "indent the keys of one map, and the dashes of one list, by the same spaces",
        )
    if "flow" in said:
        return (
            f"the bracket that opens in line {opened} is not closed as YAML wants it",
            "close the bracket, or quote the text",
        )
    if "cannot start any token" in said:
        return f"no YAML value starts with {here[column - 1 : column]}", "quote the value"
    return "", None
