"""The predicates, one a file, in the words of the scheduler's filters.

Each module has `ORDER` (its place among the scheduler's plug-ins) and three functions:
`refusals(question) -> Iterator[Refused]`, and of a question about a single node `trace(question)
-> Iterator[Line]`, what it looked at, and `repair(question) -> Repair`, what would change a
refusal. The module's name is the predicate's.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from functools import reduce
from operator import or_
from types import ModuleType

from dslint import discover
from dslint.question import Question, Refused

Answers = Mapping[str, tuple[Refused, ...]]
"""What each predicate refuses, in the scheduler's order."""


def answers(question: Question) -> Answers:
    """Each predicate's refusals, in the scheduler's order, those of no node left out."""
    return {
        name: tuple(one for one in module.refusals(question) if one.nodes)
        for name, module in ordered()
    }


def union(refused: tuple[Refused, ...]) -> int:
    """The nodes that any of the refusals holds."""
    return reduce(or_, (one.nodes for one in refused), 0)


@functools.cache
def ordered() -> tuple[tuple[str, ModuleType], ...]:
    """The predicates by name, in the scheduler's order."""
    modules = sorted(discover.modules("predicates"), key=lambda module: int(module.ORDER))
    return tuple((module.__name__.rpartition(".")[2], module) for module in modules)
