"""A CronJob's schedule, time zone and concurrency.

Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/batch/validation/validation.go
(`validateCronJobSpec`) and https://github.com/robfig/cron/blob/v3.0.1/parser.go for the schedule.
"""

from __future__ import annotations

import functools
import pathlib
import re
from collections.abc import Iterator

from dslint import syntax
from dslint.checks import _walk
from dslint.checks._decimals import integer
from dslint.checks.replicas import negatives
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS199"
_ZONES = pathlib.Path(__file__).parent.parent / "data" / "time-zones.txt"
_POLICIES = ("Allow", "Forbid", "Replace")
_COUNTS = ("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")
_DESCRIPTORS = frozenset("yearly annually monthly weekly daily midnight hourly".split())
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "sun mon tue wed thu fri sat".split()
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, start=1)}),
    ("day of week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)
_is_zone_part = re.compile(r"[A-Za-z._0-9+][A-Za-z.\-_0-9+]{0,13}", re.ASCII).fullmatch
_is_duration = re.compile(
    r"[+-]?(?:0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)", re.ASCII
).fullmatch
_pieces = re.compile(r"([0-9]*)\.?([0-9]*)(ns|us|µs|μs|ms|s|m|h)", re.ASCII).findall
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_LONGEST = (1 << 63) - 1  # nanoseconds, 292 years

FIELDS: tuple[str, ...] = ("CronJob",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in a CronJob's spec beside its job template."""
    if workload.kind != "CronJob":
        return
    spec = mapping(workload.manifest.get("spec"))
    yield from negatives(spec, ("spec",), _COUNTS)
    yield from _schedule(spec, ("spec", "schedule"), target)
    zone = spec.get("timeZone")
    if isinstance(zone, str):
        fault = _zone_fault(zone)
        if fault:
            path = ("spec", "timeZone")
            yield Complaint(_RULE, path, f'timeZone "{zone}": {fault}', fix="write Area/City")
    policy = spec.get("concurrencyPolicy") or "Allow"
    if isinstance(policy, str) and policy not in _POLICIES:
        yield _walk.unsupported(_RULE, ("spec", "concurrencyPolicy"), policy, _POLICIES)


def _schedule(spec: Object, path: Path, target: Target) -> Iterator[Complaint]:
    schedule = spec.get("schedule")
    if not isinstance(schedule, str):
        return
    fix = 'write five fields: "minute hour day month weekday"'
    if not schedule:
        yield Complaint(_RULE, path, "schedule is empty", fix=fix)
        return
    # Beside timeZone it was always refused; since 1.29 on every creation.
    if "TZ" in schedule and (target.at_least("1.29") or spec.get("timeZone") is not None):
        what = f'schedule "{schedule}": cannot use TZ or CRON_TZ'
        yield Complaint(_RULE, path, what, fix="use timeZone instead")
        return
    fault = schedule_fault(schedule)
    if fault:
        yield Complaint(_RULE, path, f'schedule "{schedule}": {fault}', fix=fix)


def schedule_fault(schedule: str) -> str | None:
    """What is wrong with a schedule of five fields or a descriptor such as `@daily`."""
    if schedule.startswith(("TZ=", "CRON_TZ=")):
        setting, _, schedule = schedule.partition(" ")
        zone = setting.partition("=")[2]
        if zone not in ("", "Local") and not _is_known(zone):
            return f'unknown time zone "{zone}"'
        schedule = syntax.trimmed(schedule)
    if schedule.startswith("@every "):
        return _duration_fault(schedule.removeprefix("@every "))
    if schedule.startswith("@"):
        return None if schedule[1:] in _DESCRIPTORS else "unknown descriptor"
    fields = syntax.words(schedule)
    if len(fields) != len(_FIELDS):
        return f"{len(fields)} fields, a schedule has 5"
    for text, (name, low, high, names) in zip(fields, _FIELDS, strict=True):
        for entry in filter(None, text.split(",")):
            fault = _range_fault(entry, low, high, names)
            if fault:
                return f'{name} "{entry}" {fault}'
    return None


def _duration_fault(text: str) -> str | None:
    """What is wrong with a duration such as `1h30m` (ParseDuration of Go's time)."""
    if not _is_duration(text):
        return "no duration after @every"
    total = 0
    for whole, fraction, unit in _pieces(text):
        # Read as a negative number, of which an int64 has one more.
        number, digits = integer(f"-{whole or 0}"), fraction[:18] or "0"
        if number is None:
            return "the duration after @every is too long"
        total += (
            (int(digits) - number * 10 ** len(digits)) * _NANOSECONDS[unit] // 10 ** len(digits)
        )
    longest = _LONGEST + 1 if text[0] == "-" else _LONGEST
    return "the duration after @every is too long" if total > longest else None


def _range_fault(entry: str, low: int, high: int, names: dict[str, int]) -> str | None:
    """One entry of a field: `*`, `?`, a number, `a-b`, and any of these with `/step`."""
    span, *steps = entry.split("/")
    step = _number(steps[0], {}) if steps else 1
    if len(steps) > 1 or not step:
        return "has no positive step" if len(steps) == 1 else "has too many slashes"
    start, end = _ends(span, low, high if steps else None, high, names)
    if start is None or end is None:
        return "is no number"
    if start < low or end > high:
        return f"is not between {low} and {high}"
    return "ends before it begins" if start > end else None


def _ends(
    span: str, low: int, open_end: int | None, high: int, names: dict[str, int]
) -> tuple[int | None, int | None]:
    """The ends of `*`, `a` or `a-b`; with a step, `a` goes on to `open_end`."""
    first, *last = span.split("-")
    if first in {"*", "?"}:
        return low, high
    start = _number(first, names)
    if len(last) == 1:
        return start, _number(last[0], names)
    return (start, open_end or start) if not last else (None, None)


def _number(text: str, names: dict[str, int]) -> int | None:
    known = names.get(text.lower())
    number = integer(text) if known is None else known
    return number if number is not None and number >= 0 else None


def _zone_fault(zone: str) -> str | None:
    """What is wrong with a time zone's name."""
    if not zone:
        return "must be nil or non-empty string"
    parts = zone.split("/")
    if any(part in {".", ".."} or not _is_zone_part(part) for part in parts):
        return "unknown time zone"
    if zone.lower() == "local":
        return "must be an explicit time zone"
    return None if _is_known(zone) else "unknown time zone"


def _is_known(zone: str) -> bool:
    return zone in _zones() or _is_here(zone)


@functools.cache
def _zones() -> frozenset[str]:
    """The names of time zones, see scripts/build_time_zones.py."""
    return frozenset(_ZONES.read_text(encoding="utf-8").split())


def _is_here(zone: str) -> bool:
    """Whether this machine knows a time zone, which may be younger than our list."""
    from zoneinfo import ZoneInfo  # spares start-up: few name a zone, and fewer a strange one

    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        return False
    return True
