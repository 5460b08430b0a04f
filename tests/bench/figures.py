"""How a figure is taken: the best of several runs, so that other work counts least."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of what `make bench` prints."""

    what: str
    value: float
    unit: str


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The shortest of so many runs of it."""
    return min(_once(work) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
