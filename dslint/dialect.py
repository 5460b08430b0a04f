r"""Makes libyaml read what Kubernetes reads: JSON, UTF-16, the escapes that Go treats otherwise.

Bytes in, bytes out, lines unchanged. libyaml knows no surrogate pairs and stumbles over tabs
around JSON; it accepts `\/` in double quotes, which go-yaml refuses and JSON allows, and refuses
`\'`, which go-yaml accepts. Text that none of this concerns comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from yaml.error import YAMLError
from yaml.events import ScalarEvent, StreamEndEvent

from dslint.scan import Event

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml: its own parser makes the same events
    from yaml import SafeLoader as Parser  # type: ignore[assignment]


__all__ = ["Parser", "as_yaml", "go_quotes"]

_SEPARATOR = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_FLOW = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[\[{]")
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_REST_OF_SCALAR = re.compile(rb'(?:\\.|[^"\\])*', re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_UNIT = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.",
    re.DOTALL,
)
_SLASH = re.compile(r"\\(.)", re.DOTALL)


def as_yaml(data: bytes) -> bytes:
    """The text of a file as UTF-8 that libyaml reads as Kubernetes would read the original."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return data
    if _FLOW.match(data):
        data = _blank_tabs(data)
    odd = b"\\/" in data or _SURROGATE.search(data)
    if not odd:
        return data
    return _without_surrogates(data) if _is_json(data) else _with_go_slashes(data)


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


def _with_go_slashes(data: bytes) -> bytes:
    r"""YAML with each `\/` in double quotes as an escape that libyaml refuses, as go-yaml does."""
    ends = [0, *(found.start() for found in _SEPARATOR.finditer(data)), len(data)]
    parts = (data[start:end] for start, end in pairwise(ends))
    return b"".join(_with_refused(part) if b"\\/" in part else part for part in parts)


def _with_refused(part: bytes) -> bytes:
    r"""One document with its `\/` in double quotes refused; marks count characters."""
    mark = part[: 3 * part.startswith(b"\xef\xbb\xbf")]
    text = part[len(mark) :].decode("utf-8", "surrogateescape")
    pieces, end = [], 0
    for start, stop in _double_quoted(part):
        pieces += [text[end:start], _SLASH.sub(_refused, text[start:stop])]
        end = stop
    return mark + "".join([*pieces, text[end:]]).encode("utf-8", "surrogateescape")


def _refused(escape: re.Match[str]) -> str:
    return "\\." if escape[1] == "/" else escape[0]


def _double_quoted(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end, in characters, of each double-quoted scalar before the first error."""
    try:
        next_event: Callable[[], Event] = Parser(data).get_event
        while (event := next_event()).__class__ is not StreamEndEvent:
            kind = event.__class__
            if kind is ScalarEvent and event.style == '"':
                yield event.start_mark.index, event.end_mark.index
    except YAMLError:
        return


def go_quotes(text: bytes, offset: int) -> bytes | None:
    r"""The text with the `\'` at `offset`, and those behind it in its scalar, made known.

    None where the parser stopped for another reason.
    """
    if text[offset : offset + 2] != b"\\'":
        return None
    rest = _REST_OF_SCALAR.match(text, offset)
    end = rest.end() if rest else len(text)
    mended = _ESCAPE.sub(lambda at: b"\\x27" if at[1] == b"'" else at[0], text[offset:end])
    return text[:offset] + mended + text[end:]
