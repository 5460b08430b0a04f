"""The object's own name, namespace, owners and finalizers.

Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dslint import labels, syntax
from dslint.checks._annotations import overweight
from dslint.checks._object_name import object_name
from dslint.checks._walk import items, strings
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, text

Grammar = Callable[[str], str | None]

_NAME: Path = ("metadata", "name")
_PREFIX: Path = ("metadata", "generateName")
_CRON_JOB_NAME = 52  # the controller adds eleven characters: batch/validation/validation.go
_ORPHAN, _FOREGROUND = "orphan", "foregroundDeletion"
# Finalizers from before they had a domain: pkg/apis/core/helper/helpers.go, standardFinalizers.
_UNQUALIFIED = frozenset({"kubernetes", _ORPHAN, _FOREGROUND})

FIELDS: tuple[str, ...] = ()


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `metadata`, and in the labels of the pod template."""
    metadata = mapping(workload.manifest.get("metadata"))
    yield from _name(workload, metadata, target)
    namespace = text(metadata.get("namespace"))
    fault = syntax.dns_label(namespace) if namespace else None
    if fault:
        path = ("metadata", "namespace")
        yield Complaint("DS106", path, f'namespace "{namespace}": {fault}', fix=_FIX)
    yield from labels.faults(metadata.get("labels"), ("metadata", "labels"))
    yield from _annotations(metadata.get("annotations"), ("metadata", "annotations"))
    if "ownerReferences" in metadata:
        yield from _owners(metadata["ownerReferences"], target)
    if "finalizers" in metadata:
        yield from _finalizers(tuple(strings(metadata["finalizers"])))
    if len(workload.pod_path) > 1:
        yield from _template(workload)


def _name(workload: Workload, metadata: Object, target: Target) -> Iterator[Complaint]:
    """The name, or the one that the server would generate."""
    name, prefix = metadata.get("name") or "", metadata.get("generateName") or ""
    if not isinstance(name, str) or not isinstance(prefix, str):
        return
    if not name and not prefix:
        what = "metadata has neither name nor generateName"
        yield Complaint("DS106", _NAME, what, at=("metadata",), fix="name the object")
        return
    grammar = _grammar(workload.kind, target)
    judge = _path_segment if _judges_whole_name(workload.kind, target) else grammar
    fault = judge(syntax.masked_prefix(prefix)) if prefix else None
    if fault and (name or judge is grammar):
        what = f'generateName "{prefix}": {fault}'
        yield Complaint("DS106", _PREFIX, what, fix=_FIX)
    if name or not fault or judge is not grammar:
        yield from _whole(workload, object_name(workload), grammar, _NAME if name else _PREFIX)


def _judges_whole_name(kind: str, target: Target) -> bool:
    """Whether generateName is judged by the name that is made of it alone, not by itself.

    So in a ReplicationController since 1.35 (`ValidateObjectMetaWithOpts`):
    https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
    """
    return kind == "ReplicationController" and target.at_least("1.35")


def _path_segment(text: str) -> str | None:
    """What no object's generateName may have in it (`IsValidPathSegmentPrefix`)."""
    return "may not contain '/' or '%'" if "/" in text or "%" in text else None


def _whole(workload: Workload, name: str, grammar: Grammar, at: Path) -> Iterator[Complaint]:
    fault = grammar(name)
    if fault:
        yield Complaint("DS106", _NAME, f'name "{name}": {fault}', at=at, fix=_FIX)
    else:
        yield from _length(workload, name)


_FIX = "write a name that Kubernetes accepts: lower case, digits, '-'"


def _grammar(kind: str, target: Target) -> Grammar:
    """Which names a kind takes.

    StatefulSets give their name to their pods as hostname, so since 1.27 it is a label:
    https://github.com/kubernetes/kubernetes/pull/114172
    """
    is_label = kind == "StatefulSet" and target.at_least("1.27")
    return syntax.dns_label if is_label else syntax.dns_subdomain


