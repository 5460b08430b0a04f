"""Topology spread constraints: skew, key, policies, label keys, and none of them twice.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateTopologySpreadConstraints`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dslint import gates, labels, syntax
from dslint.checks import _walk
from dslint.checks.pod_affinity import key_faults
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, text

_RULE = "DS132"
_ACTIONS = ("DoNotSchedule", "ScheduleAnyway")
_POLICIES = ("Honor", "Ignore")

FIELDS: tuple[str, ...] = ("topologySpreadConstraints",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in `topologySpreadConstraints`."""
    listed = _walk.judged(workload, target).get("topologySpreadConstraints")
    if not isinstance(listed, list):
        return
    constraints = tuple(_walk.items(listed, (*workload.pod_path, "topologySpreadConstraints")))
    pairs = Counter(_pair(constraint) for _, constraint in constraints)
    for path, constraint in constraints:
        yield from _counts(constraint, path, target)
        yield from _words(constraint, path, target)
        pairs[_pair(constraint)] -= 1
        if pairs[_pair(constraint)]:
            yield _repeated(constraint, path)
        yield from _keys(constraint, path, workload, target)
        # https://github.com/kubernetes/kubernetes/pull/111802
        if target.at_least("1.27"):
            selector = constraint.get("labelSelector")
            yield from labels.selector_faults(selector, (*path, "labelSelector"), _RULE)


def _counts(constraint: Object, path: Path, target: Target) -> Iterator[Complaint]:
    skew = _walk.number(constraint.get("maxSkew"))
    if skew is not None and skew < 1:
        what = f"maxSkew {skew} is not greater than zero"
        yield Complaint(_RULE, (*path, "maxSkew"), what, fix="set maxSkew: 1 or more")
    domains = _walk.number(constraint.get("minDomains"))
    if domains is None or not gates.enabled(target, "MinDomainsInPodTopologySpread"):
        return
    if domains < 1:
        what = f"minDomains {domains} is not greater than zero"
        yield Complaint(_RULE, (*path, "minDomains"), what, fix="set 1 or more, or remove it")
    action = constraint.get("whenUnsatisfiable")
    if action != "DoNotSchedule":
        what = f"minDomains with whenUnsatisfiable {action}: only DoNotSchedule goes with it"
        fix = "remove minDomains, or set whenUnsatisfiable: DoNotSchedule"
        yield Complaint(_RULE, (*path, "minDomains"), what, fix=fix)


def _words(constraint: Object, path: Path, target: Target) -> Iterator[Complaint]:
    if constraint.get("topologyKey") == "":
        yield Complaint(_RULE, (*path, "topologyKey"), "topologyKey is empty", fix="name a label")
    action = constraint.get("whenUnsatisfiable")
    if isinstance(action, str) and action not in _ACTIONS:
        yield _walk.unsupported(_RULE, (*path, "whenUnsatisfiable"), action, _ACTIONS)
    if not gates.enabled(target, "NodeInclusionPolicyInPodTopologySpread"):
        return
    for field in ("nodeAffinityPolicy", "nodeTaintsPolicy"):
        policy = constraint.get(field)
        if isinstance(policy, str) and policy not in _POLICIES:
            yield _walk.unsupported(_RULE, (*path, field), policy, _POLICIES)


def _pair(constraint: Object) -> tuple[str, str]:
    """What no two constraints may have in common."""
    return text(constraint.get("topologyKey")), text(constraint.get("whenUnsatisfiable"))


def _repeated(constraint: Object, path: Path) -> Complaint:
    """The complaint about a constraint whose like comes later."""
    key, action = _pair(constraint)
    what = f"two constraints with topologyKey {key} and whenUnsatisfiable {action}"
    place = (*path, "{topologyKey, whenUnsatisfiable}")
    return Complaint(_RULE, place, what, at=path, fix="leave one of the two")


def _keys(
    constraint: Object, path: Path, workload: Workload, target: Target
) -> Iterator[Complaint]:
    """`matchLabelKeys`, by the rules of before 1.34 or of since."""
    if not constraint.get("matchLabelKeys"):
        return
    if not gates.enabled(target, "MatchLabelKeysInPodTopologySpread"):
        return  # dropped: dropDisabledMatchLabelKeysFieldInTopologySpread of pkg/api/pod/util.go
    if gates.enabled(target, "MatchLabelKeysInPodTopologySpreadSelectorMerge"):
        pod_labels = workload.labels if workload.kind == "Pod" else {}
        term = {**constraint, "mismatchLabelKeys": None}
        yield from key_faults(term, path, pod_labels, _RULE)
    else:
        yield from _old_keys(constraint, (*path, "matchLabelKeys"))


def _old_keys(constraint: Object, path: Path) -> Iterator[Complaint]:
    selector = constraint.get("labelSelector")
    if selector is None:
        what = "matchLabelKeys without a labelSelector"
        yield Complaint(_RULE, path, what, fix="set labelSelector, or remove matchLabelKeys")
    wanted, expressions = labels.keys(selector)
    for index, key in _walk.strings(constraint.get("matchLabelKeys")):
        fault = syntax.label_key(key)
        if fault:
            yield Complaint(
                _RULE, (*path, index), f'label key "{key}": {fault}', fix="name a label"
            )
        if key in wanted or key in expressions:
            what = f"{key} is in both matchLabelKeys and labelSelector"
            yield Complaint(_RULE, (*path, index), what, fix="leave it in one of the two")
