"""Taints as kubectl writes them, and what an API server refuses in them (DS902, DS903).

Text such as `dedicated=gpu:NoSchedule` becomes the map of a v1.Taint; one that cannot be right is
kept as far as it can be read, and complained about by `fault`.
Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateNodeTaints`) and pkg/util/taints/taints.go (`parseTaint`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dslint import syntax
from dslint.model import Complaint, Path
from dslint.nearest import nearest

EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


class _Fault(NamedTuple):
    field: str
    what: str
    fix: str


def parsed(text: str) -> dict[str, object]:
    """The taint that `key=value:Effect` or `key:Effect` stands for; never raises."""
    name, _, effect = text.partition(":")
    key, equal, value = name.partition("=")
    taint: dict[str, object] = {"key": key, "effect": effect}
    return {"key": key, "value": value, "effect": effect} if equal else taint


def written(taint: Mapping[str, object]) -> str:
    """A taint in kubectl's syntax, without its effect where it has none."""
    value, effect = taint.get("value"), taint.get("effect")
    return (
        f"{taint.get('key') or ''}{f'={value}' if value else ''}{f':{effect}' if effect else ''}"
    )


def are_valid(taints: Sequence[Mapping[str, object]]) -> bool:
    """Whether an API server takes the taints of one node."""
    return all(_fault(taint) is None for taint in taints) and len(set(map(_id, taints))) == len(
        taints
    )


def complaints(stated: Iterable[tuple[Path, Mapping[str, object], bool]]) -> Iterator[Complaint]:
    """What an API server refuses in the taints of one node, each with its path.

    The third part says that the taint is a text, and that complaints point at the whole of it.
    """
    first: dict[tuple[str, str], Mapping[str, object]] = {}
    for path, taint, short in stated:
        fault = _fault(taint)
        before = first.setdefault(_id(taint), taint)
        if fault:
            yield _refused(fault, taint, path, short)
        elif before is not taint:
            yield _repeated(taint, before, path)


def _id(taint: Mapping[str, object]) -> tuple[str, str]:
    """What tells the taints of one node apart, whatever their values."""
    return str(taint.get("key") or ""), str(taint.get("effect") or "")


def _repeated(taint: Mapping[str, object], before: Mapping[str, object], path: Path) -> Complaint:
    twice = f"taint {written(taint)} stands there twice"
    beside = f"taint {written(taint)} has the key and effect of {written(before)} before it"
    return Complaint("DS903", path, twice if written(taint) == written(before) else beside)


def _refused(fault: _Fault, taint: Mapping[str, object], path: Path, short: bool) -> Complaint:
    field = (*path, fault.field)
    return Complaint(
        "DS902",
        path if short else field,
        f"taint {written(taint) or '{}'} {fault.what}",
        at=path if short or taint.get(fault.field) is None else field,
        why="an API server refuses a node with this taint; only a known effect repels a pod",
        fix=fault.fix,
    )


def _fault(taint: Mapping[str, object]) -> _Fault | None:
    key, value, effect = (str(taint.get(field) or "") for field in ("key", "value", "effect"))
    said = syntax.qualified_name(key)
    if said:
        return _Fault(
            "key", f"has the key {key!r}: {said}", "write the taint's key, such as dedicated"
        )
    said = syntax.label_value(value)
    if said:
        return _Fault(
            "value", f"has the value {value!r}: {said}", "write a label's value, or none"
        )
    if not effect:
        return _Fault(
            "effect",
            "has no effect",
            f"write {written(taint)}:NoSchedule, or the effect meant ({', '.join(EFFECTS[1:])})",
        )
    if effect not in EFFECTS:
        return _Fault(
            "effect",
            f"has the effect {effect}, which is none of {', '.join(EFFECTS)}",
            f"write {found}" if (found := nearest(effect, EFFECTS)) else "write one of them",
        )
    return None
