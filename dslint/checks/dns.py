"""The pod's resolver: dnsPolicy, dnsConfig and hostAliases.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validatePodDNSConfig`, `ValidateHostAliases`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, text

_RULE = "DS199"
_POLICIES = ("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None")
# What libc's resolver takes: MaxDNSNameservers and the like.
_NAMESERVERS = 3
# How many search paths, and of how many characters together; before ExpandedDNSConfig, and since.
_OLD_SEARCHES, _SEARCHES = (6, 256), (32, 2048)

FIELDS: tuple[str, ...] = ("dnsPolicy", "dnsConfig", "hostAliases")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `dnsPolicy`, `dnsConfig` and `hostAliases`."""
    pod, path = _walk.judged(workload, target), workload.pod_path
    policy, config = pod.get("dnsPolicy"), pod.get("dnsConfig")
    if policy and isinstance(policy, str) and policy not in _POLICIES:
        yield _walk.unsupported(_RULE, (*path, "dnsPolicy"), policy, _POLICIES)
    if policy == "None" and config is None:
        what = "dnsPolicy None without dnsConfig: the pod would have no resolver"
        at = (*path, "dnsPolicy")
        yield Complaint(_RULE, (*path, "dnsConfig"), what, at=at, fix="give dnsConfig nameservers")
    if isinstance(config, dict):
        yield from _config(config, policy, (*path, "dnsConfig"), target)
    if "hostAliases" in pod:
        yield from _aliases(pod, (*path, "hostAliases"), target)


def _config(config: Object, policy: object, path: Path, target: Target) -> Iterator[Complaint]:
    nameservers = tuple(_walk.strings(config.get("nameservers")))
    if policy == "None" and not nameservers:
        what = "dnsPolicy None needs at least one DNS nameserver"
        yield _refused((*path, "nameservers"), what, "name a nameserver")
        return
    if len(nameservers) > _NAMESERVERS:
        what = f"{len(nameservers)} nameservers, at most {_NAMESERVERS} are allowed"
        yield _refused((*path, "nameservers"), what, "remove some")
    for index, address in nameservers:
        fault = _address(address, target)
        if fault:
            what = f'nameserver "{address}": {fault}'
            yield _refused((*path, "nameservers", index), what, "write an IP address")
    searches = tuple(_walk.strings(config.get("searches")))
    yield from _searches(searches, (*path, "searches"), target)
    for here, option in _walk.items(config.get("options"), (*path, "options")):
        if _walk.absent(option, "name"):
            yield _refused(here, "a DNS option has no name", "name the option")


def _searches(
    names: tuple[tuple[int, str], ...], path: Path, target: Target
) -> Iterator[Complaint]:
    most, longest = _SEARCHES if gates.enabled(target, "ExpandedDNSConfig") else _OLD_SEARCHES
    if len(names) > most:
        what = f"{len(names)} search paths, at most {most} are allowed"
        yield _refused(path, what, "remove some")
    if len(" ".join(name for _, name in names)) > longest:
        what = f"search paths of more than {longest} characters together"
        yield _refused(path, what, "remove some")
    relaxed = gates.enabled(target, "RelaxedDNSSearchValidation")
    grammar = syntax.dns_subdomain_with_underscore if relaxed else syntax.dns_subdomain
    for index, name in names:
        if relaxed and name == ".":
            continue
        fault = grammar(name.removesuffix("."))
        if fault:
            yield _refused((*path, index), f'search path "{name}": {fault}', "write a domain")


def _aliases(pod: Object, path: Path, target: Target) -> Iterator[Complaint]:
    for here, alias in _walk.items(pod.get("hostAliases"), path):
        address = text(alias.get("ip"))
        fault = _address(address, target)
        if fault:
            yield _refused(
                (*here, "ip"), f'host alias "{address}": {fault}', "write an IP address"
            )
        for index, name in _walk.strings(alias.get("hostnames")):
            fault = syntax.dns_subdomain(name)
            if fault:
                what = f'host name "{name}": {fault}'
                yield _refused((*here, "hostnames", index), what, "write a host name")


def _address(address: str, target: Target) -> str | None:
    return syntax.ip_address(address, gates.enabled(target, "StrictIPCIDRValidation"))


def _refused(path: Path, what: str, fix: str) -> Complaint:
    return Complaint(_RULE, path, what, fix=fix)
