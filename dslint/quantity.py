"""Quantities (`100m`, `1.5Gi`, `1e3`) with the arithmetic that Kubernetes does on them.

A quantity is an unscaled integer and a power of ten, in one of two forms: fixed (an int64, which
may overflow) or arbitrary. Which one it is decides what an overflow gives (0, or the low 64 bits),
so it is kept. Follows kubernetes/apimachinery, pkg/api/resource (quantity.go, amount.go,
scale_int.go): https://github.com/kubernetes/apimachinery/tree/master/pkg/api/resource
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

NANO, MILLI = -9, -3
MAX = 2**63 - 1
_DIGITS = 1000  # before the point, and behind it: more are cut, for Python reads no 4,300 of them
_MOST = 10**_DIGITS

_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_SYNTAX = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)", re.ASCII)
_DIGIT = re.compile("[0-9]")
# What unicode.IsSpace calls a space and JSON writes as it is.
_BLANKS = " \x85\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_AT_ONCE = frozenset({1, 2, 3, 6, 9})  # powers of ten that positiveScaleInt64 has at hand
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]+)", re.ASCII)


class Quantity(NamedTuple):
    """`unscaled * 10**scale`; `fixed` where Kubernetes holds it in an int64.

    `format` is how it was written: DecimalSI, DecimalExponent or BinarySI.
    """

    unscaled: int
    scale: int
    fixed: bool
    format: str


ZERO = Quantity(0, 0, fixed=True, format="DecimalSI")


def parse(value: object) -> Quantity | None:
    """The quantity that a string or a number of a manifest stands for, None where it is none.

    Blanks around a string are dropped and null is zero, as in Quantity.UnmarshalJSON. That looks
    at the JSON text, where a line break or a tab is no blank but an escape.
    """
    if value is None:
        return ZERO
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _parse(_text(value))


def printed(value: object) -> str | None:
    """What the server prints a string or a number of a manifest as, None where it is no quantity.

    That is the text itself where ParseQuantity takes it for canonical, though it may be none:
    `+1`, `01` and `1e0` stay what they are.
    """
    read = parse(value)
    if read is None or not isinstance(value, str | int | float):
        return None if read is None else "0"
    text = _text(value)
    return text if read.fixed and _stays(text, read) else canonical(read)


def _stays(text: str, read: Quantity) -> bool:
    """Whether the text of a quantity in fixed form is kept beside it."""
    match = _SYNTAX.fullmatch(text)
    digits = (match[2] or "0") + (match[3] or "") if match else "0"
    if read.format == "BinarySI":
        return int(digits) & 7 != 0
    return read.scale % 3 == 0 and digits[0] != "0" and not digits.endswith("000")


def _text(value: str | float) -> str:
    """The text of a value, without the blanks around it; a number's as Go writes it in JSON."""
    if isinstance(value, str):
        return value.strip(_BLANKS)
    if isinstance(value, int):
        return repr(max(-_MOST, min(value, _MOST)))
    text = repr(value)
    if "e" in text and 1e-6 <= abs(value) < 1e21:
        from decimal import Decimal  # spares start-up: hardly anybody writes 1e20

        return format(Decimal(text), "f")
    return text


@functools.lru_cache(maxsize=4096)
def _parse(text: str) -> Quantity | None:
    match = _SYNTAX.fullmatch(text)
    if match is None or not text:
        return None
    sign, whole, fraction, suffix = match[1], match[2], match[3] or "", match[4]
    read = _suffix(suffix)
    if read is None:
        return None
    format_, exponent = read
    whole, fraction = _bounded(whole or "0", fraction)
    digits = int(whole + fraction)
    digits = -digits if sign == "-" else digits
    scale = (0 if format_ == "BinarySI" else exponent) - len(fraction)
    if _is_fixed(format_, len(whole), len(fraction), exponent, scale):
        product = digits << exponent if format_ == "BinarySI" else digits
        if abs(product) <= MAX:
            return Quantity(product, scale, fixed=True, format=format_)
    elif not _DIGIT.search(text, 0, match.start(4)):
        return None  # "Ei" and "e-12": inf.Dec reads no number of no digits; int64 takes it for 0
    return _arbitrary(digits, scale, exponent, format_)


