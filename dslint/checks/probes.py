"""Liveness, readiness and startup probes.

Follows validateProbe and what calls it in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._handlers import handler_faults
from dslint.checks._walk import containers, is_sidecar, number, part
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_RULE = "DS123"
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_NUMBERS = (
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
)

FIELDS: tuple[str, ...] = ("livenessProbe", "readinessProbe", "startupProbe")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the probes."""
    for path, container in containers(workload, target):
        for kind in _PROBES:
            probe = container.get(kind)
            if probe is None:
                continue
            if path[-2] == "containers" or is_sidecar(
                path, container, enabled(target, "SidecarContainers")
            ):
                yield from _probe((*path, kind), part(container, kind))
            else:
                yield Complaint(
                    _RULE,
                    (*path, kind),
                    f"init container {container.get('name', '')} has a {kind}",
                    key=True,
                    why="an init container runs to its end; only one that keeps running is probed",
                    fix=f"remove {kind}, or set restartPolicy: Always",
                )


def _probe(path: Path, probe: Object | None) -> Iterator[Complaint]:
    if probe is None:
        return
    yield from handler_faults(_RULE, path, probe, _HANDLERS)
    for field in _NUMBERS:
        value = number(probe[field]) if field in probe else None
        if value is not None and value < 0:
            yield Complaint(
                _RULE, (*path, field), f"{field} is {value}", fix="use 0 or a positive number"
            )
    yield from _threshold(path, number(probe.get("successThreshold")))
    yield from _grace(path, number(probe.get("terminationGracePeriodSeconds")))


def _threshold(path: Path, successes: int | None) -> Iterator[Complaint]:
    """One success has to do for a container to be alive or started; 0 is read as 1."""
    if path[-1] != "readinessProbe" and successes is not None and successes > 1:
        yield Complaint(
            _RULE,
            (*path, "successThreshold"),
            f"successThreshold of {path[-1]} is {successes}",
            fix="write 1, or leave it out",
        )


def _grace(path: Path, seconds: int | None) -> Iterator[Complaint]:
    if seconds is None:
        return
    at = (*path, "terminationGracePeriodSeconds")
    if path[-1] == "readinessProbe":
        yield Complaint(
            _RULE,
            at,
            "readinessProbe has terminationGracePeriodSeconds",
            why="a readiness probe never ends a container",
            fix="remove it",
        )
    elif seconds <= 0:
        yield Complaint(
            _RULE,
            at,
            f"terminationGracePeriodSeconds of {path[-1]} is {seconds}",
            fix="use a positive number",
        )
