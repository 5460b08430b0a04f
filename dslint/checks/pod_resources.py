"""Resources of the pod as a whole, which hold those of its containers.

Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validatePodResources`, `validatePodResourceConsistency`), the defaults of a Pod in
.../pkg/apis/core/v1/defaults.go (`defaultPodRequests`, `defaultHugePagePodLimits`), and
https://github.com/kubernetes/component-helpers/blob/master/resource/helpers.go for the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dslint import gates, quantity, syntax
from dslint.checks import _walk
from dslint.checks.resources import (
    Quantities,
    is_overcommitted,
    quantity_fault,
    read,
    together,
)
from dslint.model import Complaint, Path
from dslint.quantity import Quantity
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_HUGE_PAGES = "hugepages-"

FIELDS: tuple[str, ...] = ("resources",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the pod spec's own `resources`."""
    pod = _walk.judged(workload, target)
    resources = pod.get("resources")
    if not isinstance(resources, dict) or not gates.enabled(target, "PodLevelResources"):
        return
    path = (*workload.pod_path, "resources")
    if mapping(pod.get("os")).get("name") == "windows":
        yield Complaint("DS130", path, "resources may not be set for a windows pod", key=True)
        return
    if resources.get("claims") is not None:
        what = "claims may not be set for resources at pod-level"
        yield Complaint("DS199", (*path, "claims"), what, key=True, fix="move them to a container")
    for field in ("limits", "requests"):
        yield from _listed(mapping(resources.get(field)), (*path, field))
    yield from _consistent(workload, pod, resources, path)


def _listed(listed: Object, path: Path) -> Iterator[Complaint]:
    for name, value in listed.items():
        fault = syntax.qualified_name(name)
        if not fault and not _is_supported(name):
            fault = "only cpu, memory and hugepages-* can be set for a pod"
        if fault:
            what = f'resource "{name}": {fault}'
            yield Complaint("DS199", (*path, name), what, key=True, fix="set it for a container")
        fault = quantity_fault(name, value)
        if fault:
            what = f"{name} {value} {fault}"
            yield Complaint("DS109", (*path, name), what, fix="write another quantity")


def _is_supported(name: str) -> bool:
    return name in {"cpu", "memory"} or name.startswith(_HUGE_PAGES)


def _consistent(
    workload: Workload, pod: Object, resources: Object, path: Path
) -> Iterator[Complaint]:
    is_pod = workload.kind == "Pod"
    needed, bounded = _sum(pod, "requests", is_pod), _sum(pod, "limits", is_pod)
    limits = dict(read(mapping(resources.get("limits"))))
    requests = dict(read(mapping(resources.get("requests"))))
    if is_pod and (limits or requests):
        _default(limits, requests, pod)
    yield from together(limits, requests, path)
    yield from _over(requests, needed, (*path, "requests"), "request")
    huge = {name: amount for name, amount in bounded.items() if name.startswith(_HUGE_PAGES)}
    yield from _over(limits, huge, (*path, "limits"), "limit")
    yield from _single(pod, limits, path)


def _default(limits: dict[str, Quantity], requests: dict[str, Quantity], pod: Object) -> None:
    """What a Pod's own limits and requests get: the containers' sums, then the limits.

    The sums are of quantities as they are written: they are rounded up only after that.
    """
    for name, amount in _sum(pod, "limits", defaulted=True, reader=_written).items():
        if name.startswith(_HUGE_PAGES) and name not in requests:
            limits.setdefault(name, quantity.round_up(amount))
    if not limits:
        return
    for name, amount in _sum(pod, "requests", defaulted=True, reader=_written).items():
        if _is_supported(name) and is_overcommitted(name):
            requests.setdefault(name, quantity.round_up(amount))
    for name, amount in limits.items():
        if _is_supported(name):
            requests.setdefault(name, amount)


def _written(listed: Object) -> Quantities:
    """The quantities of a resource list as they are written; those that are none are left out."""
    parsed = ((name, quantity.parse(value)) for name, value in listed.items())
    return {name: amount for name, amount in parsed if amount is not None}


def _sum(
    pod: Object, field: str, defaulted: bool, reader: Callable[[Object], Quantities] = read
) -> Quantities:
    """What the containers need together: the running ones, or an init container if more."""
    total: dict[str, Quantity] = {}
    for _, container in _walk.items(pod.get("containers"), ()):
        total = _add(total, _of(container, field, defaulted, reader))
    sidecars: dict[str, Quantity] = {}
    peak: dict[str, Quantity] = {}
    for _, container in _walk.items(pod.get("initContainers"), ()):
        own = _of(container, field, defaulted, reader)
        if container.get("restartPolicy") == "Always":
            total, sidecars = _add(total, own), _add(sidecars, own)
            peak = _most(peak, sidecars)
        else:
            peak = _most(peak, _add(sidecars, own))
    return _most(total, peak)


def _of(
    container: Object, field: str, defaulted: bool, reader: Callable[[Object], Quantities]
) -> Quantities:
    """A container's requests or limits; in a Pod its limits stand in for missing requests."""
    resources = mapping(container.get("resources"))
    own = reader(mapping(resources.get(field)))
    if field == "limits" or not defaulted:
        return own
    return {**reader(mapping(resources.get("limits"))), **own}


def _add(one: Quantities, other: Quantities) -> dict[str, Quantity]:
    total = dict(one)
    for name, amount in other.items():
        total[name] = quantity.add(total[name], amount) if name in total else amount
    return total


def _most(one: Quantities, other: Quantities) -> dict[str, Quantity]:
    most = dict(one)
    for name, amount in other.items():
        if name not in most or quantity.compare(amount, most[name]) > 0:
            most[name] = amount
    return most


def _over(
    given: Mapping[str, Quantity], sums: Quantities, path: Path, word: str
) -> Iterator[Complaint]:
    for name, amount in sums.items():
        own = given.get(name)
        if own is not None and quantity.compare(amount, own) > 0:
            shown = quantity.canonical(own), quantity.canonical(amount)
            what = f"{name} {word} {shown[0]} is less than the containers' {shown[1]} together"
            yield Complaint("DS110", (*path, name), what, fix=f"raise the pod's {word}")


def _single(pod: Object, limits: Quantities, path: Path) -> Iterator[Complaint]:
    """Limits of one container over the pod's, at the odd field that the server names."""
    for index, (_, container) in enumerate(_walk.items(pod.get("containers"), ())):
        for name, amount in read(
            mapping(mapping(container.get("resources")).get("limits"))
        ).items():
            own = limits.get(name)
            if own is not None and quantity.compare(amount, own) > 0:
                shown = quantity.canonical(amount), quantity.canonical(own)
                what = f"{name} limit {shown[0]} of a container is over the pod's {shown[1]}"
                field = (*path, f"containers[{index}][{name}]", "limits")
                at = (*path[:-1], "containers", index, "resources", "limits", name)
                yield Complaint("DS110", field, what, at=at, fix="lower it, or raise the pod's")
