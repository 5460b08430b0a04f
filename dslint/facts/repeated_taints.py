"""The taints of a node whose key and effect stand on it already."""

from __future__ import annotations

from dslint.node_facts import Taint, facts_of
from dslint.subject import Subject


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each such taint `taint`, `first` (the one before it), and its `path`.

    An API server tells taints of one node apart by key and effect, whatever their values:
    https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go
    """
    seen: dict[tuple[str, str], Taint] = {}
    repeated: list[dict[str, object]] = []
    for number, taint in enumerate(facts_of(subject.value).taints):
        first = seen.setdefault((taint.key, taint.effect), taint)
        if first is not taint:
            path = ("spec", "taints", number)
            repeated.append({"taint": str(taint), "first": str(first), "path": path})
    return repeated
