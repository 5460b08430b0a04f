"""Lifecycle hooks of containers, and the signal that stops them.

Follows validateLifecycle, validateSleepAction and validateStopSignal in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._handlers import handler_faults
from dslint.checks._walk import having, is_sidecar, number, part, unsupported
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS199"
_OTHERS = ("exec", "httpGet", "tcpSocket")
_DEFAULT_GRACE = 30
_SIGNALS = {
    "windows": frozenset({"SIGKILL", "SIGTERM"}),
    "linux": frozenset(
        f"SIG{name}"
        for name in (
            "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV"
            " STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN"
            " RTMAX"
        ).split()
        + [f"RTMIN+{count}" for count in range(1, 16)]
        + [f"RTMAX-{count}" for count in range(1, 15)]
    ),
}

FIELDS: tuple[str, ...] = ("lifecycle",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the containers' lifecycle."""
    for path, _, container in having(workload, target, "lifecycle"):
        lifecycle = _kept(part(container, "lifecycle"), target)
        sidecar = is_sidecar(path[:-1], container, enabled(target, "SidecarContainers"))
        if lifecycle is None:
            continue
        if path[-3] != "containers" and not sidecar:
            yield Complaint(
                _RULE,
                path,
                f"init container {container.get('name', '')} has a lifecycle",
                key=True,
                fix="remove lifecycle, or set restartPolicy: Always",
            )
        else:
            yield from _hooks(path, lifecycle, workload.pod, target)
            yield from _stop_signal(path, lifecycle, workload.pod, target)


def _kept(lifecycle: Object | None, target: Target) -> Object | None:
    """What the server keeps where it has no sleep, or no stopSignal; None where that is nothing.

    Follows dropPodLifecycleSleepAction and dropContainerStopSignals in
    https://github.com/kubernetes/kubernetes/blob/master/pkg/api/pod/util.go
    """
    if lifecycle is None:
        return None
    kept = {key: value for key, value in lifecycle.items() if value is not None}
    if "stopSignal" in kept and not enabled(target, "ContainerStopSignals"):
        del kept["stopSignal"]
        if not kept:
            return None
    if enabled(target, "PodLifecycleSleepAction") or not target.at_least("1.29"):
        return kept
    return {key: value for key, value in kept.items() if not _only_sleeps(value)} or None


def _only_sleeps(hook: object) -> bool:
    given = [kind for kind, value in mapping(hook).items() if value is not None]
    return given == ["sleep"]


def _hooks(path: Path, lifecycle: Object, pod: Object, target: Target) -> Iterator[Complaint]:
    sleeps = enabled(target, "PodLifecycleSleepAction")
    known = (*_OTHERS, "sleep") if sleeps else _OTHERS
    for name in ("postStart", "preStop"):
        hook = part(lifecycle, name)
        if hook is None:
            continue
        yield from handler_faults(_RULE, (*path, name), hook, known)
        if sleeps and all(hook.get(kind) is None for kind in _OTHERS):
            yield from _sleep((*path, name, "sleep"), hook, pod, target)


def _sleep(path: Path, hook: Object, pod: Object, target: Target) -> Iterator[Complaint]:
    sleep = part(hook, "sleep")
    if sleep is None:
        return
    stated = pod.get("terminationGracePeriodSeconds")
    grace = _DEFAULT_GRACE if stated is None else number(stated)
    seconds = number(sleep.get("seconds", 0))
    if seconds is None or grace is None:
        return
    least = 0 if enabled(target, "PodLifecycleSleepActionAllowZero") else 1
    if not least <= seconds <= grace:
        yield Complaint(
            _RULE,
            path,
            f"sleep of {seconds} s is not between {least} and the pod's grace period, {grace} s",
            at=(*path, "seconds"),
            fix="sleep shorter, or raise terminationGracePeriodSeconds",
        )


def _stop_signal(
    path: Path, lifecycle: Object, pod: Object, target: Target
) -> Iterator[Complaint]:
    signal = lifecycle.get("stopSignal")
    if not isinstance(signal, str) or not enabled(target, "ContainerStopSignals"):
        return
    at = (*path, "stopSignal")
    if pod.get("os") is None:
        yield Complaint(
            _RULE,
            at,
            f"stopSignal is {signal} and the pod does not say its os",
            fix="set spec.os.name",
        )
        return
    known = _SIGNALS.get(str(mapping(pod.get("os")).get("name")))
    if known is not None and signal not in known:
        yield unsupported(_RULE, at, signal, known)
