"""How a workload replaces its pods: type, maxUnavailable, maxSurge and partition.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
The defaults are those of pkg/apis/apps/v1/defaults.go: a DaemonSet's maxUnavailable is 1,
so that a maxSurge alone is refused.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.checks._decimals import integer, is_integer
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS127"
_LARGEST = (1 << 63) - 1  # what Atoi makes of more digits
_TYPES = {
    "DaemonSet": ("RollingUpdate", "OnDelete"),
    "StatefulSet": ("RollingUpdate", "OnDelete"),
    "Deployment": ("RollingUpdate", "Recreate"),
}

FIELDS: tuple[str, ...] = ("strategy", "updateStrategy")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `updateStrategy`, or a Deployment's `strategy`."""
    types = _TYPES.get(workload.kind)
    if types is None:
        return
    field = "strategy" if workload.kind == "Deployment" else "updateStrategy"
    strategy = mapping(mapping(workload.manifest.get("spec")).get(field))
    path: Path = ("spec", field)
    kind = strategy.get("type") or "RollingUpdate"
    if not isinstance(kind, str):
        return
    rolling = strategy.get("rollingUpdate")
    if kind not in types:
        yield _walk.unsupported(_RULE, path, kind, types, (*path, "type"))
    elif kind == "RollingUpdate":
        yield from _rolling(workload.kind, mapping(rolling), (*path, "rollingUpdate"), target)
    elif rolling is not None and workload.kind != "DaemonSet":
        what = f"rollingUpdate may not be specified when type is {kind}"
        fix = "remove rollingUpdate, or set type: RollingUpdate"
        yield Complaint(_RULE, (*path, "rollingUpdate"), what, key=True, fix=fix)


def _rolling(kind: str, rolling: Object, path: Path, target: Target) -> Iterator[Complaint]:
    if kind == "DaemonSet":
        yield from _daemon_set(rolling, path)
    elif kind == "Deployment":
        yield from _deployment(rolling, path)
    else:
        yield from _stateful_set(rolling, path, target)


def _daemon_set(rolling: Object, path: Path) -> Iterator[Complaint]:
    unavailable, surge = _given(rolling, "maxUnavailable", 1), _given(rolling, "maxSurge", 0)
    yield from _amount(unavailable, (*path, "maxUnavailable"), at_most_all=True)
    yield from _amount(surge, (*path, "maxSurge"), at_most_all=True)
    if _value(unavailable) and _value(surge):
        shown = "" if "maxUnavailable" in rolling else ", the default"
        what = f"maxSurge {surge} with maxUnavailable {unavailable}{shown}: one of them must be 0"
        fix = "set maxUnavailable: 0, or remove maxSurge"
        yield Complaint(_RULE, (*path, "maxSurge"), what, fix=fix)
    elif _value(unavailable) == 0 and _value(surge) == 0:
        yield _standstill(path)


def _deployment(rolling: Object, path: Path) -> Iterator[Complaint]:
    unavailable, surge = (_given(rolling, key, "25%") for key in ("maxUnavailable", "maxSurge"))
    yield from _amount(unavailable, (*path, "maxUnavailable"), at_most_all=True)
    yield from _amount(surge, (*path, "maxSurge"), at_most_all=False)
    if _value(unavailable) == 0 and _value(surge) == 0:
        yield _standstill(path)


def _standstill(path: Path) -> Complaint:
    what = "maxUnavailable cannot be 0 when maxSurge is 0: no pod could be replaced"
    return Complaint(_RULE, (*path, "maxUnavailable"), what, fix="set one of them to 1 or more")


def _stateful_set(rolling: Object, path: Path, target: Target) -> Iterator[Complaint]:
    partition = _walk.number(rolling.get("partition"))
    if partition is not None and partition < 0:
        what = f"partition {partition} must be greater than or equal to 0"
        yield Complaint(_RULE, (*path, "partition"), what, fix="set 0 or more")
    if not gates.enabled(target, "MaxUnavailableStatefulSet"):
        return
    unavailable, here = _given(rolling, "maxUnavailable", 1), (*path, "maxUnavailable")
    yield from _amount(unavailable, here, at_most_all=True)
    if _value(unavailable) == 0:
        yield Complaint(_RULE, here, "maxUnavailable cannot be 0", fix="set 1 or more")


def _given(rolling: Object, key: str, default: int | str) -> object:
    value = rolling.get(key)
    return default if value is None else value


def _amount(amount: object, path: Path, *, at_most_all: bool) -> Iterator[Complaint]:
    """What is wrong with a number of pods or a percentage of them."""
    field, number = path[-1], _walk.number(amount)
    if number is not None and number < 0:
        what = f"{field} {number} must be greater than or equal to 0"
        yield Complaint(_RULE, path, what, fix="set 0 or more")
    if not isinstance(amount, str):
        return
    fault = syntax.percent(amount)
    if fault:
        what = f'{field} "{amount}": {fault}'
        yield Complaint(_RULE, path, what, fix="write a number, or a percentage such as 25%")
    elif at_most_all and _value(amount) > 100:
        what = f"{field} {amount} must not be greater than 100%"
        yield Complaint(_RULE, path, what, fix="set 100% at most")


def _value(amount: object) -> int:
    """The number or percentage; text that is neither reads as Go's Atoi reads it."""
    return _of_text(amount) if isinstance(amount, str) else _walk.number(amount) or 0


@functools.lru_cache(maxsize=256)
def _of_text(amount: str) -> int:
    text = amount.removesuffix("%") if syntax.percent(amount) is None else amount
    number = integer(text)
    if number is not None:
        return number
    return _LARGEST if is_integer(text) else 0