def _bounded(whole: str, fraction: str) -> tuple[str, str]:
    """Digits before and behind the point, cut where no answer depends on them any more."""
    if len(whole) > _DIGITS:
        whole = whole[: _DIGITS // 2].ljust(_DIGITS, "0")
    if len(fraction) > _DIGITS:
        rest = fraction[_DIGITS:].strip("0")
        fraction = fraction[:_DIGITS] + ("1" if rest else "")  # it still rounds up
    return whole, fraction


def _suffix(suffix: str) -> tuple[str, int] | None:
    """The format and the exponent (of ten, or of two for BinarySI) of a suffix."""
    if suffix in _DECIMAL:
        return "DecimalSI", _DECIMAL[suffix]
    if suffix in _BINARY:
        return "BinarySI", _BINARY[suffix]
    match = _EXPONENT.fullmatch(suffix)
    if match is None or abs(int(match[1][:25])) > MAX:
        return None
    return "DecimalExponent", (int(match[1]) + 2**31) % 2**32 - 2**31


def _is_fixed(format_: str, whole: int, fraction: int, exponent: int, scale: int) -> bool:
    """Whether ParseQuantity tries its int64 path for that many digits."""
    if format_ != "BinarySI":
        return 18 - (whole + fraction) >= 0 and scale >= NANO
    return fraction == 0 and 15 - whole - exponent * 3 // 10 - 1 >= 0


def _arbitrary(digits: int, scale: int, exponent: int, format_: str) -> Quantity:
    """The form without bounds: rounded away from zero at nano; binary ones stop at int64."""
    size = abs(digits)
    if format_ == "BinarySI":
        size *= 2**exponent
    if scale < NANO:
        size, scale = _shift_up(size, NANO - scale), NANO
    if format_ == "BinarySI":
        if size > MAX * 10**-scale:
            size, scale = MAX, 0
        elif 0 < size < 10**-scale:
            format_ = "DecimalSI"
    return Quantity(-size if digits < 0 else size, scale, fixed=False, format=format_)


def _shift_up(size: int, places: int) -> int:
    """`size` (not negative) divided by `10**places`, rounded up."""
    if places > len(str(size)) + 1:
        return 1 if size else 0
    return -(-size // _ten(places))


def _ten(power: int) -> int:
    return int(10**power)


def scaled(quantity: Quantity, scale: int = 0) -> int:
    """The quantity as an int64 in units of `10**scale`, rounded up: Quantity.ScaledValue.

    Where it does not fit, the answer is what Kubernetes gets: the low 64 bits, but 0 from the
    fixed form over most distances.
    """
    unscaled, own, fixed, _ = quantity
    if own < scale:
        size = _shift_up(abs(unscaled), scale - own)
        if fixed:
            return -size if unscaled < 0 else size
        return _wrap(-((-unscaled) // 10 ** (scale - own)))
    if not fixed:
        return _wrap(_wrap(unscaled) * 10 ** min(own - scale, 64))
    if own - scale > 19 and unscaled:
        return 0
    value = unscaled * _ten(own - scale)
    if abs(value) <= MAX:
        return value
    return _wrap(value) if own - scale in _AT_ONCE else 0


def _wrap(value: int) -> int:
    return (value + 2**63) % 2**64 - 2**63


def add(one: Quantity, other: Quantity) -> Quantity:
    """The sum, in the fixed form as long as both are and it fits: Quantity.Add."""
    if other.unscaled == 0:
        return one
    if one.unscaled == 0:
        return other if one.fixed else other._replace(fixed=False)
    scale = min(one.scale, other.scale)
    total = _at(one, scale) + _at(other, scale)
    return Quantity(total, scale, one.fixed and other.fixed and abs(total) <= MAX, one.format)


def compare(one: Quantity, other: Quantity) -> int:
    """Negative, 0 or positive as `one` is less than, equal to or greater than `other`."""
    scale = min(one.scale, other.scale)
    left, right = _at(one, scale), _at(other, scale)
    return (left > right) - (left < right)


def _at(quantity: Quantity, scale: int) -> int:
    """The unscaled value at a smaller scale; exponents past any use are cut to keep it bounded."""
    return quantity.unscaled * _ten(min(quantity.scale - scale, 400))


def round_up(quantity: Quantity, scale: int = MILLI) -> Quantity:
    """The quantity with nothing below `10**scale`, rounded away from zero: Quantity.RoundUp."""
    if quantity.scale >= scale:
        return quantity
    size = _shift_up(abs(quantity.unscaled), scale - quantity.scale)
    return quantity._replace(unscaled=-size if quantity.unscaled < 0 else size, scale=scale)


def canonical(quantity: Quantity) -> str:
    """The quantity as the API server would print it anew: Quantity.CanonicalizeBytes."""
    if quantity.unscaled == 0:
        return "0"
    if quantity.format == "BinarySI":
        text = _canonical_binary(quantity)
        if text is not None:
            return text
    amount, exponent = quantity.unscaled, quantity.scale
    while amount % 10 == 0:
        amount, exponent = amount // 10, exponent + 1
    amount, exponent = amount * 10 ** (exponent % 3), exponent - exponent % 3
    if quantity.format == "DecimalExponent":
        return f"{amount}e{exponent}" if exponent else str(amount)
    return f"{amount}{ {power: name for name, power in _DECIMAL.items()}.get(exponent, '') }"


def _canonical_binary(quantity: Quantity) -> str | None:
    """The binary form of a whole number of 1024 or more, None where Kubernetes prints another."""
    whole, rest = divmod(_at(quantity, min(quantity.scale, 0)), 10 ** max(-quantity.scale, 0))
    if rest or abs(whole) < 1024:
        return None
    exponent = 0
    while whole % 1024 == 0:
        whole, exponent = whole // 1024, exponent + 10
    return f"{whole}{ {power: name for name, power in _BINARY.items()}.get(exponent, '') }"
