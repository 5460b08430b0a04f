"""Projected volumes: several sources in one folder, none of them at another's path.

Follows validateProjectionSources in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dslint.checks import _certificates
from dslint.checks._files import api_file, inside, key_to_path, mode
from dslint.checks._sources import sources_of, volumes
from dslint.checks._walk import absent, items, number, part, word
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_RULE = "DS199"
_LEAST_SECONDS = 600
_MOST_SECONDS = 1 << 32
_GATES = {
    "clusterTrustBundle": "ClusterTrustBundleProjection",
    "podCertificate": "PodCertificateRequest",
}

FIELDS: tuple[str, ...] = ("projected",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the projected volumes."""
    for path, volume in volumes(workload, target):
        source = part(volume, "projected")
        if source is None:
            continue
        here = (*path, "projected")
        listed = list(items(source.get("sources"), (*here, "sources")))
        if workload.kind == "Pod":
            yield from _tokens(listed, workload.pod)
        if sources_of(volume)[0] != "projected":
            continue
        yield from mode((*here, "defaultMode"), source.get("defaultMode"))
        for at, projection in listed:
            yield from _projection(at, projection, target)
        yield from _clashes(here, listed, target)


def _projection(path: Path, projection: Object, target: Target) -> Iterator[Complaint]:
    given = _kinds(projection, target)
    for kind in given:
        source = part(projection, kind)
        if source is not None:
            yield from _JUDGES[kind]((*path, kind), source, target)
    if len(given) > 1:
        yield Complaint(
            _RULE,
            path,
            f"one projection has {' and '.join(given)}",
            fix="make a projection of each",
        )


def _kinds(projection: Object, target: Target) -> list[str]:
    given = (kind for kind in _JUDGES if projection.get(kind) is not None)
    return [kind for kind in given if kind not in _GATES or enabled(target, _GATES[kind])]


def _keys(path: Path, source: Object, _target: Target) -> Iterator[Complaint]:
    if absent(source, "name"):
        yield Complaint(_RULE, (*path, "name"), f"{path[-1]} has no name", fix="give its name")
    for at, item in items(source.get("items"), (*path, "items")):
        yield from key_to_path(at, item)


def _api(path: Path, source: Object, target: Target) -> Iterator[Complaint]:
    for at, item in items(source.get("items"), (*path, "items")):
        yield from api_file(path, at, item, target)


def _token(path: Path, source: Object, target: Target) -> Iterator[Complaint]:
    seconds = number(source.get("expirationSeconds"))
    if seconds is not None and not _LEAST_SECONDS <= seconds <= _MOST_SECONDS:
        yield Complaint(
            _RULE,
            (*path, "expirationSeconds"),
            f"expirationSeconds {seconds} is not between {_LEAST_SECONDS} and 2^32",
            fix="use 600 (10 minutes) or more",
        )
    name = word(source, "path")
    # https://github.com/kubernetes/kubernetes/pull/121731
    if name and not target.at_least("1.30"):
        return
    # The server looks for the path beside `sources`.
    yield from inside((*path[:-3], "path"), name, at=(*path, "path"))


_JUDGES: dict[str, Callable[[Path, Object, Target], Iterator[Complaint]]] = {
    "secret": _keys,
    "configMap": _keys,
    "downwardAPI": _api,
    "serviceAccountToken": _token,
    "clusterTrustBundle": _certificates.trust_bundle,
    "podCertificate": _certificates.pod_certificate,
}


def _clashes(
    named: Path, listed: list[tuple[Path, Object]], target: Target
) -> Iterator[Complaint]:
    """Paths that two files of the volume have; the token's path is not compared."""
    seen: set[str] = set()
    for path, projection in listed:
        for at, place in _places(path, projection, target):
            if place in seen:
                yield Complaint(
                    _RULE,
                    named,
                    f"two files of the projected volume are at {place}",
                    at=at,
                    fix="give each file a path of its own",
                )
            seen.add(place)


def _places(path: Path, projection: Object, target: Target) -> Iterator[tuple[Path, str]]:
    for kind in _kinds(projection, target):
        source = part(projection, kind) or {}
        owners = list(items(source.get("items"), (*path, kind, "items")))
        if kind in _GATES:
            owners = [((*path, kind), source)]
        fields = _certificates.PATHS.get(kind, ("path",))
        stated = (((*at, field), owner.get(field)) for at, owner in owners for field in fields)
        for at, place in stated:
            if isinstance(place, str) and (place or kind == "clusterTrustBundle"):
                yield at, place


def _tokens(listed: list[tuple[Path, Object]], pod: Object) -> Iterator[Complaint]:
    """A Pod that takes a token has to say whose; admission, which would add it, is not asked."""
    if pod.get("serviceAccountName") or pod.get("serviceAccount"):
        return
    for path, projection in listed:
        if projection.get("serviceAccountToken") is not None:
            yield Complaint(
                _RULE,
                (*path, "serviceAccountToken"),
                "a serviceAccountToken is projected and the pod has no serviceAccountName",
                fix="set serviceAccountName",
            )
