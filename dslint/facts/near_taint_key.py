"""The key of a taint that a toleration's key was nearly."""

from __future__ import annotations

from dslint import nearest, tolerations
from dslint.subject import Subject

NEEDS_INVENTORY = True


def fact(subject: Subject) -> dict[str, str] | None:
    """`key`, the only one that differs by case, a letter, two swapped letters or the prefix.

    `taint` is a taint of that key which the toleration would tolerate with it, and which nobody
    else does. Null where a node has a taint of the toleration's own key. Keys that differ by a
    digit (pool-1, pool-2) are two keys; of prefixes one is missing, or a part of the other.
    """
    if subject.inventory is None or not subject.key:
        return None
    key, comparison = subject.key, tolerations.compares(subject.target)
    index = subject.toleration_index
    one = index.tolerations[subject.site.index]
    taints = subject.inventory.index.classes.taints
    if any(taint.key == key for taint in taints):
        return None
    missed = {
        taint.key: taint
        for taint in taints
        if tolerations.tolerates(one._replace(key=taint.key), taint, comparison)
        and not index.first(taint)
    }
    near = [other for other in missed if _is_near(key, other)]
    return {"key": near[0], "taint": str(missed[near[0]])} if len(near) == 1 else None


def _is_near(one: str, other: str) -> bool:
    """Whether one key was nearly the other; numbers count, so pool-1 is not nearly pool-2."""
    if nearest.slip(one, (other,)) and _digits(one) == _digits(other):
        return True
    (prefix, name), (other_prefix, other_name) = _split(one), _split(other)
    longer, shorter = sorted((prefix, other_prefix), key=len, reverse=True)
    return name == other_name and (not shorter or longer.endswith(f".{shorter}"))


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _split(key: str) -> tuple[str, str]:
    prefix, _, name = key.rpartition("/")
    return prefix, name
