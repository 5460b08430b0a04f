"""Sets of small numbers as the bits of one integer, made and read in bulk.

Numbers come in, an integer goes out, and back. Nothing can go wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

FEW = 16
"""Up to so many numbers a set is read faster one by one than all at once."""


def bits_of(bits: Sequence[int], size: int) -> int:
    """The set that holds those bits, each below `size`."""
    if len(bits) < 8:
        return sum(1 << bit for bit in bits)
    digits = bytearray(b"0") * size
    for bit in bits:
        digits[size - 1 - bit] = 49
    return int(digits, 2)


def set_bits(bits: int) -> Iterator[int]:
    """The bits that are set, the lowest first."""
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def flags_of(bits: int) -> bytes:
    """One byte a bit, 0 or 1, lowest bit first."""
    return f"{bits:b}".encode()[::-1].translate(_DIGITS)


_DIGITS = bytes.maketrans(b"01", b"\x00\x01")
