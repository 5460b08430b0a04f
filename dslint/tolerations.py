"""Tolerations as placement reads them, and whether one tolerates a taint.

Made from the plain dicts of a pod spec. A DaemonSet's pods get the tolerations that its controller
adds, in the way it adds them. Nothing raises: an unknown operator tolerates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dslint.node_facts import Taint
from dslint.target import Target
from dslint.workloads import NOT_READY, UNREACHABLE, Object, Workload, text

COMPARISON_GATE = "TaintTolerationComparisonOperators"

# https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/daemon/util/daemonset_util.go
_DAEMON = (
    (NOT_READY, "NoExecute"),
    (UNREACHABLE, "NoExecute"),
    ("node.kubernetes.io/disk-pressure", "NoSchedule"),
    ("node.kubernetes.io/memory-pressure", "NoSchedule"),
    ("node.kubernetes.io/pid-pressure", "NoSchedule"),
    ("node.kubernetes.io/unschedulable", "NoSchedule"),
)
_DAEMON_HOST_NETWORK = ("node.kubernetes.io/network-unavailable", "NoSchedule")

# Without sign `+` and leading zeros, unlike the numbers of an affinity's Gt and Lt:
# https://github.com/kubernetes/api/blob/v0.36.0/core/v1/toleration.go
_DECIMAL = re.compile(r"-?[1-9][0-9]{0,18}|0", re.ASCII)


class Toleration(NamedTuple):
    """A toleration; `seconds` is its tolerationSeconds, `position` its place in the manifest.

    `position` is -1 for one that a controller or admission adds.
    """

    key: str
    operator: str
    value: str
    effect: str
    seconds: int | None = None
    position: int = -1

    def __str__(self) -> str:
        """The toleration in a short form: `dedicated=gpu:NoSchedule`, `dedicated (Exists)`."""
        effect = f":{self.effect}" if self.effect else ""
        if self.operator in ("", "Equal"):
            return f"{self.key}={self.value}{effect}" if self.value else f"{self.key}{effect}"
        value = f" {self.value}" if self.value else ""
        return f"{self.key or '*'}{effect} ({self.operator}{value})"

    @property
    def told(self) -> str:
        """The toleration with who has it: the manifest's list, a controller, admission."""
        place = f"tolerations[{self.position}]" if self.position >= 0 else "what Kubernetes adds"
        return f"{place} ({self})"


def of(workload: Workload) -> tuple[Toleration, ...]:
    """The tolerations of a workload's pods: its own, the controller's and admission's."""
    own = [_read(toleration, index) for index, toleration in enumerate(workload.tolerations)]
    if workload.kind == "DaemonSet":
        for added in _daemon(workload):
            _add_or_update(own, added)
    return (*own, *(_read(toleration, -1) for toleration in workload.added))


def compares(target: Target) -> bool:
    """Whether tolerations may compare: Gt and Lt are behind a gate, since Kubernetes 1.35."""
    return target.at_least("1.35") and target.gate(COMPARISON_GATE)


def tolerates(toleration: Toleration, taint: Taint, comparison: bool = False) -> bool:
    """Whether the toleration tolerates the taint; Gt and Lt only where `comparison` is on.

    An empty key tolerates any key, also with Equal (only validation forbids that), an empty effect
    any effect: Toleration.ToleratesTaint in kubernetes/api, core/v1/toleration.go.
    """
    if toleration.effect not in ("", taint.effect) or toleration.key not in ("", taint.key):
        return False
    if toleration.operator in ("", "Equal"):
        return toleration.value == taint.value
    if toleration.operator == "Exists":
        return True
    return comparison and _compares(toleration, taint.value)


def first_tolerating(
    tolerations: Sequence[Toleration], taint: Taint, comparison: bool = False
) -> Toleration | None:
    """The first toleration that tolerates the taint."""
    return next((one for one in tolerations if tolerates(one, taint, comparison)), None)


def _compares(toleration: Toleration, value: str) -> bool:
    wanted, found = integer(toleration.value), integer(value)
    if wanted is None or found is None:
        return False
    if toleration.operator == "Lt":
        return found < wanted
    return toleration.operator == "Gt" and found > wanted


def integer(digits: str) -> int | None:
    """The number that Gt and Lt read in a value; None for what is no decimal int64."""
    if not _DECIMAL.fullmatch(digits) or not -(2**63) <= int(digits) < 2**63:
        return None
    return int(digits)


def _read(toleration: Object, index: int) -> Toleration:
    seconds = toleration.get("tolerationSeconds")
    return Toleration(
        text(toleration.get("key")),
        text(toleration.get("operator")),
        text(toleration.get("value")),
        text(toleration.get("effect")),
        seconds if isinstance(seconds, int) else None,
        index,
    )


def _daemon(workload: Workload) -> Iterator[Toleration]:
    for key, effect in _DAEMON:
        yield Toleration(key, "Exists", "", effect)
    if workload.pod.get("hostNetwork") is True:
        key, effect = _DAEMON_HOST_NETWORK
        yield Toleration(key, "Exists", "", effect)


def _add_or_update(tolerations: list[Toleration], added: Toleration) -> None:
    """Adds one as the controller does (AddOrUpdateTolerationInPodSpec).

    It takes the place of the first with the same key, operator, value and effect, whose
    tolerationSeconds are lost.
    """
    for number, own in enumerate(tolerations):
        if own[:4] == added[:4]:
            tolerations[number] = added._replace(position=own.position)
            return
    tolerations.append(added)
