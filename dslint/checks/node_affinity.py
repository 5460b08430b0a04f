"""Node affinity and node selector: operators, counts of values, fields and weights.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`ValidateNodeSelectorRequirement`, `ValidateNodeFieldSelectorRequirement`,
`ValidatePreferredSchedulingTerms`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import edits, labels, syntax
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, mappings

OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_NAME = "metadata.name"

FIELDS: tuple[str, ...] = ("nodeSelector", "affinity")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `nodeSelector` and `affinity.nodeAffinity`."""
    pod = _walk.judged(workload, target)
    if "nodeSelector" in pod:
        yield from labels.faults(pod["nodeSelector"], (*workload.pod_path, "nodeSelector"))
    if "affinity" not in pod:
        return
    affinity = mapping(mapping(pod["affinity"]).get("nodeAffinity"))
    path = (*workload.pod_path, "affinity", "nodeAffinity")
    required = affinity.get(_REQUIRED)
    if isinstance(required, dict):
        yield from _required(required, (*path, _REQUIRED, "nodeSelectorTerms"), target)
    for index, preferred in enumerate(mappings(affinity.get(_PREFERRED))):
        here = (*path, _PREFERRED, index)
        fault = weight_fault(preferred.get("weight"))
        if fault:
            yield Complaint("DS308", (*here, "weight"), fault, fix="set a weight from 1 to 100")
        term = mapping(preferred.get("preference"))
        yield from _term(term, (*here, "preference"), values=False)


def weight_fault(weight: object) -> str | None:
    """What is wrong with the weight of a preferred term."""
    number = _walk.number(weight)
    if number is None or 1 <= number <= 100:
        return None
    return f"weight {number} is not in the range 1-100"


def _required(required: Object, path: Path, target: Target) -> Iterator[Complaint]:
    terms = required.get("nodeSelectorTerms")
    if terms == []:
        what = "required node affinity without a term: must have at least one node selector term"
        yield Complaint("DS307", path, what, fix=f"add a term, or remove {_REQUIRED}")
        return
    # Values of required terms are judged since 1.33, those of preferred ones never:
    # https://github.com/kubernetes/kubernetes/pull/128212
    values = target.at_least("1.33")
    for index, term in enumerate(mappings(terms)):
        yield from _term(term, (*path, index), values=values)


def _term(term: Object, path: Path, *, values: bool) -> Iterator[Complaint]:
    for index, requirement in enumerate(mappings(term.get("matchExpressions"))):
        here = (*path, "matchExpressions", index)
        yield from _expression(requirement, here)
        if values:
            yield from labels.value_faults(requirement.get("values"), here, "DS302")
    for index, requirement in enumerate(mappings(term.get("matchFields"))):
        yield from _field(requirement, (*path, "matchFields", index))


def _expression(requirement: Object, path: Path) -> Iterator[Complaint]:
    operator, values = requirement.get("operator"), requirement.get("values")
    count = len(values) if isinstance(values, list) else 0
    if operator in ("Gt", "Lt"):
        if count != 1 and (values is None or isinstance(values, list)):
            what = f"operator {operator} with {count} values needs exactly one"
            yield Complaint("DS302", (*path, "values"), what, fix="give it one integer")
    elif operator in OPERATORS:
        yield from labels.operator_faults(operator, values, path, "DS302")
    elif isinstance(operator, str):
        yield _unknown(operator, path)
    key = requirement.get("key")
    fault = syntax.label_key(key) if isinstance(key, str) else None
    if fault:
        what = f'requirement key "{key}": {fault}'
        yield Complaint("DS107", (*path, "key"), what, fix="name a node's label")


def _unknown(operator: str, path: Path) -> Complaint:
    right = edits.spelled(operator, OPERATORS)
    place = (*path, "operator")
    edit = edits.replace(place, right) if right else None
    what = f'"{operator}" is not a valid selector operator'
    fix = f"write {right}" if right else f"use one of {', '.join(OPERATORS)}"
    return Complaint("DS301", place, what, fix=fix, edit=edit)


def _field(requirement: Object, path: Path) -> Iterator[Complaint]:
    operator, values = requirement.get("operator"), requirement.get("values")
    key = requirement.get("key")
    listed = values if isinstance(values, list) else []
    if operator in ("In", "NotIn"):
        if len(listed) != 1 and (values is None or isinstance(values, list)):
            what = f"match field with {len(listed)} values, operator {operator} needs exactly one"
            yield Complaint("DS302", (*path, "values"), what, fix="name one node a term")
    elif isinstance(operator, str):
        what = f'operator "{operator}" of a match field is neither In nor NotIn'
        yield Complaint("DS301", (*path, "operator"), what, fix="use In or NotIn")
    if key != _NAME and isinstance(key, str):
        what = f'match field "{key}": the only field of a node to match is {_NAME}'
        yield Complaint("DS304", (*path, "key"), what, fix="match labels with matchExpressions")
        return
    for index, value in _walk.strings(listed):
        fault = syntax.dns_subdomain(value)
        if fault:
            what = f'node name "{value}": {fault}'
            yield Complaint("DS304", (*path, "values", index), what, fix="write a node's name")
