"""What a pod requests of a node: containers, init containers, sidecars, overhead, pod level.

Defaults first, as the API server sets them on a Pod (a limit without a request is the request,
each quantity rounds up to milli), then the sum as the scheduler counts it. Follows
kubernetes/component-helpers, resource/helpers.go (PodRequests), and SetDefaults_Pod in
https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/v1/defaults.go
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dslint import quantity
from dslint.quantity import Quantity
from dslint.target import Target
from dslint.workloads import Object, mapping, mappings

Amounts = dict[str, Quantity]

_HUGE_PAGES = "hugepages-"


def pod_requests(
    pod: Object, target: Target, counts: Callable[[str], bool] = lambda _: True
) -> Amounts:
    """The requests of a pod, by resource.

    `counts` says of the containers' resources which ones count; a quantity that cannot be read
    counts as absent.
    """
    sidecars = target.gate("SidecarContainers", target.at_least("1.29"))
    requests = _sum(pod, lambda container: _kept(_requests(container), counts), sidecars)
    if target.gate("PodLevelResources", target.at_least("1.34")):
        # Read with every resource: only what the containers themselves ask for can be dropped.
        requests |= _pod_level(pod, _sum(pod, _requests, sidecars), sidecars)
    _add(requests, _amounts(pod.get("overhead")))
    return requests


def _kept(amounts: Amounts, counts: Callable[[str], bool]) -> Amounts:
    return {name: amount for name, amount in amounts.items() if counts(name)}


def _requests(container: Object) -> Amounts:
    return _limits(container) | _amounts(mapping(container.get("resources")).get("requests"))


def _limits(container: Object) -> Amounts:
    return _amounts(mapping(container.get("resources")).get("limits"))


def _amounts(stated: object) -> Amounts:
    """A resource list, each quantity rounded up to milli: SetDefaults_ResourceList."""
    read = ((name, quantity.parse(value)) for name, value in mapping(stated).items())
    return {
        name: quantity.round_up(amount)
        for name, amount in read
        if amount is not None and isinstance(name, str)
    }


def _sum(pod: Object, amounts: Callable[[Object], Amounts], sidecars: bool) -> Amounts:
    """What runs together at most.

    The containers with all sidecars, or one init container with the sidecars before it (KEP-753).
    """
    total: Amounts = {}
    for container in mappings(pod.get("containers")):
        _add(total, amounts(container))
    beside: Amounts = {}
    peak: Amounts = {}
    for container in mappings(pod.get("initContainers")):
        asked = amounts(container)
        if sidecars and container.get("restartPolicy") == "Always":
            _add(total, asked)
            _add(beside, asked)
            _raise(peak, beside)
        else:
            _add(asked, beside)
            _raise(peak, asked)
    _raise(total, peak)
    return total


def _add(total: Amounts, amounts: Mapping[str, Quantity]) -> None:
    for name, amount in amounts.items():
        total[name] = quantity.add(total[name], amount) if name in total else amount


def _raise(total: Amounts, amounts: Mapping[str, Quantity]) -> None:
    for name, amount in amounts.items():
        if name not in total or quantity.compare(amount, total[name]) > 0:
            total[name] = amount


def _pod_level(pod: Object, summed: Amounts, sidecars: bool) -> Amounts:
    """The requests at pod level, with the defaults that limits at pod level bring.

    First the containers' sums (not of huge pages), then the limits: defaultHugePagePodLimits and
    defaultPodRequests.
    """
    stated = mapping(pod.get("resources"))
    requests, limits = _amounts(stated.get("requests")), _amounts(stated.get("limits"))
    if limits:
        huge = _sum(pod, _limits, sidecars)
        limits = {name: huge[name] for name in huge if name.startswith(_HUGE_PAGES)} | limits
        plain = {name: summed[name] for name in summed if not name.startswith(_HUGE_PAGES)}
        requests = _supported(limits) | _supported(plain) | requests
    return _supported(requests)


def _supported(amounts: Amounts) -> Amounts:
    """The resources that may be set at pod level."""
    return {
        name: amount
        for name, amount in amounts.items()
        if name in ("cpu", "memory") or name.startswith(_HUGE_PAGES)
    }
