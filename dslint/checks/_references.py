"""References to a field of the pod or to a container's resource, in env and in volumes alike.

Follows validateObjectFieldSelector and validateContainerResourceFieldSelector in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dslint import quantity, syntax
from dslint.checks._walk import absent, quoted
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object

ENV_FIELDS = frozenset(
    "metadata.name metadata.namespace metadata.uid spec.nodeName spec.serviceAccountName"
    " status.hostIP status.hostIPs status.podIP status.podIPs".split()
)
"""The fields that an environment variable may have."""

VOLUME_FIELDS = frozenset(
    "metadata.name metadata.namespace metadata.labels metadata.annotations metadata.uid".split()
)
"""The fields that a file of a downwardAPI volume may have."""

_KEYED = ("metadata.annotations['", "metadata.labels['")
# Old clients wrote spec.host: pkg/apis/core/pods/helpers.go.
_ALIASES = {"spec.host": "spec.nodeName"}

_RESOURCES = frozenset(
    f"{side}.{name}"
    for side in ("limits", "requests")
    for name in ("cpu", "memory", "ephemeral-storage")
)
_HUGE_PAGES = ("limits.hugepages-", "requests.hugepages-")
_CPU_DIVISORS = frozenset({"1m", "1"})
_BYTE_DIVISORS = frozenset("1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei".split())


def field_faults(
    rule: str, path: Path, reference: Object, known: frozenset[str], target: Target
) -> Iterator[Complaint]:
    """What is wrong with the fieldRef at `path`, which may name the fields that are `known`."""
    version, field = reference.get("apiVersion"), reference.get("fieldPath")
    if field is None or field == "":
        yield Complaint(rule, (*path, "fieldPath"), "fieldRef has an empty fieldPath")
        return
    if not isinstance(field, str):
        return
    if version and version != "v1":
        yield Complaint(
            rule,
            (*path, "fieldPath"),
            f'fieldRef has apiVersion "{version}"',
            at=(*path, "apiVersion"),
            fix="remove apiVersion, or write v1",
        )
        return
    fault = _field_fault(field, known)
    if field == "status.hostIPs" and not target.at_least("1.29"):
        fault = f"Kubernetes {target.kubernetes} has no status.hostIPs here"
    if fault:
        at, by_key = (*path, "fieldPath"), field.startswith(_KEYED) and field.endswith("']")
        yield Complaint(rule, path if by_key else at, fault, at=at)


@functools.lru_cache(maxsize=1024)
def _field_fault(field: str, known: frozenset[str]) -> str | None:
    """What is wrong with `metadata.labels['key']` or `status.podIP`."""
    head, bracket, key = field.removesuffix("']").partition("['")
    if not field.endswith("']") or not bracket or not head:
        if _ALIASES.get(field, field) in known:
            return None
        return f'fieldPath "{field}" is none of {quoted(known)}'
    if head == "metadata.annotations":
        fault = syntax.annotation_key(key)
    elif head == "metadata.labels":
        fault = syntax.label_key(key)
    else:
        return f"fieldPath {head} takes no key in brackets"
    return f'fieldPath {head}, key "{key}": {fault}' if fault else None


def resource_faults(
    rule: str, path: Path, reference: Object, in_volume: bool
) -> Iterator[Complaint]:
    """What is wrong with the resourceFieldRef at `path`; a volume's must name its container."""
    resource = reference.get("resource")
    if in_volume and absent(reference, "containerName"):
        yield Complaint(
            rule,
            (*path, "containerName"),
            "resourceFieldRef names no container",
            fix="say with containerName whose resource it is",
        )
    elif resource is None or resource == "":
        yield Complaint(rule, (*path, "resource"), "resourceFieldRef names no resource")
    elif isinstance(resource, str) and not _is_resource(resource):
        yield Complaint(
            rule,
            (*path, "resource"),
            f'resource "{resource}" is none of {quoted(_RESOURCES)}',
            fix=f"use one of {quoted(_RESOURCES)}",
        )
    if isinstance(resource, str):
        yield from _divisor(rule, (*path, "divisor"), resource, reference.get("divisor"))


def _is_resource(name: str) -> bool:
    return name in _RESOURCES or name.startswith(_HUGE_PAGES)


def _divisor(rule: str, path: Path, resource: str, divisor: object) -> Iterator[Complaint]:
    read = quantity.parse(divisor)
    if read is None or not _is_resource(resource) or quantity.compare(read, quantity.ZERO) == 0:
        return
    known = _CPU_DIVISORS if resource in ("limits.cpu", "requests.cpu") else _BYTE_DIVISORS
    if quantity.printed(divisor) not in known:
        yield Complaint(
            rule,
            path,
            f'divisor "{divisor}" does not go with {resource}',
            fix=f"use one of {quoted(known)}",
        )
