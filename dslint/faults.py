"""Puts what stops a YAML parser into a complaint that says where, what and what to do about it.

The parser's error and the bytes of the text come in, one complaint goes out: its place with line
and column 1-based, the usual cause where the text shows it, libyaml's own words beside it. Nothing
here raises.
"""

from __future__ import annotations

import re
from itertools import islice

from yaml.error import MarkedYAMLError

from dslint.model import Complaint

MAX_DEPTH = 250
"""Levels of nested lists and maps. Kubernetes' reader has 10,000 and libyaml 1,000, but what
judges the data afterwards recurses; a Pod needs 20 levels, the deepest schemas of CRDs about 100.
"""

MAX_BYTES = 100_000_000
"""Longest text that is read: it takes about twenty times its length in memory."""

Point = tuple[int, int]
"""Line and column, 1-based."""

_LINE_BREAK = re.compile(rb"\r\n?|\n|\xc2\x85|\xe2\x80[\xa8\xa9]")  # as libyaml counts lines
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef\xbf[\xbe\xbf]"
)


def breaks(data: bytes, end: int) -> int:
    """How many lines end before the byte at `end`."""
    return len(_LINE_BREAK.findall(data, 0, end))


def line(data: bytes, number: int) -> str:
    """The text of one line (1-based); "" beyond the last."""
    found = islice(_LINE_BREAK.finditer(data), max(number - 2, 0), number)
    ends = [end.span() for end in found]
    starts_at = 0 if number == 1 else ends.pop(0)[1] if ends else len(data)
    stops_at = ends[0][0] if ends else len(data)
    return data[starts_at:stops_at].decode("utf-8", "replace")


def position(data: bytes, offset: int) -> Point:
    """The point of the byte at `offset`; columns count characters, as libyaml does."""
    starts = [found.end() for found in _LINE_BREAK.finditer(data, 0, offset)]
    before = data[starts[-1] if starts else 0 : offset].decode("utf-8", "replace")
    return len(starts) + 1, len(before.removeprefix("\ufeff")) + 1


def first_bad(data: bytes, start: int) -> int:
    """The offset of the first byte from `start` on that cannot stand in YAML; the end if none."""
    end = len(data)
    try:
        data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        end = start + error.start
    found = _CONTROL.search(data, start, end)
    return found.start() if found else end


def bad_character(data: bytes, offset: int) -> Complaint:
    """The complaint about a byte that is no UTF-8, or a character that YAML allows nowhere."""
    control = _CONTROL.match(data, offset)
    if control is None:
        byte = f"byte 0x{data[offset]:02x}" if offset < len(data) else "the end of the text"
        return Complaint(
            rule="DS003",
            path=(),
            what=f"{byte} at offset {offset} is not UTF-8",
            mark=position(data, offset),
        )
    code = ord(control[0].decode("utf-8"))
    name = "a NUL byte" if code == 0 else f"the control character U+{code:04X}"
    return Complaint(
        rule="DS001",
        path=(),
        what=f"{name} stands in the text, which YAML does not allow",
        mark=position(data, offset),
        fix=f'remove it, or write it in double quotes as "\\u{code:04x}"',
    )


def too_large() -> Complaint:
    """The complaint about a file that is not read for its size in bytes."""
    return Complaint(
        rule="DS010",
        path=(),
        what=f"the text has more than {MAX_BYTES:,} bytes, which is the most that is read",
        mark=(1, 1),
        fix="split the file; an API server refuses an object of more than 3 MB",
    )


def too_deep(mark: Point) -> Complaint:
    """The complaint about nesting that is deeper than what is read."""
    return Complaint(
        rule="DS010",
        path=(),
        what=f"lists and maps are nested deeper than {MAX_DEPTH} levels",
        mark=mark,
        fix="take the nesting apart; no object of Kubernetes needs more than some dozen levels",
    )


def given_up(mark: Point) -> Complaint:
    """The complaint about the rest of a file that has too many faults to go on."""
    what = "too many documents before this one are broken; the rest of the file is not read"
    return Complaint(rule="DS010", path=(), what=what, mark=mark, fix="mend those above first")


def excessive(mark: Point) -> Complaint:
    """The complaint about aliases that stand for far more than the text holds."""
    return Complaint(
        rule="DS010",
        path=(),
        what="aliases make the document many times as large as its text",
        mark=mark,
        why="Kubernetes' reader refuses it: document contains excessive aliasing",
        fix="write the values out, or use fewer aliases",
    )


