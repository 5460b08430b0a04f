"""Kernel parameters of a pod: their names, and that they are the pod's own to set.

Follows validateSysctls in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dslint.checks._walk import items, judged
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS131"
_SEGMENT = "[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
_is_name = re.compile(rf"(?:{_SEGMENT}[./])*{_SEGMENT}").fullmatch
_LONGEST = 253
# https://github.com/kubernetes/component-helpers/blob/master/node/util/sysctl/namespace.go
_OF_IPC = ("kernel.shm", "kernel.msg", "fs.mqueue.")

FIELDS: tuple[str, ...] = ("securityContext",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with `securityContext.sysctls` of the pod."""
    pod = judged(workload, target)
    listed = mapping(pod.get("securityContext")).get("sysctls")
    if not listed:
        return
    # https://github.com/kubernetes/kubernetes/pull/118705
    judges = target.at_least("1.29")
    seen: set[str] = set()
    for path, sysctl in items(listed, (*workload.pod_path, "securityContext", "sysctls")):
        name = sysctl.get("name")
        if not isinstance(name, str):
            continue
        if fault := _fault(name, name in seen) or (_shared(name, pod) if judges else None):
            yield Complaint(_RULE, (*path, "name"), f'sysctl "{name}" {fault}')
        seen.add(name)


def _fault(name: str, again: bool) -> str | None:
    if len(name) > _LONGEST or not _is_name(name):
        return "is no name of a kernel parameter"
    return "is set twice" if again else None


def _shared(name: str, pod: Object) -> str | None:
    """Why the pod may not set it: it shares the node's namespace that the parameter is of."""
    plain = _with_dots(name)
    if pod.get("hostNetwork") is True and plain.startswith("net."):
        return "is the node's with hostNetwork: true"
    if pod.get("hostIPC") is True and (plain == "kernel.sem" or plain.startswith(_OF_IPC)):
        return "is the node's with hostIPC: true"
    return None


def _with_dots(name: str) -> str:
    """The name with dots between its parts: dots and slashes swap where a slash comes first.

    https://github.com/kubernetes/component-helpers/blob/master/node/util/sysctl/sysctl.go
    """
    first = re.search("[./]", name)
    if first is None or first[0] == ".":
        return name
    return name.translate(str.maketrans("./", "/."))
