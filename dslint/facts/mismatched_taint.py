"""The taint that a toleration misses by its value alone."""

from __future__ import annotations

from dslint.subject import Subject

NEEDS_INVENTORY = True


def fact(subject: Subject) -> str | None:
    """The first taint of a node that differs from the toleration only in its value.

    Null where the toleration tolerates a taint of some node, or where another toleration of the
    pod tolerates every taint that it misses.
    """
    if subject.inventory is None:
        return None
    index = subject.toleration_index
    own = index.tolerations[subject.site.index]
    if not own.key or own.operator not in ("", "Equal"):
        return None
    taints = [
        taint
        for taint in subject.inventory.index.classes.taints
        if taint.key == own.key and own.effect in ("", taint.effect)
    ]
    if any(taint.value == own.value for taint in taints):
        return None
    missed = (taint for taint in taints if not index.first(taint))
    return next(map(str, missed), None)
