"""A pod's tolerations by the taints that they tolerate, so that none is compared with each other.

The tolerations of one workload come in; which of them tolerates a taint, says what another one
says, or is never missed, goes out. Everything is looked up by key, effect and value, so that
thousands cost as much each as a few. Nothing can go wrong.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dslint.node_facts import Taint
from dslint.toleration_cover import Extent, candidates, extent, includes, time_of
from dslint.tolerations import Toleration, tolerates

# What compares, and what has a value and no key (which an API server refuses), is looked through
# one by one. More of them come from a machine, and are taken to be needed.
_MANY = 100

_Bucket = tuple[str, str, str | None]
_Alike = tuple[str, str, tuple[str | int, ...]]


# No slots: what several facts ask for is kept once it was worked out.
@dataclass(frozen=True, eq=False)
class TolerationIndex:
    """Tolerations in the order in which they count; `comparison` is whether Gt and Lt compare.

    Positions are from 0, in `tolerations`.
    """

    tolerations: Sequence[Toleration]
    comparison: bool = False

    def first(self, taint: Taint) -> Toleration | None:
        """The first toleration that tolerates the taint."""
        found = self._first_two(taint)
        return self.tolerations[found[0]] if found else None

    def of_its_key(self, taint: Taint) -> list[int]:
        """The first two at least of those with the taint's own key that tolerate it, unsorted."""
        return list(self._naming(taint.key, taint))

    def duplicate(self, position: int) -> int | None:
        """The first one before it that tolerates the same taints for the same time."""
        own = self.extents[position]
        first = None if own is None else self._firsts[own]
        return None if first == position else first

    def covering(self, position: int) -> int | None:
        """The first other one of the manifest that tolerates all that this one does, and more.

        However long: the time is for whoever asks. A value without a key covers nothing, because
        an API server refuses it.
        """
        own = self.extents[position]
        if own is None:
            return None
        effects = {own.effect, ""}
        wider: list[_Alike] = [(key, effect, ()) for key in {own.key, ""} for effect in effects]
        wider += [(own.key, effect, own.values) for effect in effects if own.key and own.values]
        found = [at for bucket in wider for at in self._distinct.get(bucket, ())]
        for effect in effects if own.key else ():
            ranges = self._ranges.get((own.key, effect), ())
            found += [at for at in ranges[:_MANY] if self._includes(at, own)]
        return min((at for at in found if self.extents[at] != own), default=None)

    def is_shorter(self, position: int, than: int) -> bool:
        """Whether one that covers another one keeps a pod for less time."""
        one, other = self.extents[position], self.extents[than]
        if one is None or other is None or other.effect not in ("", "NoExecute"):
            return False
        return one.seconds < other.seconds

    @functools.cached_property
    def needed(self) -> frozenset[int]:
        """Those without which some taint would not be tolerated, or for another time."""
        odd = len(self._keyless) * len(self.tolerations) > _MANY * _MANY
        if odd or max(map(len, self._ranges.values()), default=0) > _MANY:
            return frozenset(range(len(self.tolerations)))
        return frozenset(self._deciding())

    @functools.cached_property
    def keys(self) -> Counter[str]:
        """How many name each key, "" for none."""
        return Counter(one.key for one in self.tolerations)

    @functools.cached_property
    def extents(self) -> tuple[Extent | None, ...]:
        """What each of them tolerates, None for one that tolerates no taint."""
        return tuple(extent(one, self.comparison) for one in self.tolerations)

    def _deciding(self) -> Iterator[int]:
        groups: dict[str, list[Toleration]] = {}
        for one in self.tolerations:
            groups.setdefault(one.key, []).append(one)
        keyless = groups.pop("", [])
        for group in (*groups.values(), []):
            for taint in candidates((*group, *keyless)) if group or keyless else ():
                found = self._first_two(taint)
                times = [time_of(self.tolerations[at], taint) for at in found]
                if found and times[0] not in times[1:]:
                    yield found[0]

    def _first_two(self, taint: Taint) -> list[int]:
        """The positions of the first two that tolerate the taint."""
        found = self._naming(taint.key, taint)
        return sorted(chain(found, self._naming("", taint) if taint.key else ()))[:2]

    def _naming(self, key: str, taint: Taint) -> Iterator[int]:
        """The first two at least of those with that key that tolerate the taint, unsorted."""
        for effect in {taint.effect, ""}:
            yield from self._buckets.get((key, effect, None), ())
            yield from self._buckets.get((key, effect, taint.value), ())
            ranges = self._ranges.get((key, effect), ())
            yield from (at for at in ranges if self._tolerates(at, taint))

    def _tolerates(self, position: int, taint: Taint) -> bool:
        return tolerates(self.tolerations[position], taint, self.comparison)

    def _includes(self, position: int, own: Extent) -> bool:
        other = self.extents[position]
        return other is not None and includes(other, own)

    @functools.cached_property
    def _buckets(self) -> dict[_Bucket, list[int]]:
        """The first two of every key, effect and value; no value where any value will do."""
        found: dict[_Bucket, list[int]] = {}
        for at, one in enumerate(self.tolerations):
            if one.operator in ("", "Equal", "Exists"):
                value = None if one.operator == "Exists" else one.value
                same = found.setdefault((one.key, one.effect, value), [])
                if len(same) < 2:
                    same.append(at)
        return found

    @functools.cached_property
    def _ranges(self) -> dict[tuple[str, str], list[int]]:
        """Those that compare, where they do."""
        found: dict[tuple[str, str], list[int]] = {}
        for at, one in enumerate(self.tolerations if self.comparison else ()):
            if one.operator in ("Gt", "Lt"):
                found.setdefault((one.key, one.effect), []).append(at)
        return found

    @functools.cached_property
    def _keyless(self) -> list[Toleration]:
        return [one for one in self.tolerations if not one.key and one.operator != "Exists"]

    @functools.cached_property
    def _firsts(self) -> dict[Extent | None, int]:
        found: dict[Extent | None, int] = {}
        for at, own in enumerate(self.extents):
            found.setdefault(own, at)
        return found

    @functools.cached_property
    def _distinct(self) -> dict[_Alike, list[int]]:
        """The first two of the manifest of every key, effect and values that differ in time."""
        found: dict[_Alike, list[int]] = {}
        for own, at in self._firsts.items():
            if own is not None and self.tolerations[at].position >= 0:
                same = found.setdefault((own.key, own.effect, own.values), [])
                if len(same) < 2:
                    same.append(at)
        return found
