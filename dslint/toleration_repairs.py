"""The toleration that would be missing for a taint, and the one that was nearly right.

Taints and a workload come in, a JSON Patch from the pod spec or a sentence comes out.
"""

from __future__ import annotations

from collections.abc import Sequence

from dslint import edits, nearest
from dslint.edits import Patch
from dslint.node_facts import Taint, successor
from dslint.tolerations import Toleration, tolerates
from dslint.workloads import Workload


def tolerating(workload: Workload, taints: Sequence[Taint]) -> Patch:
    """Adds one exact toleration for each taint, in kubectl's own order of fields."""
    wanted = [_exact(taint) for taint in taints]
    if not isinstance(workload.pod.get("tolerations"), list):
        return edits.add(("tolerations",), wanted)
    return tuple(part for one in wanted for part in edits.add(("tolerations", "-"), one))


def _exact(taint: Taint) -> dict[str, str]:
    if not taint.value:
        return {"key": taint.key, "operator": "Exists", "effect": taint.effect}
    return {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}


def near_miss(taint: Taint, tolerations: Sequence[Toleration]) -> str:
    """What keeps the toleration nearest to the taint from tolerating it, "" without one."""
    for own in tolerations:
        for part in ("value", "effect", "key"):
            if _meant(own, taint, part):
                found, wanted = getattr(own, part), getattr(taint, part)
                return f"{own.told} has {part} {found!r}, the taint has {wanted!r}"
    return ""


def _meant(own: Toleration, taint: Taint, part: str) -> bool:
    """Whether the toleration would tolerate the taint if one part of it were the taint's."""
    if part == "key" and not _near(own.key, taint.key):
        return False
    if part == "value":
        mended = own._replace(value=taint.value)
    elif part == "effect":
        mended = own._replace(effect=taint.effect)
    else:
        mended = own._replace(key=taint.key)
    return bool(own.key) and tolerates(mended, taint)


def _near(key: str, other: str) -> bool:
    if successor(key) == other or nearest.slip(key, (other,)) is not None:
        return True
    return _name(key) == _name(other)


def _name(key: str) -> str:
    """A label key without its prefix."""
    return key.rpartition("/")[2]
