"""Whether tolerations cover each other, told by a taint that shows it where they do not.

Tolerations come in, a witness goes out: a valid taint (see `candidates`) that is tolerated on one
side and not, or for another time, on the other; None says that there is no such taint at all. Each
claim is exact: what two lists of tolerations can tell apart, one of the candidates shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dslint import syntax
from dslint.node_facts import Taint
from dslint.tolerations import Toleration, first_tolerating, integer

EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
_NEVER = -1.0
_LARGEST = 2**63 - 1  # what Gt and Lt compare is an int64


class Extent(NamedTuple):
    """What a toleration tolerates, and for how many seconds: equal ones tolerate the same.

    An empty key or effect is any. `values` is empty for any value, one value, or the first and the
    last of the integers of a range.
    """

    key: str
    effect: str
    values: tuple[str | int, ...]
    seconds: float


def extent(one: Toleration, comparison: bool = False) -> Extent | None:
    """The extent of a toleration; None for one that tolerates no valid taint."""
    known = one.effect in ("", *EFFECTS)
    if not known or (one.key and syntax.label_key(one.key) is not None):
        return None
    values = _extent_of_values(one, comparison)
    if values is None:
        return None
    return Extent(one.key, one.effect, values, _seconds(one, one.effect or "NoExecute"))


def _extent_of_values(one: Toleration, comparison: bool) -> tuple[str | int, ...] | None:
    if one.operator == "Exists":
        return ()
    if one.operator in ("", "Equal"):
        return (one.value,) if syntax.label_value(one.value) is None else None
    bound = integer(one.value) if comparison and one.operator in ("Gt", "Lt") else None
    if bound is None:
        return None
    # a taint's value begins with no minus sign, so 0 is the smallest
    low, high = (max(bound + 1, 0), _LARGEST) if one.operator == "Gt" else (0, bound - 1)
    if low >= high:
        return (str(low),) if low == high else None
    return low, high


def includes(other: Extent, one: Extent) -> bool:
    """Whether the one tolerates every taint that the other does, for however long."""
    if other.key not in ("", one.key) or other.effect not in ("", one.effect):
        return False
    if other.values in ((), one.values):
        return True
    if len(other.values) == 1 or not one.values:
        return False
    bounds = [integer(str(value)) for value in one.values]
    low, high = map(int, other.values)
    return all(bound is not None and low <= bound <= high for bound in bounds)


def missed(one: Toleration, other: Toleration, comparison: bool = False) -> Taint | None:
    """A taint that `one` tolerates and `other` does not, or for less time.

    None where `other` covers `one`. Gt and Lt compare only where `comparison` is on.
    """
    for taint in candidates((one, other)):
        if _time((other,), taint, comparison) < _time((one,), taint, comparison):
            return taint
    return None


def same(one: Toleration, other: Toleration, comparison: bool = False) -> bool:
    """Whether both tolerate the same taints, at least one, for the same time."""
    found = extent(one, comparison)
    return found is not None and found == extent(other, comparison)


def changed(
    before: Sequence[Toleration], after: Sequence[Toleration], comparison: bool = False
) -> Taint | None:
    """A taint that the second list tolerates otherwise, or for another time, than the first.

    None where the two are the same for every taint, so that a pod may have either.
    """
    for taint in candidates((*before, *after)):
        if _time(before, taint, comparison) != _time(after, taint, comparison):
            return taint
    return None


def tolerated(one: Toleration, comparison: bool = False) -> Taint | None:
    """A taint that the toleration tolerates; None for one that tolerates no valid taint."""
    return next(
        (taint for taint in candidates((one,)) if first_tolerating((one,), taint, comparison)),
        None,
    )


def _time(tolerations: Sequence[Toleration], taint: Taint, comparison: bool) -> float:
    """How many seconds a pod stays with the taint: -1 where it is not tolerated.

    The first toleration that matches decides, and only NoExecute evicts:
    https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/tainteviction/taint_eviction.go
    """
    first = first_tolerating(tolerations, taint, comparison)
    return _NEVER if first is None else time_of(first, taint)


def time_of(one: Toleration, taint: Taint) -> float:
    """How many seconds a pod stays with a taint that the toleration tolerates."""
    return _seconds(one, taint.effect)


def _seconds(one: Toleration, effect: str) -> float:
    if effect != "NoExecute" or one.seconds is None:
        return math.inf
    return float(max(one.seconds, 0))


def candidates(tolerations: Sequence[Toleration]) -> Iterator[Taint]:
    """Taints that an API server takes, one at least for each set that the tolerations tell apart.

    Keys: those that are named, and one that is not. Values: those that are named, one that is not,
    and the neighbours of every integer, because what Gt, Lt and Equal leave of the integers ends
    beside one of them, or at 0, the smallest that a taint's value can be.
    """
    keys = dict.fromkeys(one.key for one in tolerations if syntax.label_key(one.key) is None)
    values = dict.fromkeys(("", *_values(tolerations)))
    values |= dict.fromkeys((_unlike("other", values), "0"))
    for key in (*keys, _unlike("example.com/other", keys)):
        for value in values:
            for effect in EFFECTS:
                yield Taint(key, value, effect)


def _values(tolerations: Sequence[Toleration]) -> Iterator[str]:
    for one in tolerations:
        number = integer(one.value)
        near = [] if number is None else [str(number + step) for step in (-1, 0, 1)]
        for value in (one.value, *near):
            if syntax.label_value(value) is None:
                yield value


def _unlike(name: str, taken: dict[str, None]) -> str:
    while name in taken:
        name += "-x"
    return name
