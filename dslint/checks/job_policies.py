"""A Job's podFailurePolicy and successPolicy, rule by rule.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/batch/validation/validation.go
(`validatePodFailurePolicy`, `validateSuccessPolicy`, `validateIndexesFormat`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks import _walk
from dslint.checks._decimals import integer
from dslint.checks.job import completions_of, job_spec, keeps
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_RULE = "DS199"
_ACTIONS = ("FailJob", "FailIndex", "Ignore", "Count")
_STATUSES = ("True", "False", "Unknown")
_RULES, _CODES, _PATTERNS = 20, 255, 20
_INDEXES = 64 * 1024

FIELDS: tuple[str, ...] = ("Job", "CronJob")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the policies of a Job or of a CronJob's jobs."""
    spec, path = job_spec(workload)
    failure, success = spec.get("podFailurePolicy"), spec.get("successPolicy")
    if isinstance(failure, dict) and keeps(workload, target, "JobPodFailurePolicy"):
        here = (*path, "podFailurePolicy", "rules")
        yield from _failure(workload, spec, failure, here, target)
    if isinstance(success, dict) and keeps(workload, target, "JobSuccessPolicy"):
        yield from _success(
            spec, success, (*path, "successPolicy"), completions_of(workload, spec)
        )


def _failure(
    workload: Workload, spec: Object, policy: Object, path: Path, target: Target
) -> Iterator[Complaint]:
    rules = _walk.items(policy.get("rules"), path)
    # Rules about indexes go with the fields of their gate: batch/job/strategy.go
    if target.at_least("1.28") and not keeps(workload, target, "JobBackoffLimitPerIndex"):
        rules = [entry for entry in rules if entry[1].get("action") != "FailIndex"]
    yield from _too_many(rules, _RULES, path)
    names: set[object] = {
        _walk.word(container, "name")
        for field in _walk.CONTAINERS
        for _, container in _walk.items(workload.pod.get(field), ())
    }
    for here, rule in rules:
        action = rule.get("action")
        if action == "FailIndex" and spec.get("backoffLimitPerIndex") is None:
            what = "action FailIndex requires backoffLimitPerIndex to be set"
            yield _refused((*here, "action"), what, "set backoffLimitPerIndex")
        elif isinstance(action, str) and action not in _ACTIONS:
            yield _walk.unsupported(_RULE, (*here, "action"), action, _ACTIONS)
        # In a CronJob since 1.34: https://github.com/kubernetes/kubernetes/pull/131525
        status = "True" if workload.kind == "Job" or target.at_least("1.34") else ""
        yield from _causes(rule, here, names, status)


def _causes(rule: Object, path: Path, names: set[object], status: str) -> Iterator[Complaint]:
    """Exit codes or pod conditions, whose default status is given: one of the two."""
    codes, conditions = rule.get("onExitCodes"), rule.get("onPodConditions")
    if isinstance(codes, dict):
        yield from _exit_codes(codes, (*path, "onExitCodes"), names)
    if conditions and isinstance(conditions, list):
        yield from _conditions(conditions, (*path, "onPodConditions"), status)
    if (codes is None) is not bool(conditions):
        count = "one of onExitCodes and onPodConditions is required, and not both"
        yield _refused(path, count, "leave one of the two")


def _conditions(conditions: list[object], path: Path, default: str) -> Iterator[Complaint]:
    yield from _too_many(conditions, _PATTERNS, path)
    for here, pattern in _walk.items(conditions, path):
        kind = pattern.get("type") or ""
        fault = syntax.qualified_name(kind) if isinstance(kind, str) else None
        if fault:
            yield _refused(
                (*here, "type"), f'condition type "{kind}": {fault}', "name a condition"
            )
        status = pattern.get("status") or default
        if isinstance(status, str) and status not in _STATUSES:
            yield _walk.unsupported(_RULE, (*here, "status"), status, _STATUSES)


