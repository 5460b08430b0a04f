"""Pod affinity and anti-affinity: selectors, topology key, namespaces, weights, label keys.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validatePodAffinityTerm`, `ValidateMatchLabelKeysAndMismatchLabelKeys`).
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates, labels, syntax
from dslint.checks import _walk
from dslint.checks.node_affinity import weight_fault
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS133"
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_GATE = "MatchLabelKeysInPodAffinity"

FIELDS: tuple[str, ...] = ("affinity",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `affinity.podAffinity` and `affinity.podAntiAffinity`."""
    affinity = _walk.judged(workload, target).get("affinity")
    if not isinstance(affinity, dict):
        return
    pod_labels = _pod_labels(workload)
    for field in ("podAffinity", "podAntiAffinity"):
        terms = mapping(affinity.get(field))
        path = (*workload.pod_path, "affinity", field)
        for here, term in _walk.items(terms.get(_REQUIRED), (*path, _REQUIRED)):
            yield from _term(term, here, pod_labels, target)
        for here, weighted in _walk.items(terms.get(_PREFERRED), (*path, _PREFERRED)):
            fault = weight_fault(weighted.get("weight"))
            if fault:
                yield Complaint(_RULE, (*here, "weight"), fault, fix="set a weight from 1 to 100")
            term = mapping(weighted.get("podAffinityTerm"))
            yield from _term(term, (*here, "podAffinityTerm"), pod_labels, target)


def _pod_labels(workload: Workload) -> Object:
    """The labels of a Pod, which its label keys are merged with; a template has none yet."""
    return workload.labels if workload.kind == "Pod" else {}


def _term(term: Object, path: Path, pod_labels: Object, target: Target) -> Iterator[Complaint]:
    judges = labels.judges_values(target)
    for field in ("labelSelector", "namespaceSelector"):
        yield from labels.selector_faults(term.get(field), (*path, field), _RULE, judges)
    for index, name in _walk.strings(term.get("namespaces")):
        fault = syntax.dns_label(name)
        if fault:
            what, at = f'namespace "{name}": {fault}', (*path, "namespaces", index)
            yield Complaint(_RULE, (*path, "namespace"), what, at=at, fix="name a namespace")
    if gates.enabled(target, _GATE):
        yield from key_faults(term, path, pod_labels, _RULE)
    key = term.get("topologyKey")
    fault = syntax.label_key(key) if isinstance(key, str) else None
    if fault:
        what = f'topologyKey "{key}": {fault}'
        yield Complaint(_RULE, (*path, "topologyKey"), what, fix="name a label of nodes")


def key_faults(term: Object, path: Path, pod_labels: Object, rule: str) -> Iterator[Complaint]:
    """What is wrong with `matchLabelKeys` and `mismatchLabelKeys` of a term or constraint."""
    if not (term.get("matchLabelKeys") or term.get("mismatchLabelKeys")):
        return
    selector = term.get("labelSelector")
    matched, mismatched = (
        [key for _, key in _walk.strings(term.get(field))]
        for field in ("matchLabelKeys", "mismatchLabelKeys")
    )
    for field, listed in (("matchLabelKeys", matched), ("mismatchLabelKeys", mismatched)):
        yield from _listed_faults(listed, selector, (*path, field), rule)
    if isinstance(selector, dict):
        yield from _both(selector, matched, path, pod_labels, rule)
    excluded = frozenset(mismatched)
    for index, key in enumerate(matched):
        if key in excluded:
            what = f"{key} is in both matchLabelKeys and mismatchLabelKeys"
            yield Complaint(
                rule, (*path, "matchLabelKeys", index), what, fix="leave one of the two"
            )


def _listed_faults(
    listed: list[str], selector: object, path: Path, rule: str
) -> Iterator[Complaint]:
    if listed and selector is None:
        what = f"{path[-1]} without a labelSelector"
        yield Complaint(rule, path, what, fix="set labelSelector, or remove it")
        return
    for index, key in enumerate(listed):
        fault = syntax.label_key(key)
        if fault:
            yield Complaint(
                rule, (*path, index), f'label key "{key}": {fault}', fix="name a label"
            )


def _both(
    selector: Object, matched: list[str], path: Path, pod_labels: Object, rule: str
) -> Iterator[Complaint]:
    """Keys in the selector and in matchLabelKeys.

    A Pod's own labels are merged into the selector first, as expressions, so that for a Pod one
    mention is enough; in a template the key must stand in the selector twice.
    """
    seen, expressions = labels.keys(selector)
    merged = [key for key in matched if key in pod_labels]
    last = {key: index for index, key in enumerate(matched)}
    for key in (*expressions, *merged):
        if key in seen and key in last:
            index = last[key]
            what = f"{key} is in both matchLabelKeys and labelSelector"
            at = (*path, "matchLabelKeys", index)
            yield Complaint(rule, (*path, index), what, at=at, fix="leave it in one of the two")
        seen.add(key)
