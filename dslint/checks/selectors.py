"""A workload's selector: there, not empty, well formed, and matching its own pod template.

Each kind has its own words for what is wrong, and names another field for it.
Sources: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
and .../pkg/apis/batch/validation/validation.go and .../pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import labels
from dslint.checks._object_name import object_name
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_SELECTOR: Path = ("spec", "selector")
_TEMPLATE_LABELS: Path = ("spec", "template", "metadata", "labels")
_STRICT = frozenset({"DaemonSet", "Deployment", "StatefulSet", "ReplicaSet"})
# What the job controller writes itself: batch/validation/validation.go, validateGeneratedSelector
_UID_LABELS = ("controller-uid", "batch.kubernetes.io/controller-uid")
_UID = "<uid>"  # no label's value, so that no selector can name it
_NAME_LABELS = ("job-name", "batch.kubernetes.io/job-name")

FIELDS: tuple[str, ...] = ()


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the selector, and in the template's labels because of it."""
    spec = mapping(workload.manifest.get("spec"))
    template = mapping(mapping(spec.get("template")).get("metadata")).get("labels")
    if workload.kind in _STRICT:
        yield from _strict(workload.kind, spec.get("selector"), template, target)
    elif workload.kind == "ReplicationController":
        yield from _replication_controller(spec, template)
    elif workload.kind == "Job":
        yield from _job(workload, spec, template, target)
    elif workload.kind == "CronJob":
        yield from _job_template(mapping(mapping(spec.get("jobTemplate")).get("spec")))


def _strict(kind: str, selector: object, template: object, target: Target) -> Iterator[Complaint]:
    if not isinstance(selector, dict):
        return
    parses = labels.parses(selector)
    if not parses:
        yield from _told(kind, selector, target)
    if labels.is_empty(selector):
        what = f"empty selector is invalid for {kind}"
        yield Complaint("DS113", _SELECTOR, what, fix="select the template's labels")
    elif parses and not labels.matches(selector, template):
        yield _mismatch(template)


def _told(kind: str, selector: object, target: Target) -> Iterator[Complaint]:
    """The faults that a server of that version tells; most kinds always told those of values."""
    values = labels.judges_values(target) or kind not in ("DaemonSet", "Job")
    return labels.selector_faults(selector, _SELECTOR, values=values)


def _mismatch(template: object) -> Complaint:
    shown = ", ".join(f"{key}={value}" for key, value in mapping(template).items()) or "none"
    what = f"selector does not match the template's labels ({shown})"
    fix = "give the template the labels that the selector asks for"
    return Complaint("DS112", _TEMPLATE_LABELS, what, fix=fix)


def _replication_controller(spec: Object, template: object) -> Iterator[Complaint]:
    """A plain map; where it is missing, the template's labels are the selector."""
    wanted, has_template = mapping(spec.get("selector")), spec.get("template") is not None
    if not wanted and not mapping(template):
        what = "ReplicationController without spec.selector, and no labels in its template"
        yield Complaint("DS113", _SELECTOR, what, fix="give the template labels and select them")
    elif wanted and has_template and not labels.matches({"matchLabels": wanted}, template):
        yield _mismatch(template)


def _job(
    workload: Workload, spec: Object, template: object, target: Target
) -> Iterator[Complaint]:
    selector = spec.get("selector")
    if selector is not None and not isinstance(selector, dict):
        return
    parses = labels.parses(selector)
    if not parses:
        yield from _told("Job", selector, target)
    if spec.get("manualSelector") is not True:
        wanted = selector or {} if parses else None
        yield from _generated(workload, wanted, mapping(template), target)
    elif selector is None:
        what = "manualSelector without a selector"
        yield Complaint(
            "DS113", _SELECTOR, what, at=("spec", "manualSelector"), fix="set selector"
        )
    elif parses and not labels.matches(selector, template):
        yield _mismatch(template)


def _generated(
    workload: Workload, selector: Object | None, template: Object, target: Target
) -> Iterator[Complaint]:
    """Labels that the server sets by itself, and a selector that is not of these alone.

    Those with a prefix are set since 1.27: https://github.com/kubernetes/kubernetes/pull/114930
    """
    count = 2 if target.at_least("1.27") else 1
    uids, names = _UID_LABELS[:count], _NAME_LABELS[:count]
    name = object_name(workload)
    generated = {**dict.fromkeys(uids, _UID), **dict.fromkeys(names, name)}
    for key in uids:
        if key in template:
            yield _reserved(key, "it holds the Job's uid, which the server gives")
    for key in names:
        if key in template and (template[key] or "") != name:
            yield _reserved(key, f'it must be the Job\'s name, "{name}"')
    if selector is None:
        return
    if not labels.matches(selector, generated):
        what = "selector is not the generated one"
        fix = "remove selector, or set manualSelector: true"
        yield Complaint("DS112", _SELECTOR, what, fix=fix)
    elif not labels.matches(selector, {**template, **generated}):
        yield _mismatch(template)


def _reserved(key: str, why: str) -> Complaint:
    what = f"label {key} of the template is set: {why}"
    return Complaint("DS112", (*_TEMPLATE_LABELS, key), what, key=True, fix=f"remove {key}")


def _job_template(spec: Object) -> Iterator[Complaint]:
    path: Path = ("spec", "jobTemplate", "spec")
    if spec.get("selector") is not None:
        what = "a CronJob's jobs have a selector: it will be auto-generated"
        yield Complaint("DS112", (*path, "selector"), what, key=True, fix="remove selector")
    if spec.get("manualSelector") is True:
        what = "manualSelector is true in a CronJob, whose jobs get a generated selector"
        yield Complaint("DS112", (*path, "manualSelector"), what, fix="remove manualSelector")
