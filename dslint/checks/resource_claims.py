"""Resource claims: those of the pod, and the containers' references to them.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validatePodResourceClaim`, `validateResourceClaimNames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, syntax
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, text

_RULE = "DS199"
_MIRROR = "kubernetes.io/config.mirror"
_SOURCES = ("resourceClaimName", "resourceClaimTemplateName")

FIELDS: tuple[str, ...] = ("resourceClaims", "resources")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `resourceClaims` and in containers' `resources.claims`."""
    if not gates.enabled(target, "DynamicResourceAllocation"):
        return
    pod = _walk.judged(workload, target)
    path = (*workload.pod_path, "resourceClaims")
    claims = tuple(_walk.items(pod.get("resourceClaims"), path)) if pod else ()
    if claims and workload.kind == "Pod" and _MIRROR in _annotations(workload):
        # The server names no field.
        what = "a static pod cannot have resourceClaims"
        yield Complaint(_RULE, (), what, at=path, key=True, fix="remove resourceClaims")
    elif claims:
        yield from _claims(claims)
    names = {text(claim.get("name")) for _, claim in claims} - {""}
    for here, container in _walk.containers(workload, target):
        used = mapping(container.get("resources")).get("claims")
        if used:
            yield from _references(used, (*here, "resources", "claims"), names)


def _annotations(workload: Workload) -> Object:
    return mapping(mapping(workload.manifest.get("metadata")).get("annotations"))


def _claims(claims: tuple[tuple[Path, Object], ...]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for path, claim in claims:
        name = text(claim.get("name"))
        fault = syntax.dns_label(name) if name else "the claim has no name"
        if name in seen:
            fault = "two claims of the pod have this name"
        if fault:
            what = f'resource claim "{name}": {fault}'
            at = (*path, "name") if name else path
            yield Complaint(_RULE, (*path, "name"), what, at=at, fix="give it a name of its own")
        seen.add(name)
        given = [field for field in _SOURCES if claim.get(field) is not None]
        if len(given) != 1:
            what = f"resource claim {name} has {len(given)} of {' and '.join(_SOURCES)}, not one"
            yield Complaint(_RULE, path, what, fix="set one of the two")
        for field in given:
            value = claim[field]
            fault = syntax.dns_subdomain(value) if isinstance(value, str) else None
            if fault:
                yield Complaint(_RULE, (*path, field), f'{field} "{value}": {fault}')


def _references(used: object, path: Path, names: set[str]) -> Iterator[Complaint]:
    seen: set[tuple[str, str]] = set()
    for here, claim in _walk.items(used, path):
        name, request = text(claim.get("name")), text(claim.get("request"))
        if not name:
            yield Complaint(_RULE, here, "a claim of a container has no name", fix="name a claim")
            continue
        is_taken = (name, "") in seen or (name, request) in seen
        if is_taken or (not request and any(one == name for one, _ in seen)):
            what = f"claim {'/'.join(filter(None, (name, request)))} is referenced twice"
            yield Complaint(_RULE, here, what, fix="remove one of the two")
        fault = syntax.dns_label(request) if request else None
        if fault and (name, "") not in seen:
            yield Complaint(_RULE, (*here, "request"), f'request "{request}": {fault}')
        seen.add((name, request))
        if name not in names:
            listed = _walk.quoted(names) or "none"
            what = f'claim "{name}" is none of the pod\'s resourceClaims ({listed})'
            yield Complaint(_RULE, here, what, fix="name one of the pod's resourceClaims")
