"""Labels and label selectors as the API server validates and matches them.

Takes plain data of a manifest and the path it stands at; gives complaints with the fields that
the API server names. Parts of the wrong type are passed over, and so are missing fields that the
schema asks for; nothing raises.
Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/validation/validation.go
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from dslint import syntax
from dslint.model import Complaint, Path
from dslint.target import Target

OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")

Labels = Mapping[object, object]

_TEXT: frozenset[type] = frozenset({str})
_FEW = 50


def faults(
    labels: object, path: Path, rule: str = "DS107", field: Path | None = None
) -> Iterator[Complaint]:
    """What is wrong with the keys and values of the labels at `path`, under `rule`.

    The API server names the map, not the entry; `field` is what it calls it where that is not
    `path`.
    """
    if not isinstance(labels, dict) or _are_valid(labels):
        return
    named = path if field is None else field
    for key, value in labels.items():
        if isinstance(key, str) and (fault := syntax.label_key(key)):
            what = f"label key {_quoted(key)}: {fault}"
            yield Complaint(rule, named, what, at=(*path, key), key=True, fix="write a valid key")
        if isinstance(value, str) and (fault := syntax.label_value(value)):
            what = f"value {_quoted(value)} of label {key}: {fault}"
            yield Complaint(rule, named, what, at=(*path, key), fix="write a valid value")


def _are_valid(labels: dict[str, object]) -> bool:
    """Whether nothing is wrong with labels that are as few as most objects have."""
    if len(labels) > _FEW or not _TEXT.issuperset(map(type, labels.values())):
        return False
    return _remembered(tuple(labels.items()))


@functools.lru_cache(maxsize=1024)  # an object's labels are often its pods' and its selector's
def _remembered(labels: tuple[tuple[str, object], ...]) -> bool:
    return not any(syntax.label_key(key) or syntax.label_value(str(it)) for key, it in labels)


def selector_faults(
    selector: object, path: Path, rule: str = "DS107", values: bool = True
) -> Iterator[Complaint]:
    """What is wrong with a label selector (`matchLabels`, `matchExpressions`), under `rule`.

    `values` says whether those of the expressions are looked at (`judges_values`).
    """
    if not isinstance(selector, dict):
        return
    yield from faults(selector.get("matchLabels"), (*path, "matchLabels"), rule)
    expressions = selector.get("matchExpressions")
    if isinstance(expressions, list):
        for index, requirement in enumerate(expressions):
            if isinstance(requirement, dict):
                here = (*path, "matchExpressions", index)
                yield from _requirement_faults(requirement, here, rule, values)


def judges_values(target: Target) -> bool:
    """Whether the server looks at the values of a selector's expressions, as since 1.26.

    https://github.com/kubernetes/kubernetes/pull/113699
    """
    return target.at_least("1.26")


def is_empty(selector: object) -> bool:
    """Whether a selector has neither labels nor expressions to match."""
    return isinstance(selector, dict) and not (
        selector.get("matchLabels") or selector.get("matchExpressions")
    )


def parses(selector: object) -> bool:
    """Whether Kubernetes can make a selector of it (`LabelSelectorAsSelector`)."""
    return next(selector_faults(selector, ()), None) is None and _is_complete(selector)


def _is_complete(selector: object) -> bool:
    """Whether every expression has the key and the operator that the schema asks for."""
    expressions = selector.get("matchExpressions") if isinstance(selector, dict) else None
    return not isinstance(expressions, list) or all(
        isinstance(one, dict) and None not in (one.get("key"), one.get("operator"))
        for one in expressions
    )


def matches(selector: Mapping[str, object], labels: object) -> bool:
    """Whether a selector that parses matches the labels; an empty one matches everything."""
    has, wanted = _plain(labels), _plain(selector.get("matchLabels"))
    if any(key not in has or has[key] != value for key, value in wanted.items()):
        return False
    expressions = selector.get("matchExpressions")
    if not isinstance(expressions, list):
        return True
    asked = (one for one in expressions if isinstance(one, dict))
    return all(_meets(one, has) for one in asked if isinstance(one.get("key"), str))


def keys(selector: object) -> tuple[set[str], list[str]]:
    """The keys of a selector's labels, and those of its expressions in order."""
    if not isinstance(selector, dict):
        return set(), []
    wanted, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    listed = expressions if isinstance(expressions, list) else []
    return (
        set(wanted) if isinstance(wanted, dict) else set(),
        [
            one["key"]
            for one in listed
            if isinstance(one, dict) and isinstance(one.get("key"), str)
        ],
    )


def _requirement_faults(
    requirement: Mapping[str, object], path: Path, rule: str, judges: bool
) -> Iterator[Complaint]:
    operator, values = requirement.get("operator"), requirement.get("values")
    yield from operator_faults(operator, values, path, rule)
    key = requirement.get("key")
    fault = syntax.label_key(key) if isinstance(key, str) else None
    if fault:
        yield Complaint(rule, (*path, "key"), f"key {_quoted(key)}: {fault}", fix="name a label")
    if judges:
        yield from value_faults(values, path, rule)


def operator_faults(
    operator: object, values: object, path: Path, rule: str, choices: tuple[str, ...] = OPERATORS
) -> Iterator[Complaint]:
    """An operator that is none of `choices`, or one with the wrong count of values."""
    count = len(values) if isinstance(values, list) else 0
    if values is not None and not isinstance(values, list):
        return
    if operator in ("In", "NotIn") and not count:
        what = f"operator {operator} without a value"
        yield Complaint(rule, (*path, "values"), what, fix="list the values, or use Exists")
    elif operator in ("Exists", "DoesNotExist") and count:
        what = f"operator {operator} with {count} value(s)"
        yield Complaint(rule, (*path, "values"), what, fix="remove values, or use In or NotIn")
    elif operator not in choices and isinstance(operator, str):
        what = f"{_quoted(operator)} is not a valid selector operator"
        yield Complaint(rule, (*path, "operator"), what, fix=f"use one of {', '.join(choices)}")


def value_faults(values: object, path: Path, rule: str) -> Iterator[Complaint]:
    """The values of a requirement at `path` that are no label values."""
    for index, value in enumerate(values if isinstance(values, list) else ()):
        fault = syntax.label_value(value) if isinstance(value, str) else None
        if fault:
            what = f"value {_quoted(value)}: {fault}"
            yield Complaint(rule, (*path, "values", index), what, fix="write a valid label value")


def _meets(requirement: Mapping[str, object], labels: Labels) -> bool:
    key, operator, values = (requirement.get(part) for part in ("key", "operator", "values"))
    listed = values if isinstance(values, list) else []
    if operator == "In":
        return key in labels and labels[key] in listed
    if operator == "NotIn":
        return key not in labels or labels[key] not in listed
    return (key in labels) is (operator == "Exists")


def _plain(labels: object) -> Labels:
    """The map with "" for null, as Go reads it."""
    if not isinstance(labels, dict):
        return {}
    return {key: "" if value is None else value for key, value in labels.items()}


def _quoted(value: object) -> str:
    text = str(value)
    return f'"{text[:60]}..."' if len(text) > 63 else f'"{text}"'