def _exit_codes(codes: Object, path: Path, names: set[object]) -> Iterator[Complaint]:
    operator, container = codes.get("operator") or "", codes.get("containerName")
    if isinstance(operator, str) and operator not in ("In", "NotIn"):
        yield _walk.unsupported(_RULE, (*path, "operator"), operator, ("In", "NotIn"))
    if isinstance(container, str) and container not in names:
        what = f'containerName "{container}" is none of the pod template\'s containers'
        yield _refused((*path, "containerName"), what, "name a container of the template")
    values = codes.get("values")
    if values is None or isinstance(values, list):
        yield from _values(values or [], operator, (*path, "values"))


def _values(values: list[object], operator: object, path: Path) -> Iterator[Complaint]:
    if not values:
        yield _refused(path, "at least one exit code is required", "list the exit codes")
    yield from _too_many(values, _CODES, path)
    numbers = [_walk.number(value) or 0 for value in values]
    seen: set[int] = set()
    for index, number in enumerate(numbers):
        if operator == "In" and number == 0:
            yield _refused(
                (*path, index), "exit code 0 for operator In: it is success", "remove 0"
            )
        if number in seen:
            yield _refused((*path, index), f"exit code {number} is there twice", "remove one")
        seen.add(number)
    if numbers != sorted(numbers):
        yield _refused(path, "exit codes must be ordered", "sort them")


def _success(
    spec: Object, policy: Object, path: Path, completions: int | None
) -> Iterator[Complaint]:
    if spec.get("completionMode") != "Indexed":
        yield _refused(path, "successPolicy requires completionMode Indexed", "remove it")
        return
    rules = tuple(_walk.items(policy.get("rules"), (*path, "rules")))
    if not rules:
        yield _refused((*path, "rules"), "successPolicy without rules", "add a rule")
    yield from _too_many(rules, _RULES, (*path, "rules"))
    for here, rule in rules:
        yield from _success_rule(rule, here, completions)


def _success_rule(rule: Object, path: Path, completions: int | None) -> Iterator[Complaint]:
    count, indexes = rule.get("succeededCount"), rule.get("succeededIndexes")
    if count is None and indexes is None:
        what = "at least one of succeededCount or succeededIndexes must be specified"
        yield _refused(path, what, "set one of them")
    if completions is None:
        return
    total = 0
    if isinstance(indexes, str):
        here = (*path, "succeededIndexes")
        if len(indexes) > _INDEXES:
            yield _refused(here, f"more than {_INDEXES} characters", "name fewer indexes")
        total, fault = _total(indexes, completions)
        if fault:
            yield _refused(here, f"succeededIndexes: {fault}", "write them as 0,2-4")
    number = _walk.number(count)
    limit = completions if indexes is None else min(completions, total)
    if number is not None and not 0 <= number <= limit:
        what = f"succeededCount {number} is not between 0 and {limit}"
        yield _refused((*path, "succeededCount"), what, "set a count that can be reached")


def _total(indexes: str, completions: int) -> tuple[int, str]:
    """How many indexes `0,2-4` names; 0 and what is wrong with it otherwise."""
    last, total = -1, 0
    first = True
    for interval in indexes.split(",") if indexes else ():
        ends = interval.split("-")
        low, high = integer(ends[0]), integer(ends[-1])
        if len(ends) > 2 or low is None or high is None:
            return 0, f'"{interval}" is neither an index nor an interval of two'
        if low >= completions or high >= completions:
            return 0, f'"{interval}" is too large for {completions} completions'
        if (len(ends) > 1 and low >= high) or (not first and last >= low):
            return 0, f'"{interval}" is not in increasing order'
        first, last, total = False, high, total + high - low + 1
    return total, ""


def _too_many(listed: object, limit: int, path: Path) -> Iterator[Complaint]:
    count = len(listed) if isinstance(listed, list | tuple) else 0
    if count > limit:
        yield _refused(path, f"{count} entries, at most {limit} are allowed", "remove some")


def _refused(path: Path, what: str, fix: str) -> Complaint:
    return Complaint(_RULE, path, what, fix=fix)