def version(mark: Point) -> Complaint:
    """The complaint about a `%YAML` directive of a version that Kubernetes refuses."""
    what = "the %YAML directive asks for a version other than 1.1"
    return Complaint(rule="DS012", path=(), what=what, mark=mark)


def from_error(error: MarkedYAMLError, data: bytes) -> Complaint:
    """The complaint that a parser's error becomes; its marks are those of `data`."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    if error.context_mark and _AT_CONTEXT.search(said):
        mark = error.context_mark
    at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in said:
        return too_deep(at)
    if "incompatible YAML" in said:
        return version(at)
    what, fix = _cause(said, line(data, at[0]), at[1])
    glued = _GLUED.match(line(data, at[0] - 1)) if "mapping values" in said and at[0] > 1 else None
    if glued:
        at = at[0] - 1, glued.end(1) + 1
        what, fix = "no space stands after the colon", "write a space after the colon"
    return Complaint(
        rule="DS001",
        path=(),
        what=f"{what} (libyaml: {said})" if what else f"this is no YAML: {said}",
        mark=at,
        fix=fix,
    )


_GLUED = re.compile(r"(\s*(?:- )*[\w./-]+:)[^\s:/]")  # a line that is text, and meant as a key
# Where the parser stops long after the fault, the fault is where it began.
_AT_CONTEXT = re.compile(
    r"quoted scalar.*(end of stream|document indicator)|simple key|expected ',' or"
)
_TWO_COLONS = re.compile(r":\s+[^\s\"'\[{|>&*].*:(\s|$)")
_NOT_IN_FLOW = re.compile(r"\s*(-\s|---|\.\.\.|$)")
_RENDER = "render the chart first: helm template CHART | dslint lint -"

# What libyaml says, what usually stands behind it, what to do.
_CAUSES = (
    (
        r"quoted scalar.*(escape|hexdecimal)",
        "a backslash in double quotes begins no escape that YAML knows",
        "double the backslash, or use single quotes",
    ),
    (r"quoted scalar", "the quote that opens here is not closed", "close the quote"),
    (
        r"mapping values are not allowed",
        "a key and its colon stand where none can",
        "indent the line as its neighbours are, and give the line above its own colon",
    ),
    (
        r"expected ':'",
        "this line is neither `key: value` nor `- item`",
        "write a space after the colon, and a colon after the key",
    ),
    (
        r"<block end>|expected key|'-' indicator|block sequence entries",
        "the indentation does not fit the lines above",
        "indent the keys of one map, and the dashes of one list, by the same number of spaces",
    ),
    (
        r"expected ',' or",
        "the bracket that opens here is not closed as it should be",
        "close the bracket, put commas between the items, or quote the text",
    ),
    (
        r"flow",
        "between brackets stands what YAML does not expect there",
        "quote the text; outside quotes `:`, `?`, `-` and brackets have a meaning of their own",
    ),
    (
        r"start any token",
        "unquoted text cannot begin with {character}",
        "quote the value",
    ),
    (
        r"tab character",
        "a tab stands where YAML wants spaces",
        "indent with spaces",
    ),
    (
        r"directive",
        "a line that begins with % is read as a directive",
        "quote the text, or remove the line",
    ),
    (
        r"<document start>",
        "text follows after the end of the document",
        "begin another document with ---, or close brackets and quotes only at its end",
    ),
    (r"anchor|alias", "the name of an anchor is missing", "quote text that begins with & or *"),
    (r"tag", "a ! begins a tag, and this is none", "quote text that begins with !"),
)


def _cause(said: str, here: str, column: int) -> tuple[str, str | None]:
    """What usually stands behind libyaml's words, and what to do; ("", None) if nothing fits."""
    indent = here[: len(here) - len(here.lstrip())]
    character = here[column - 1 : column]
    if "\t" in indent or character == "\t":
        return "a tab stands where YAML wants spaces", "indent with spaces"
    if "{{" in here:
        return "a template stands here that was not rendered", _RENDER
    if "flow" in said and _NOT_IN_FLOW.match(here):
        return "a bracket above this line is still open", "close the bracket"
    if "mapping values" in said and _TWO_COLONS.search(here):
        return "the value holds a colon and is not quoted", "quote the value"
    for pattern, what, fix in _CAUSES:
        if re.search(pattern, said):
            return what.format(character=character or "that"), fix
    return "", None
