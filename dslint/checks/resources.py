"""Requests and limits: names, quantities, and requests that stay within their limits.

Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateResourceRequirements`), and .../pkg/apis/core/helper/helpers.go for what is extended.
Quantities are rounded up to milli when they are read (SetDefaults_ResourceList).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from dslint import quantity, syntax
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.quantity import Quantity
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_STANDARD = frozenset({"cpu", "memory", "ephemeral-storage"})
_COMPUTE = frozenset({"cpu", "memory"})
_HUGE_PAGES = "hugepages-"

Quantities = Mapping[str, Quantity]

FIELDS: tuple[str, ...] = ("resources", "overhead")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the resources of containers and in the pod's overhead."""
    for path, container in _walk.containers(workload, target):
        resources = container.get("resources")
        if isinstance(resources, dict):
            yield from judge(resources, (*path, "resources"))
    overhead = _walk.judged(workload, target).get("overhead")
    if isinstance(overhead, dict):
        path = (*workload.pod_path, "overhead")
        yield from _listed(overhead, path)
        yield from together(read(overhead), {}, path)


def judge(resources: Object, path: Path) -> Iterator[Complaint]:
    """What is wrong with `limits` and `requests`, alone and together."""
    limits, requests = mapping(resources.get("limits")), mapping(resources.get("requests"))
    if not limits and not requests:
        return
    yield from _listed(limits, (*path, "limits"))
    yield from _listed(requests, (*path, "requests"))
    yield from together(read(limits), read(requests), path)


def read(listed: Object) -> Quantities:
    """The quantities of a resource list, rounded up to milli; those that are none are left out."""
    return {
        name: rounded for name, value in listed.items() if (rounded := _rounded(value)) is not None
    }


def _rounded(value: object) -> Quantity | None:
    if isinstance(value, str):
        return _read(value)
    found = quantity.parse(value)
    return None if found is None else quantity.round_up(found)


@functools.lru_cache(maxsize=4096)
def _read(value: str | float) -> Quantity | None:
    found = quantity.parse(value)
    return None if found is None else quantity.round_up(found)


@functools.lru_cache(maxsize=1024)
def name_fault(name: str) -> str | None:
    """What is wrong with the name of a container's resource."""
    fault = syntax.qualified_name(name)
    if fault:
        return fault
    if "/" not in name:
        if name in _STANDARD or name.startswith(_HUGE_PAGES):
            return None
        return "must be a standard resource for containers, or fully qualified"
    if is_native(name) or is_extended(name):
        return None
    return "doesn't follow extended resource name standard"


def is_native(name: str) -> bool:
    """Whether the resource is Kubernetes' own: without a prefix, or in *kubernetes.io/."""
    return "/" not in name or "kubernetes.io/" in name


def is_extended(name: str) -> bool:
    """Whether it is an extended resource: whole units, never overcommitted."""
    is_quota = name.startswith("requests.")
    return not is_native(name) and not is_quota and not syntax.qualified_name(f"requests.{name}")


def is_overcommitted(name: str) -> bool:
    """Whether requests below limits are allowed for that resource."""
    return is_native(name) and not name.startswith(_HUGE_PAGES)


def _listed(listed: Object, path: Path) -> Iterator[Complaint]:
    """Each entry of a resource list.

    Kubernetes judges the pod's overhead as limits, and names it so.
    """
    for name, value in listed.items():
        here: Path = (*path, name)
        field = (*path[:-1], f"overhead.limits[{name}]") if path[-1] == "overhead" else here
        fault = name_fault(name)
        if fault:
            what = f'resource "{name}": {fault}'
            fix = "write cpu, memory, ephemeral-storage, or a name like example.com/gpu"
            yield Complaint("DS199", field, what, at=here, key=True, fix=fix)
        fault = quantity_fault(name, value)
        if fault:
            what = f"{name} {_shown(value)} {fault}"
            yield Complaint("DS109", field, what, at=here, fix="write another quantity")


def quantity_fault(name: str, value: object) -> str | None:
    """What is wrong with the quantity of a resource; None too where its type is no quantity's."""
    if isinstance(value, str):
        return _fault(name, value)
    if value is None:
        return _fault(name, "0")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _fault(name, value)


@functools.lru_cache(maxsize=4096)
def _fault(name: str, value: str | float) -> str | None:
    amount = _read(value)
    if amount is None:
        return "is no quantity: write digits with a suffix such as m, Ki, Mi, k or M"
    if quantity.compare(amount, quantity.ZERO) < 0:
        return "must be greater than or equal to 0"
    if is_extended(name) and quantity.scaled(amount, quantity.MILLI) % 1000:
        return "must be an integer: extended resources come in whole units"
    if name.startswith(_HUGE_PAGES) and not _is_divisible(name, amount):
        return f"is not a positive integer multiple of {name.removeprefix(_HUGE_PAGES)}"
    return None


def _is_divisible(name: str, amount: Quantity) -> bool:
    size = quantity.parse(name.removeprefix(_HUGE_PAGES))
    if size is None or quantity.compare(size, quantity.ZERO) <= 0:
        return False
    if quantity.scaled(size, quantity.MILLI) % 1000:
        return False
    pages = quantity.scaled(size)
    # A size past int64 is 0 to the server, which then divides by it: it answers with an error.
    return pages != 0 and quantity.scaled(amount) % pages == 0


def together(limits: Quantities, requests: Quantities, path: Path) -> Iterator[Complaint]:
    """Requests against limits, and huge pages that come without cpu or memory."""
    for name, amount in requests.items():
        limit = limits.get(name)
        if limit is None:
            if not is_overcommitted(name):
                what = f"{name} is requested without a limit: it cannot be overcommitted"
                at = (*path, "requests", name)
                yield Complaint("DS111", (*path, "limits"), what, at=at, fix="set the same limit")
        elif amount != limit:
            yield from _unequal(name, amount, limit, path)
    names = {*limits, *requests}
    if not names & _COMPUTE and any(name.startswith(_HUGE_PAGES) for name in names):
        what = "huge pages require cpu or memory"
        yield Complaint("DS199", path, what, fix="request cpu or memory as well")


def _unequal(name: str, amount: Quantity, limit: Quantity, path: Path) -> Iterator[Complaint]:
    order = quantity.compare(amount, limit)
    if order == 0 or (order < 0 and is_overcommitted(name)):
        return
    shown = f"{name} request {quantity.canonical(amount)}", quantity.canonical(limit)
    place, at = (*path, "requests"), (*path, "requests", name)
    if not is_overcommitted(name):
        what = f"{shown[0]} must be equal to the limit of {shown[1]}"
        yield Complaint("DS111", place, what, at=at, fix="set both to the same quantity")
    else:
        what = f"{shown[0]} must be less than or equal to the limit of {shown[1]}"
        yield Complaint("DS110", place, what, at=at, fix="lower the request or raise the limit")


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
