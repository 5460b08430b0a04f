"""Sets of the values that one label can have on a node, its absence among them.

What `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` and `Lt` select under one key is such a set, and
intersection, complement and difference stay exact. A node's label has a valid label value, so no
integer with a sign is spelled on a node, while `7`, `07` and `007` are three values of one
integer. Nothing raises.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

LARGEST = 2**63 - 1

Range = tuple[int, int]

_GO_INTEGER = re.compile(r"[+-]?0*([0-9]*)", re.ASCII)
# A label value has at most so many characters, so an integer has finitely many spellings.
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class Values:
    """A set of values: all of a kind but some.

    `absent` is the node without the label, `words` every value that is no integer, `numbers` the
    ranges of integers whose every spelling is in it (both ends included, sorted, apart). For the
    values in `but` the opposite of what this says holds.
    """

    absent: bool
    words: bool
    numbers: tuple[Range, ...]
    but: frozenset[str]

    def __contains__(self, value: object) -> bool:
        """Whether the value is in the set; None is the node without the label."""
        if value is None:
            return self.absent
        return isinstance(value, str) and self._kind(value) != (value in self.but)

    def _kind(self, value: str) -> bool:
        number = go_integer(value)
        if number is None:
            return self.words
        return any(low <= number <= high for low, high in self.numbers)


ANY = Values(absent=False, words=True, numbers=((0, LARGEST),), but=frozenset())
"""Every value; a node without the label is not in it."""
ALL = replace(ANY, absent=True)
NONE = Values(absent=False, words=False, numbers=(), but=frozenset())
ABSENT = replace(NONE, absent=True)


@functools.lru_cache(maxsize=4096)
def go_integer(digits: str) -> int | None:
    """The integer that Go's ParseInt(digits, 10, 64) reads, None where it reads none."""
    match = _GO_INTEGER.fullmatch(digits)
    if not match or not digits[-1:].isdecimal() or len(match[1]) > len(str(LARGEST)):
        return None
    value = int(match[1] or "0")
    value = -value if digits[0] == "-" else value
    return value if -LARGEST - 1 <= value <= LARGEST else None


def among(values: Iterable[str]) -> Values:
    """Exactly those values."""
    return replace(NONE, but=frozenset(values))


def above(bound: int) -> Values:
    """Every spelling of the integers greater than the bound."""
    return replace(NONE, numbers=_range(max(bound + 1, 0), LARGEST))


def below(bound: int) -> Values:
    """Every spelling of the integers less than the bound."""
    return replace(NONE, numbers=_range(0, bound - 1))


def _range(low: int, high: int) -> tuple[Range, ...]:
    return ((low, high),) if low <= high else ()


def complement(values: Values) -> Values:
    """What is not in the set, the absent label included."""
    numbers: list[Range] = []
    low = 0
    for start, end in values.numbers:
        numbers.extend(_range(low, start - 1))
        low = end + 1
    numbers.extend(_range(low, LARGEST))
    return Values(not values.absent, not values.words, tuple(numbers), values.but)


def intersection(one: Values, other: Values) -> Values:
    """What is in both sets."""
    both = Values(
        one.absent and other.absent,
        one.words and other.words,
        tuple(_common(one.numbers, other.numbers)),
        frozenset(),
    )
    told_apart = one.but | other.but
    if not told_apart:
        return both
    but = [value for value in told_apart if (value in one and value in other) != (value in both)]
    return Values(both.absent, both.words, both.numbers, frozenset(but))


def _common(one: Iterable[Range], other: tuple[Range, ...]) -> Iterator[Range]:
    for low, high in one:
        for start, end in other:
            yield from _range(max(low, start), min(high, end))


def difference(one: Values, other: Values) -> Values:
    """What is in the first set and not in the second."""
    return intersection(one, complement(other))


def union(one: Values, other: Values) -> Values:
    """What is in one of the sets."""
    return complement(intersection(complement(one), complement(other)))


def empty(values: Values) -> bool:
    """Whether nothing that a node can have is in the set."""
    return not any(True for _ in members(values))


def within(one: Values, other: Values) -> bool:
    """Whether the first set is part of the second."""
    return empty(difference(one, other))


def members(values: Values) -> Iterator[str | None]:
    """What is in the set, one after the other, the plainest first; None is the absent label.

    There are no more where it ends, and it need not end.
    """
    if values.absent:
        yield None
    yield from sorted(value for value in values.but if value in values)
    if values.words:
        yield from (word for word in _words() if word not in values.but)
    for low, high in values.numbers:
        numbers = itertools.count(low) if low <= high else ()
        for number in itertools.takewhile(high.__ge__, numbers):
            yield from (one for one in _spellings(number) if one not in values.but)


def _words() -> Iterator[str]:
    """Values that are no integers, without end: `other`, `other-1`, `other-2`."""
    return itertools.chain(["other"], (f"other-{number}" for number in itertools.count(1)))


def _spellings(number: int) -> Iterator[str]:
    """Every label value that Go reads as that integer: `7`, `07`, `007` and so on."""
    digits = str(number)
    return (digits.zfill(width) for width in range(len(digits), _LONGEST + 1))
