"""Namespaces of the node that a pod shares: which of them go together, and with what.

Follows validateHostUsers, validateWindowsHostProcessPod and validatePodSpecSecurityContext in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._walk import containers, having, judged
from dslint.gates import enabled
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS131"

FIELDS: tuple[str, ...] = ("securityContext", "shareProcessNamespace", "hostUsers")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What does not go together of hostNetwork, hostPID, hostIPC, hostUsers and the like."""
    pod = judged(workload, target)
    if pod.get("shareProcessNamespace") is True and pod.get("hostPID") is True:
        yield Complaint(
            _RULE,
            (*workload.pod_path, "securityContext", "shareProcessNamespace"),
            "the pod has both shareProcessNamespace: true and hostPID: true",
            at=(*workload.pod_path, "shareProcessNamespace"),
            fix="keep one of the two",
        )
    if pod.get("hostUsers") is False and enabled(target, "UserNamespacesSupport"):
        yield from _own_users(workload, pod, target)
    yield from _host_process(workload, pod, target)


def _own_users(workload: Workload, pod: Object, target: Target) -> Iterator[Complaint]:
    """With hostUsers: false, the pod may share no other namespace and have no block device."""
    shared = {"hostPID": "HostPID", "hostIPC": "HostIPC"}
    if not enabled(target, "UserNamespacesHostNetworkSupport"):
        shared["hostNetwork"] = "hostNetwork"
    for field, named in shared.items():
        if pod.get(field) is True:
            yield Complaint(
                _RULE,
                (*workload.pod_path, named),
                f"the pod has hostUsers: false and {field}: true",
                at=(*workload.pod_path, field),
                fix=f"remove hostUsers or {field}",
            )
    if not target.at_least("1.34"):
        return
    for path, devices, _ in having(workload, target, "volumeDevices"):
        if devices:
            yield Complaint(
                _RULE,
                path,
                "the pod has hostUsers: false and a container with volumeDevices",
                fix="remove hostUsers or volumeDevices",
            )


def _host_process(workload: Workload, pod: Object, target: Target) -> Iterator[Complaint]:
    """Windows containers of the node's own kind: all of a pod or none, and with its network."""
    of_pod = _is_host_process(pod)
    states = []
    for path, container in containers(workload, target):
        own = _is_host_process(container)
        if own is not None and of_pod is not None and own != of_pod:
            yield Complaint(
                _RULE,
                (*path, "securityContext", "windowsOptions", "hostProcess"),
                f"hostProcess of container {container.get('name', '')} is not that of the pod",
                fix="say the same in both, or only in one",
            )
        states.append(of_pod if own is None else own)
    if not any(states):
        return
    if not all(states):
        yield Complaint(
            _RULE,
            workload.pod_path,
            "some containers of the pod are hostProcess and some are not",
            fix="make all of them hostProcess, or none",
        )
    if pod.get("hostNetwork") is not True:
        yield Complaint(
            _RULE,
            (*workload.pod_path, "hostNetwork"),
            "the pod has hostProcess containers and not hostNetwork: true",
            fix="set hostNetwork: true",
        )


def _is_host_process(owner: Object) -> bool | None:
    context = owner.get("securityContext")
    if context is None:
        return None
    stated = mapping(mapping(context).get("windowsOptions")).get("hostProcess")
    return stated if isinstance(stated, bool) else None
