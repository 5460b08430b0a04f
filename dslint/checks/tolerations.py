"""Tolerations: operator, effect, key, value and seconds that go together.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`ValidateTolerations`). For a bad value the API server names `operator`; `at` points at `value`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dslint import edits, gates, syntax
from dslint.checks import _walk
from dslint.checks._decimals import integer
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
_OPERATORS = ("Equal", "Exists")
_TEXT: frozenset[type] = frozenset({str})
_COMPARISONS = ("Gt", "Lt")
_GATE = "TaintTolerationComparisonOperators"

# https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validate/content/decimal_int.go
_is_decimal = re.compile(r"0|-?[1-9][0-9]*", re.ASCII).fullmatch

FIELDS: tuple[str, ...] = ("tolerations",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the pod's tolerations."""
    tolerations = _walk.judged(workload, target).get("tolerations")
    for path, toleration in _walk.items(tolerations, (*workload.pod_path, "tolerations")):
        yield from judge(toleration, path, target)


def judge(toleration: Object, path: Path, target: Target) -> Iterator[Complaint]:
    """What is wrong with one toleration, which stands at `path`."""
    if _TEXT.issuperset(map(type, toleration.values())) and _is_valid(tuple(toleration.items())):
        return
    key, operator = toleration.get("key") or "", toleration.get("operator") or ""
    value, effect = toleration.get("value") or "", toleration.get("effect") or ""
    if isinstance(key, str) and isinstance(operator, str):
        yield from _key(key, operator, path)
    if toleration.get("tolerationSeconds") is not None and effect != "NoExecute":
        yield _seconds(effect, path)
    if isinstance(operator, str) and isinstance(value, str):
        yield from _operator(operator, value, path, target)
    if effect and isinstance(effect, str) and effect not in EFFECTS:
        yield _effect(effect, path)


@functools.lru_cache(maxsize=1024)  # most workloads tolerate what others tolerate
def _is_valid(given: tuple[tuple[str, object], ...]) -> bool:
    """Whether nothing is wrong with a toleration that every version reads alike."""
    fields = {name: str(text) for name, text in given}
    key, value = fields.get("key", ""), fields.get("value", "")
    operator = fields.get("operator", "") or "Equal"
    return (
        operator in _OPERATORS
        and fields.get("effect", "") in ("", *EFFECTS)
        and not (syntax.label_key(key) if key else operator != "Exists")
        and not (value if operator == "Exists" else syntax.label_value(value))
    )


def _key(key: str, operator: str, path: Path) -> Iterator[Complaint]:
    if not key and operator != "Exists":
        yield _keyless(operator, path)
    fault = syntax.label_key(key) if key else None
    if fault:
        what = f'toleration key "{key}": {fault}'
        yield Complaint("DS206", (*path, "key"), what, fix="write the taint's key")


def _keyless(operator: str, path: Path) -> Complaint:
    what = (
        f'toleration without key has operator "{operator or "Equal"}", only Exists may have none'
    )
    place = (*path, "operator")
    fix = "name the taint's key, or use operator: Exists to tolerate every taint"
    return Complaint("DS203", place, what, at=place if operator else path, fix=fix)


def _seconds(effect: object, path: Path) -> Complaint:
    shown = f'effect "{effect}"' if effect else "no effect"
    what = f"tolerationSeconds is set on a toleration with {shown}, it needs NoExecute"
    fix = "set effect: NoExecute, or remove tolerationSeconds"
    place = (*path, "effect")
    at = place if effect else (*path, "tolerationSeconds")
    return Complaint("DS205", place, what, at=at, fix=fix)


def _operator(operator: str, value: str, path: Path, target: Target) -> Iterator[Complaint]:
    place, at = (*path, "operator"), (*path, "value")
    if operator in ("Equal", ""):
        fault = syntax.label_value(value)
        if fault:
            yield Complaint("DS201", place, f'toleration value "{value}": {fault}', at=at)
    elif operator == "Exists":
        if value:
            what = f'operator Exists with value "{value}": it tolerates every value'
            fix = "remove value, or use operator: Equal"
            yield Complaint("DS204", place, what, at=at, fix=fix)
    elif operator in _COMPARISONS and gates.enabled(target, _GATE):
        fault = _number(value)
        if fault:
            yield Complaint("DS201", at, f'value "{value}" of operator {operator} {fault}')
    elif operator in _COMPARISONS:
        what = f"operator {operator} needs the feature gate {_GATE}"
        yield Complaint("DS207", place, what, fix="use Equal or Exists, or switch the gate on")
    else:
        right = edits.spelled(operator, _OPERATORS)
        what = f'toleration operator "{operator}" is none of {", ".join(_OPERATORS)}'
        edit = edits.replace(place, right) if right else None
        fix = f"write {right}" if right else "use Equal or Exists"
        yield Complaint("DS201", place, what, fix=fix, edit=edit)


def _number(value: str) -> str | None:
    """What is wrong with the number of Gt or Lt: a decimal int64, no `+`, no leading zeros."""
    if not _is_decimal(value):
        return "is no decimal integer (no sign `+`, no leading zeros)"
    return "does not fit 64 bits" if integer(value) is None else None


def _effect(effect: str, path: Path) -> Complaint:
    place = (*path, "effect")
    right = edits.spelled(effect, EFFECTS)
    what = f'toleration effect "{effect}" is none of {", ".join(EFFECTS)}'
    edit = edits.replace(place, right) if right else None
    fix = f"write {right}" if right else f"use one of {', '.join(EFFECTS)}"
    return Complaint("DS202", place, what, fix=fix, edit=edit)
