"""Decimal integers in text, read as Go reads them.

A text comes in, its value goes out. Nothing raises, however many digits there are.
"""

from __future__ import annotations

import re

_DIGITS = 19  # of the largest int64

is_integer = re.compile(r"[+-]?[0-9]+", re.ASCII).fullmatch
"""Whether a text is a decimal integer, of whatever size."""


def integer(text: str) -> int | None:
    """The int64 that a text says, as ParseInt reads it with base 10, None for anything else."""
    if not is_integer(text):
        return None
    digits = text.lstrip("+-0") or "0"
    if len(digits) > _DIGITS:  # Python refuses to read thousands of them
        return None
    number = -int(digits) if text[0] == "-" else int(digits)
    return number if -(1 << 63) <= number < 1 << 63 else None
