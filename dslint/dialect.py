r"""Makes libyaml read what Kubernetes reads: JSON, UTF-16, the escapes that Go treats otherwise.

Bytes in, bytes out, lines unchanged. libyaml knows no surrogate pairs and stumbles over tabs
around JSON; it accepts `\/` in double quotes, which go-yaml refuses and JSON allows, and refuses
`\'`, which go-yaml accepts. Text that none of this concerns comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import ScalarEvent, StreamEndEvent

from dslint.scan import Event

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml: its own parser makes the same events
    from yaml import SafeLoader as Parser  # type: ignore[assignment]


__all__ = ["Parser", "as_yaml"]

_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_FLOW = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[\[{]")
# libyaml skips a byte order mark at the start of any line, Kubernetes only at that of a document.
_LATE_MARK = re.compile(rb"(?<=\n)(?<!---\n)\xef\xbb\xbf")
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_GO_ESCAPE = re.compile(rb"\\[/']")
_REST_OF_SCALAR = re.compile(r'(?:\\.|[^"\\])*', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UNIT = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.",
    re.DOTALL,
)
_MENDS = 100  # scalars of one document in which a `\\'` is made known


def as_yaml(data: bytes) -> bytes:
    """The text of a file as UTF-8 that libyaml reads as Kubernetes would read the original."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return data
    if b"\n\xef\xbb\xbf" in data:
        data = _LATE_MARK.sub(b"\xef\xbf\xbd", data)
    if _FLOW.match(data):
        data = _blank_tabs(data)
    if not (_GO_ESCAPE.search(data) or _SURROGATE.search(data)):
        return data
    return _without_surrogates(data) if _is_json(data) else _with_go_escapes(data)


def _blank_tabs(data: bytes) -> bytes:
    """Spaces for the tabs around a JSON text; inside the brackets libyaml allows them."""
    head = len(data) - len(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    tail = len(data.rstrip())
    return data[:head].replace(b"\t", b" ") + data[head:tail] + data[tail:].replace(b"\t", b" ")


def _is_json(data: bytes) -> bool:
    import json  # spares start-up: only texts with JSON's own escapes come here

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _without_surrogates(data: bytes) -> bytes:
    """JSON with surrogate pairs as YAML writes them; spaces keep the columns behind them."""
    return _JSON_STRING.sub(_without_pairs, data) if _SURROGATE.search(data) else data


def _without_pairs(string: re.Match[bytes]) -> bytes:
    text = _UNIT.sub(_unit, string[0])
    return text + b" " * (len(string[0]) - len(text))


def _unit(escape: re.Match[bytes]) -> bytes:
    """One escape of JSON as YAML knows it; half a pair is U+FFFD, as in Go's decoder."""
    text = escape[0]
    if len(text) == 2:
        return text
    if len(text) == 6:
        return b"\\uFFFD"
    high, low = int(text[2:6], 16), int(text[8:12], 16)
    return b"\\U%08X" % (0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))


def _with_go_escapes(data: bytes) -> bytes:
    """YAML whose escapes libyaml accepts and refuses as go-yaml does; each document for itself."""
    ends = [0, *(found.start() for found in _SEPARATOR.finditer(data)), len(data)]
    parts = (data[start:end] for start, end in pairwise(ends))
    return b"".join(_go_document(part) if _GO_ESCAPE.search(part) else part for part in parts)


def _go_document(part: bytes) -> bytes:
    r"""One document with `\'` in double quotes written as `\x27`, and `\/` made no escape."""
    mark = part[: 3 * part.startswith(b"\xef\xbb\xbf")]
    text = part[len(mark) :].decode("utf-8", "surrogateescape")
    found, stopped = _double_quoted(text)
    for _ in range(_MENDS):
        if stopped is None:
            break
        rest = _REST_OF_SCALAR.match(text, stopped)
        end = rest.end() if rest else stopped + 2
        text = text[:stopped] + _ESCAPE.sub(_known, text[stopped:end]) + text[end:]
        found, stopped = _double_quoted(text)
    pieces, end = [], 0
    for start, stop in found:
        pieces += [text[end:start], _ESCAPE.sub(_refused, text[start:stop])]
        end = stop
    return mark + "".join([*pieces, text[end:]]).encode("utf-8", "surrogateescape")


def _known(escape: re.Match[str]) -> str:
    return "\\x27" if escape[1] == "'" else escape[0]


def _refused(escape: re.Match[str]) -> str:
    return "\\." if escape[1] == "/" else escape[0]


def _double_quoted(text: str) -> tuple[list[tuple[int, int]], int | None]:
    r"""Start and end of each double-quoted scalar up to the first error; where that is a `\'`."""
    spans: list[tuple[int, int]] = []
    try:
        next_event: Callable[[], Event] = Parser(text.encode("utf-8", "surrogateescape")).get_event
        while (event := next_event()).__class__ is not StreamEndEvent:
            kind = event.__class__
            if kind is ScalarEvent and event.style == '"':
                spans.append((event.start_mark.index, event.end_mark.index))
    except MarkedYAMLError as error:
        end = error.problem_mark.index + 1 if error.problem_mark else 0
        at = text.rfind("\\", 0, end)  # PyYAML's own parser stops behind the backslash
        return spans, at if at >= end - 2 and text[at : at + 2] == "\\'" else None
    except YAMLError:
        return spans, None
    return spans, None
