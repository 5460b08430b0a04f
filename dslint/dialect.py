"""Makes libyaml read what Kubernetes reads: JSON, UTF-16, and the escapes that Go treats otherwise.

Bytes in, bytes out, lines unchanged. libyaml knows no surrogate pairs and stumbles over tabs around
JSON; it accepts `\\/` in double quotes, which go-yaml refuses and JSON allows, and refuses `\\'`,
which go-yaml accepts. Text that none of this concerns comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.error import YAMLError
from yaml.events import ScalarEvent, StreamEndEvent

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml
    Parser = yaml.SafeLoader

__all__ = ["Parser", "as_yaml", "go_quotes"]

_FLOW = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[\[{]")
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_REST_OF_SCALAR = re.compile(rb'(?:\\.|[^"\\])*', re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
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
    """Spaces for the tabs before and after a JSON text; inside the brackets libyaml allows them."""
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
    """JSON with surrogate pairs written as YAML writes them; spaces keep the columns after them."""
    return _JSON_STRING.sub(_without_pairs, data) if _SURROGATE.search(data) else data


def _without_pairs(string: re.Match[bytes]) -> bytes:
    text = _ESCAPE_UNITS.sub(_unit, string[0])
    return text + b" " * (len(string[0]) - len(text))


_ESCAPE_UNITS = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.",
    re.DOTALL,
)


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
    """YAML with each `\\/` in double quotes made an escape that libyaml refuses as go-yaml does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    parts, end = [], 0
    for start, stop in _double_quoted(data):
        parts += [text[end:start], _SLASH.sub(_refused, text[start:stop])]
        end = stop
    parts.append(text[end:])
    return data[: 3 * data.startswith(b"\xef\xbb\xbf")] + "".join(parts).encode()


def _refused(escape: re.Match[str]) -> str:
    return "\\." if escape[1] == "/" else escape[0]


def _double_quoted(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end, in characters, of each double-quoted scalar before the first error."""
    try:
        next_event = Parser(data).get_event
        while (event := next_event()).__class__ is not StreamEndEvent:
            if event.__class__ is ScalarEvent and event.style == '"':
                yield event.start_mark.index, event.end_mark.index
    except YAMLError:
        return


def go_quotes(text: bytes, offset: int) -> bytes | None:
    """The text with the `\\'` at `offset`, and those after it in its scalar, as libyaml knows them.

    None where the parser stopped for another reason.
    """
    if text[offset : offset + 2] != b"\\'":
        return None
    rest = _REST_OF_SCALAR.match(text, offset)
    end = rest.end() if rest else len(text)
    mended = _ESCAPE.sub(lambda at: b"\\x27" if at[1] == b"'" else at[0], text[offset:end])
    return text[:offset] + mended + text[end:]
