"""Types scalars as Kubernetes' YAML reader does: text in, a JSON value out.

The API server turns YAML into JSON with sigs.k8s.io/yaml, which reads YAML 1.1 in the manner of
go-yaml v2: `yes` and `on` are booleans, `010` is 8, `1:30` and timestamps are strings. A scalar
that its tag contradicts raises ValueError.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import struct

Scalar = str | int | float | bool | None

_TRUE = "y Y yes Yes YES true True TRUE on On ON".split()
_FALSE = "n N no No NO false False FALSE off Off OFF".split()
_NULL = ("", "~", "null", "Null", "NULL")
_NOT_A_NUMBER = (".nan", ".NaN", ".NAN")
_INFINITE = (".inf", ".Inf", ".INF")

WORDS: dict[str, Scalar] = {
    **dict.fromkeys(_TRUE, True),
    **dict.fromkeys(_FALSE, False),
    **dict.fromkeys(_NULL, None),
    **dict.fromkeys(_NOT_A_NUMBER, math.nan),
    **dict.fromkeys(_INFINITE, math.inf),
    **dict.fromkeys([f"+{word}" for word in _INFINITE], math.inf),
    **dict.fromkeys([f"-{word}" for word in _INFINITE], -math.inf),
}
"""Plain scalars that stand for a value of their own; every other word is a string."""

_NUMBER_STARTS = frozenset("0123456789+-.")
STARTS = _NUMBER_STARTS.union(word[0] for word in WORDS if word)
"""How a plain scalar begins that may be no string."""

_INTEGER = re.compile(
    r"(?P<sign>[-+]?)(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[oO]?(?P<octal>[0-7]+)|0[bB](?P<binary>[01]+)"
    r"|(?P<decimal>0|[1-9][0-9]*))",
    re.ASCII,
)
_BASES = {"hex": 16, "octal": 8, "binary": 2}
_SIGNED_BINARY = re.compile(r"0b(?P<number>[-+][01]+)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
# Go's ParseFloat, which reads what begins with a dot, takes single underscores between digits.
_DOT_FLOAT = re.compile(r"\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?", re.ASCII)
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
    r"| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?",
    re.ASCII,
)

_BEYOND_FLOAT32 = 2.0**128 - 2.0**103  # rounds to infinity
_LONGEST_DECIMAL = 20  # digits of the largest uint64: longer ones cost Python quadratic time


def resolve(text: str) -> Scalar:
    """The value of a plain scalar, as resolve.go of go.yaml.in/yaml/v2 gives it.

    Integers outside int64 and uint64 are floats, or strings where they are no decimal numbers.
    `.inf` and `.nan` are floats that JSON cannot hold.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if text[0] == ".":
        return text if not _DOT_FLOAT.fullmatch(text) else _float(text, text)
    digits = text.replace("_", "")
    number = _integer(digits)
    if number is not None:
        return number
    return _float(digits, text) if _FLOAT.fullmatch(digits) else text


def tagged(tag: str, text: str) -> Scalar:
    """The value of a scalar with an explicit tag (`!!int` as `tag:yaml.org,2002:int`).

    Tags that the reader does not know are ignored: the scalar is a string, quoted or not. Raises
    ValueError where the text is not what the tag says.
    """
    kind = tag.removeprefix("tag:yaml.org,2002:")
    if kind == "binary":
        return _binary(text)
    if kind == tag or kind not in _KINDS:
        return text
    if kind == "timestamp":
        if _TIMESTAMP.fullmatch(text):
            return text
        raise ValueError(f"{text!r} is no timestamp")
    value = resolve(text)
    if kind == "float" and type(value) is int and value < 1 << 63:
        return float(value)
    if type(value) is not _KINDS[kind]:
        raise ValueError(f"{text!r} is no {kind}")
    return value


def key(value: object) -> str | None:
    """The string that a map key becomes in JSON; None where the API server refuses such a key.

    Follows convertToJSONableObject of sigs.k8s.io/yaml: null, integers beyond int64, lists and
    maps are no keys.
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if value < 1 << 63 else None
        case float():
            return _short_float(value)
        case _:
            return None


_KINDS = {"bool": bool, "int": int, "float": float, "null": type(None), "timestamp": str}


def _integer(digits: str) -> int | None:
    """`digits` (without underscores) as Go's ParseInt and ParseUint read it with base 0."""
    match = _INTEGER.fullmatch(digits)
    if match is None:
        signed = _SIGNED_BINARY.fullmatch(digits)
        number = int(signed["number"], 2) if signed else None
        return number if number is not None and -(1 << 63) <= number < 1 << 63 else None
    kind = match.lastgroup or ""
    if kind == "decimal" and len(match["decimal"]) > _LONGEST_DECIMAL:
        return None
    number = int(match["sign"] + match[kind], _BASES.get(kind, 10))
    largest = (1 << 63) if match["sign"] else (1 << 64)
    return number if -(1 << 63) <= number < largest else None


def _float(digits: str, text: str) -> float | str:
    """`digits` as a float; `text` where it is beyond float64, as Go refuses what overflows."""
    number = float(digits)
    return text if math.isinf(number) else number


def _binary(text: str) -> str:
    """Base64 of `text`, as the string that Go makes of the bytes. Raises ValueError."""
    try:
        data = base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"{text!r} is no base64: {error}") from error
    return data.decode("utf-8", "replace")


def _short_float(value: float) -> str:
    """`value` as Go's FormatFloat(value, 'g', -1, 32) writes it, with YAML's infinities."""
    if math.isnan(value):
        return ".nan"
    if abs(value) >= _BEYOND_FLOAT32:
        return ".inf" if value > 0 else "-.inf"
    (single,) = struct.unpack("f", struct.pack("f", value))
    digits, shortest = next(
        (digits, text)
        for digits, text in ((digits, f"{single:.{digits}e}") for digits in range(9))
        if digits == 8 or struct.pack("f", float(text)) == struct.pack("f", single)
    )
    exponent = int(shortest.partition("e")[2])
    return f"{single:.{max(digits - exponent, 0)}f}" if -4 <= exponent < 6 else shortest
