"""The names of a pool: `gpu-{01..16}`, or `gpu-{n}` with a count.

A range counts up and keeps leading zeros; several ranges in one name multiply. A name that is no
pool's, a range that runs backwards or a pool larger than any cluster is an InputError.
"""

from __future__ import annotations

import re
from itertools import product
from math import prod

from dslint.model import InputError

LARGEST = 100_000
"""Nodes of one pool: no cluster is larger."""

_RANGE = re.compile(r"\{(\d{1,9})\.\.(\d{1,9})\}", re.ASCII)
_COUNTED = "{n}"


def is_pattern(name: str) -> bool:
    """Whether the name is a pool's: it holds a brace, which no node's name does."""
    return "{" in name or "}" in name


def names(pattern: str, count: int | None, where: str) -> list[str]:
    """The names that the pattern stands for, in counting order. Raises InputError at `where`."""
    ranges = _ranges(pattern, count)
    fault = _fault(pattern, count, ranges)
    if fault:
        raise InputError(
            f"the pool's name {pattern} {fault}"
            if count is None
            else f"the pool {pattern} {fault}",
            where,
            "a pool names its nodes by a range or by a count",
            f"write a range (gpu-{{01..16}}), or {_COUNTED} and a count (gpu-{_COUNTED}, count: 9)"
            f"; at most {LARGEST} nodes",
        )
    between = _RANGE.sub("\0", pattern.replace(_COUNTED, "\0")).split("\0")
    return [
        "".join(part for pair in zip(between, (*chosen, ""), strict=True) for part in pair)
        for chosen in product(*(_numbers(*one) for one in ranges))
    ]


def _ranges(pattern: str, count: int | None) -> list[tuple[str, str]]:
    if count is not None:
        return [("1", str(count))] if _COUNTED in pattern else []
    return _RANGE.findall(pattern)


def _fault(pattern: str, count: int | None, ranges: list[tuple[str, str]]) -> str:
    rest = pattern.replace(_COUNTED, "", 1) if count is not None else _RANGE.sub("", pattern)
    if not ranges:
        return f"has a count and no {_COUNTED}" if count is not None else _without(pattern)
    if is_pattern(rest):
        return "has a brace that belongs to no range"
    if count is not None and count < 1:
        return f"has the count {count}"
    if any(int(first) > int(last) for first, last in ranges):
        return "has a range that runs backwards"
    total = prod(int(last) - int(first) + 1 for first, last in ranges)
    return f"stands for {total} nodes, more than any cluster has" if total > LARGEST else ""


def _without(pattern: str) -> str:
    return f"holds {_COUNTED}, and has no count" if _COUNTED in pattern else "holds no range"


def _numbers(first: str, last: str) -> list[str]:
    padded = any(len(one) > 1 and one[0] == "0" for one in (first, last))
    width = max(len(first), len(last)) if padded else 1
    return [str(number).zfill(width) for number in range(int(first), int(last) + 1)]