def _length(workload: Workload, name: str) -> Iterator[Complaint]:
    """Names that are too long for what the controller makes of them."""
    if workload.kind == "CronJob" and len(name) > _CRON_JOB_NAME:
        what = f"name has {len(name)} characters, a CronJob's may have {_CRON_JOB_NAME}"
        yield Complaint("DS106", _NAME, what, fix="shorten the name")
    spec = mapping(workload.manifest.get("spec"))
    if workload.kind == "Job" and len(name) > 63 and not spec.get("manualSelector"):
        what = f"name has {len(name)} characters, and becomes the pods' label job-name: at most 63"
        path = ("spec", "template", "labels")
        yield Complaint("DS106", path, what, at=_NAME, fix="shorten the name")


def _annotations(annotations: object, path: Path, at: Path | None = None) -> Iterator[Complaint]:
    if not isinstance(annotations, dict):
        return
    at = at or path
    for key in annotations:
        fault = syntax.annotation_key(key) if isinstance(key, str) else None
        if fault:
            what = f'annotation key "{key}": {fault}'
            yield Complaint("DS108", path, what, at=(*at, key), key=True, fix="write a valid key")
    fault = overweight(annotations)
    if fault:
        what = f"annotations {fault}"
        yield Complaint("DS108", path, what, at=at, fix="keep large data in a ConfigMap")


def _template(workload: Workload) -> Iterator[Complaint]:
    """The template's labels and annotations, which the server names without `metadata`."""
    root, metadata = workload.pod_path[:-1], workload.pod_metadata
    here = (*root, "metadata", "labels")
    yield from labels.faults(metadata.get("labels"), here, field=(*root, "labels"))
    annotations = metadata.get("annotations")
    yield from _annotations(
        annotations, (*root, "annotations"), (*root, "metadata", "annotations")
    )


def _owners(owners: object, target: Target) -> Iterator[Complaint]:
    """What is wrong with the owner references, of which the server drops what is there twice.

    Until 1.36 the server does not say which of them is wrong (`ValidateOwnerReferences`).
    Repetitions are dropped before anything is judged, and so do not count in an index:
    `dedupOwnerReferences` of
    https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go
    """
    path: Path = ("metadata", "ownerReferences")
    kept: set[str] = set()
    controllers = 0
    for at, owner in items(owners, path):
        given = {part: value for part, value in owner.items() if value not in (None, "")}
        reference = repr(sorted(given.items()))
        if reference in kept:
            continue
        named = (*path, len(kept)) if target.at_least("1.37") else path
        yield from _owner(owner, named, at)
        kept.add(reference)
        controllers += owner.get("controller") is True
    if controllers > 1:
        what = "two owner references have controller set to true"
        yield _refused(path, what, "leave one controller")


def _owner(owner: Object, path: Path, at: Path) -> Iterator[Complaint]:
    version = owner.get("apiVersion") or ""
    if isinstance(version, str) and (version.count("/") > 1 or version[-1:] == "/"):
        what = f'apiVersion "{version}" is not <group>/<version> or <version>'
        fix = "write it as `apps/v1`"
        yield _refused((*path, "apiVersion"), what, fix, (*at, "apiVersion"))
    for part in ("apiVersion", "kind", "name", "uid"):
        if owner.get(part) == "":
            what = f"owner reference with an empty {part}"
            yield _refused((*path, part), what, f"set {part}", (*at, part))
    if version in ("v1", "/v1") and owner.get("kind") == "Event":
        yield _refused(path, "an Event cannot own objects", "name another owner", at)


def _finalizers(finalizers: tuple[tuple[int, str], ...]) -> Iterator[Complaint]:
    path: Path = ("metadata", "finalizers")
    names = {name for _, name in finalizers}
    for index, name in finalizers:
        fault = syntax.qualified_name(name)
        if fault:
            what = f'finalizer "{name}": {fault}'
            yield Complaint("DS199", path, what, at=(*path, index), fix="write a qualified name")
        elif "/" not in name and name not in _UNQUALIFIED:
            what = f'finalizer "{name}" has no domain'
            yield _refused((*path, index), what, f"write it as example.com/{name}")
    if _ORPHAN in names and _FOREGROUND in names:
        what = f"finalizers {_ORPHAN} and {_FOREGROUND} cannot be both set"
        yield _refused(path, what, "leave one of the two")


def _refused(path: Path, what: str, fix: str, at: Path | None = None) -> Complaint:
    return Complaint("DS199", path, what, at=at, fix=fix)
