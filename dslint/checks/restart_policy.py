"""The pod's restart policy and deadline, which each kind narrows in its own way.

Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateRestartPolicy`, `ValidatePreemptionPolicy`) and the validation of apps and batch.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import edits
from dslint.checks import _walk
from dslint.checks.job import keeps
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Workload, mapping

_POLICIES = ("Always", "OnFailure", "Never")
_PREEMPTION = ("PreemptLowerPriority", "Never")
_ENDING = frozenset({"Job", "CronJob"})
_ANY = frozenset({"Pod", "PodTemplate"})
_DEADLINE = 2**31 - 1

FIELDS: tuple[str, ...] = ()


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `restartPolicy`, `activeDeadlineSeconds` and preemption."""
    pod, path = workload.pod, workload.pod_path
    policy = pod.get("restartPolicy") or "Always"
    if isinstance(policy, str):
        yield from _policy(workload, policy, (*path, "restartPolicy"), target)
    deadline = pod.get("activeDeadlineSeconds")
    if deadline is not None:
        yield from _deadline(workload, deadline, (*path, "activeDeadlineSeconds"))
    preemption = _walk.judged(workload, target).get("preemptionPolicy")
    if isinstance(preemption, str) and preemption not in _PREEMPTION:
        here = (*path, "preemptionPolicy")
        yield _walk.unsupported("DS199", here, preemption, _PREEMPTION)


def _policy(workload: Workload, policy: str, path: Path, target: Target) -> Iterator[Complaint]:
    given = bool(workload.pod.get("restartPolicy"))
    at = path if given else path[:-1]
    if policy not in _POLICIES:
        right = edits.spelled(policy, _allowed(workload.kind))
        yield _walk.unsupported("DS125", path, policy, [right] if right else _POLICIES)
    elif policy not in _allowed(workload.kind):
        what = f"restartPolicy {policy}{'' if given else ', the default,'} in a {workload.kind}"
        fix = f"set restartPolicy: {' or '.join(_allowed(workload.kind))}"
        yield Complaint("DS125", path, what, at=at, fix=fix)
    elif policy != "Never" and _has_failure_policy(workload, target):
        what = f"restartPolicy {policy} with a podFailurePolicy, which needs Never"
        yield Complaint("DS125", path, what, fix="set restartPolicy: Never")


def _allowed(kind: str) -> tuple[str, ...]:
    if kind in _ANY:
        return _POLICIES
    return ("OnFailure", "Never") if kind in _ENDING else ("Always",)


def _has_failure_policy(workload: Workload, target: Target) -> bool:
    if workload.kind not in _ENDING or not keeps(workload, target, "JobPodFailurePolicy"):
        return False
    spec = workload.manifest
    for part in workload.pod_path[:-2]:
        spec = mapping(spec.get(str(part)))
    return isinstance(spec.get("podFailurePolicy"), dict)


def _deadline(workload: Workload, deadline: object, path: Path) -> Iterator[Complaint]:
    if workload.kind not in _ANY | _ENDING:
        what = f"activeDeadlineSeconds in a {workload.kind} is not supported: its pods run on"
        yield Complaint("DS126", path, what, key=True, fix="remove activeDeadlineSeconds")
        return
    seconds = _walk.number(deadline)
    if seconds is not None and not 1 <= seconds <= _DEADLINE:
        what = f"activeDeadlineSeconds {seconds} is not between 1 and {_DEADLINE}"
        yield Complaint("DS199", path, what, fix="set a positive number, or remove it")
