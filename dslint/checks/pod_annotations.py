"""Annotations that Kubernetes itself reads: mirror pods, deletion cost, and leftovers of old APIs.

Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`ValidatePodSpecificAnnotations`), .../pkg/apis/core/helper/helpers.go for the deletion cost, and
.../pkg/apis/apps/v1/conversion.go for the fields that apps/v1 keeps in annotations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dslint import gates
from dslint.checks import tolerations
from dslint.checks._decimals import integer
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_MIRROR = "kubernetes.io/config.mirror"
_COST = "controller.kubernetes.io/pod-deletion-cost"
_TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations"
_GENERATION = "deprecated.daemonset.template.generation"
_ROLLBACK = "deprecated.deployment.rollback.to"
_FIELDS = {"key": str, "operator": str, "value": str, "effect": str, "tolerationSeconds": int}
_INT64 = 1 << 63
_SPELLED = {field.lower(): field for field in _FIELDS}

_is_cost = re.compile(r"0|-[0-9]+|[1-9][0-9]*", re.ASCII).fullmatch

FIELDS: tuple[str, ...] = ("annotations",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in annotations of the object and of its pod template."""
    own = mapping(mapping(workload.manifest.get("metadata")).get("annotations"))
    if workload.kind == "DaemonSet" and _GENERATION in own:
        yield from _number(_GENERATION, own[_GENERATION])
    elif workload.kind == "Deployment" and own.get(_ROLLBACK):
        yield from _rollback(own[_ROLLBACK])
    annotations = own
    at: Path = ("metadata", "annotations")
    root: Path = workload.pod_path[:-1]
    if root:
        annotations = mapping(workload.pod_metadata.get("annotations"))
        at = (*root, "metadata", "annotations")
    if annotations:
        named: Path = (*root, "annotations") if root else at
        yield from _specific(annotations, named, at, workload, target)


def _specific(
    annotations: Object, named: Path, at: Path, workload: Workload, target: Target
) -> Iterator[Complaint]:
    """The annotations that a pod's controllers and the kubelet read."""
    if _MIRROR in annotations and not workload.pod.get("nodeName"):
        what = "a mirror pod's annotation without nodeName"
        place = (*at, _MIRROR)
        yield Complaint("DS199", (*named, _MIRROR), what, at=place, fix="remove the annotation")
    cost = "" if annotations.get(_COST, "0") is None else annotations.get(_COST)
    if isinstance(cost, str) and not _fits(cost) and gates.enabled(target, "PodDeletionCost"):
        what = f'pod-deletion-cost "{cost}" must be a 32bit integer'
        yield Complaint("DS199", (*named, _COST), what, at=(*at, _COST), fix="write an integer")
    listed = annotations.get(_TOLERATIONS)
    if listed and isinstance(listed, str):
        yield from _tolerations(listed, named, (*at, _TOLERATIONS), target)


def _fits(cost: str) -> bool:
    number = integer(cost) if _is_cost(cost) else None
    return number is not None and -(2**31) <= number < 2**31


def _number(key: str, value: object) -> Iterator[Complaint]:
    """A field that apps/v1 has no place for: it must be an int64; null is read as ""."""
    value = "" if value is None else value
    if isinstance(value, str) and integer(value) is None:
        what = f'annotation {key} "{value}" is no integer'
        path = ("metadata", "annotations", key)
        yield Complaint("DS199", path, what, fix="remove the annotation")


def _rollback(value: object) -> Iterator[Complaint]:
    """The revision to roll back to, which becomes the field `rollbackTo` of old API versions.

    A negative one is refused under the name that ValidateDeploymentSpec gives that field:
    https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
    """
    yield from _number(_ROLLBACK, value)
    revision = integer(value) if isinstance(value, str) else None
    if revision is not None and revision < 0:
        what = f"annotation {_ROLLBACK} {revision} must be greater than or equal to 0"
        path, at = ("spec", "rollback", "version"), ("metadata", "annotations", _ROLLBACK)
        yield Complaint("DS199", path, what, at=at, fix="remove the annotation")


def _tolerations(listed: str, named: Path, at: Path, target: Target) -> Iterator[Complaint]:
    """Tolerations as JSON, which Go reads whatever the case of the keys."""
    try:
        found = json.loads(listed, parse_constant=_refuse)
    except (ValueError, RecursionError):
        found = 0
    items = [{} if one is None else one for one in found] if isinstance(found, list) else found
    if items is not None and not (isinstance(items, list) and all(map(_is_toleration, items))):
        what = "the annotation is no JSON list of tolerations"
        yield Complaint("DS199", named, what, at=at, fix="write spec.tolerations instead")
        return
    for index, item in enumerate(items or ()):
        toleration = _spelled(item)
        path = (*named[:-1], f"{named[-1]}.{_TOLERATIONS}", index)
        for found_fault in tolerations.judge(toleration, path, target):
            yield Complaint(found_fault.rule, found_fault.path, found_fault.what, at=at)


def _refuse(constant: str) -> object:
    """NaN and Infinity, which Python reads and JSON does not have. Raises ValueError."""
    raise ValueError(constant)


def _is_toleration(item: object) -> bool:
    """Whether Go can read the item into a toleration: every field null or of its type."""
    if not isinstance(item, dict):
        return False
    known = (pair for pair in _spelled(item).items() if pair[0] in _FIELDS)
    return all(value is None or _is_of(_FIELDS[field], value) for field, value in known)


def _is_of(wanted: type, value: object) -> bool:
    fits = not isinstance(value, int) or -_INT64 <= value < _INT64
    return type(value) is wanted and fits


def _spelled(item: Object) -> Object:
    return {_SPELLED.get(key.lower(), key): value for key, value in item.items()}
