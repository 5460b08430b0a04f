"""A Job's own spec, and that of a CronJob's jobs: counts, indexes, and who manages it.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/batch/validation/validation.go
(`validateJobSpec`). Fields of a Job whose feature gate is off are dropped before, and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.checks._object_name import object_name
from dslint.checks.replicas import negatives
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS199"
_MODES = ("NonIndexed", "Indexed")
_COUNTS = (
    "parallelism completions activeDeadlineSeconds backoffLimit ttlSecondsAfterFinished"
).split()
_GATED_COUNTS = ("backoffLimitPerIndex", "maxFailedIndexes")
_REPLACEMENTS = ("Failed", "TerminatingOrFailed")
_INDEXED_LIMIT = 100_000
_MANY, _MANY_LIMIT = 100_000, 10_000
_MANAGED_BY = 63

FIELDS: tuple[str, ...] = ("Job", "CronJob")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in a Job's spec beside the pod template."""
    spec, path = job_spec(workload)
    if not spec:
        return
    yield from negatives(spec, path, tuple(_COUNTS))
    mode = spec.get("completionMode")
    mode = "NonIndexed" if mode is None else mode
    if isinstance(mode, str) and mode not in _MODES:
        yield _walk.unsupported(_RULE, (*path, "completionMode"), mode, _MODES)
    if mode == "Indexed":
        yield from _indexed(workload, spec, path)
    if keeps(workload, target, "JobBackoffLimitPerIndex"):
        yield from _per_index(workload, spec, path, mode)
    if keeps(workload, target, "JobManagedBy"):
        yield from _managed_by(spec, path)
    if keeps(workload, target, "JobPodReplacementPolicy"):
        yield from _replacement(spec, path)


def keeps(workload: Workload, target: Target, gate: str) -> bool:
    """Whether the server keeps the fields of a gate: always in a CronJob's jobs.

    https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/batch/cronjob/strategy.go
    drops only those of the pod template, unlike job/strategy.go (`PrepareForCreate` of both).
    """
    return workload.kind == "CronJob" or gates.enabled(target, gate)


def job_spec(workload: Workload) -> tuple[Object, Path]:
    """The spec of a Job or of a CronJob's jobs with its path; {} for every other kind."""
    spec = mapping(workload.manifest.get("spec"))
    if workload.kind == "Job":
        return spec, ("spec",)
    if workload.kind == "CronJob":
        return mapping(mapping(spec.get("jobTemplate")).get("spec")), (
            "spec",
            "jobTemplate",
            "spec",
        )
    return {}, ()


def _indexed(workload: Workload, spec: Object, path: Path) -> Iterator[Complaint]:
    completions = completions_of(workload, spec)
    parallelism = _walk.number(spec.get("parallelism"))
    if completions is None and spec.get("completions") is None:
        what = "completionMode Indexed without completions"
        yield _refused((*path, "completions"), what, "set completions")
    if parallelism is not None and parallelism > _INDEXED_LIMIT:
        what = f"parallelism {parallelism} of an Indexed Job is over {_INDEXED_LIMIT}"
        yield _refused((*path, "parallelism"), what, "lower parallelism")
    name = object_name(workload)
    if workload.kind == "Job" and name and completions and completions > 0:
        yield from _host_name(workload, name, completions)


def completions_of(workload: Workload, spec: Object) -> int | None:
    """The completions; 1 in a Job that has neither them nor parallelism: SetDefaults_Job."""
    neither = spec.get("completions") is None and spec.get("parallelism") is None
    return 1 if neither and workload.kind == "Job" else _walk.number(spec.get("completions"))


def _host_name(workload: Workload, name: str, completions: int) -> Iterator[Complaint]:
    host = f"{name}-{completions - 1}"
    fault = syntax.dns_label(host)
    if fault and syntax.dns_subdomain(name) is None:
        what = f"name {name} gives its last pod the host name {host}: {fault}"
        path = ("metadata", "name")
        given = mapping(workload.manifest.get("metadata")).get("name")
        at = path if given else ("metadata", "generateName")
        yield Complaint("DS106", path, what, at=at, fix="shorten the name, without dots")


def _per_index(workload: Workload, spec: Object, path: Path, mode: object) -> Iterator[Complaint]:
    yield from negatives(spec, path, _GATED_COUNTS)
    failed, limit = spec.get("maxFailedIndexes"), spec.get("backoffLimitPerIndex")
    if failed is not None and limit is None:
        what = "maxFailedIndexes without backoffLimitPerIndex"
        yield _refused((*path, "backoffLimitPerIndex"), what, "set backoffLimitPerIndex")
    if mode == "NonIndexed":
        for field in _GATED_COUNTS:
            if spec.get(field) is not None:
                what = f"{field} requires completionMode Indexed"
                yield _refused((*path, field), what, f"remove {field}")
    elif mode == "Indexed":
        yield from _failed_indexes(spec, path, completions_of(workload, spec))


def _failed_indexes(spec: Object, path: Path, completions: int | None) -> Iterator[Complaint]:
    """The bounds of failed indexes and parallelism, narrower for a Job with many completions."""
    failed, parallelism = (
        _walk.number(spec.get(field)) for field in ("maxFailedIndexes", "parallelism")
    )
    many = (completions or 0) > _MANY and spec.get("backoffLimitPerIndex") is not None
    limit = _MANY_LIMIT if many else _INDEXED_LIMIT
    limit = limit if completions is None else min(limit, completions)
    here = (*path, "maxFailedIndexes")
    if failed is not None and failed > limit:
        what = f"maxFailedIndexes {failed} must be less than or equal to {limit}"
        yield _refused(here, what, "lower maxFailedIndexes")
    elif failed is None and many:
        what = f"maxFailedIndexes must be specified when completions is above {_MANY}"
        yield _refused(here, what, "set maxFailedIndexes")
    if many and parallelism is not None and parallelism > _MANY_LIMIT:
        what = f"parallelism {parallelism} is over {_MANY_LIMIT} with {completions} completions"
        yield _refused((*path, "parallelism"), what, "lower parallelism")


def _managed_by(spec: Object, path: Path) -> Iterator[Complaint]:
    manager = spec.get("managedBy")
    if not isinstance(manager, str):
        return
    fault = syntax.domain_path(manager)
    if not fault and len(manager) > _MANAGED_BY:
        fault = f"must be no more than {_MANAGED_BY} characters"
    if fault:
        what = f'managedBy "{manager}": {fault}'
        yield _refused((*path, "managedBy"), what, "write it as acme.io/controller")


def _replacement(spec: Object, path: Path) -> Iterator[Complaint]:
    policy = spec.get("podReplacementPolicy")
    known = _REPLACEMENTS[:1] if isinstance(spec.get("podFailurePolicy"), dict) else _REPLACEMENTS
    if isinstance(policy, str) and policy not in known:
        yield _walk.unsupported(_RULE, (*path, "podReplacementPolicy"), policy, known)


def _refused(path: Path, what: str, fix: str) -> Complaint:
    return Complaint(_RULE, path, what, fix=fix)
