"""What a run asks more than once of one workload or document, worked out once.

A target and an inventory come in; out go functions that answer as placer.py and verdict.py do.
They remember for as long as the run keeps them, so whoever asks last pays nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dslint import verdict
from dslint.linter import Placing, Saying
from dslint.target import Target
from dslint.workloads import Workload

if TYPE_CHECKING:
    from dslint.inventory import Inventory  # spares start-up: a type alone

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Answers(NamedTuple):
    """Who places a workload (None without an inventory), and who says what is wrong."""

    say: Saying
    place: Placing | None


def answering(target: Target, inventory: Inventory | None) -> Answers:
    """The answers for a target and, where there is one, an inventory."""
    say = _once(functools.partial(verdict.complaints, target=target), id)
    if inventory is None:
        return Answers(say, None)
    from dslint import placer  # spares start-up where nothing is placed

    place = functools.partial(placer.place, inventory=inventory, target=target)
    return Answers(say, _once(place, _identity))


def _identity(workload: Workload) -> Hashable:
    """A manifest as it is or with what admission adds, at its place (an alias has several)."""
    return id(workload.manifest), workload.root, len(workload.added)


def _once(
    ask: Callable[[Asked], Answer], key: Callable[[Asked], Hashable]
) -> Callable[[Asked], Answer]:
    """`ask`, called once for each key; it keeps what it was asked about, so that ids stay true."""
    known: dict[Hashable, tuple[Asked, Answer]] = {}

    def answer(asked: Asked) -> Answer:
        name = key(asked)
        if name not in known:
            known[name] = asked, ask(asked)
        return known[name][1]

    return answer
