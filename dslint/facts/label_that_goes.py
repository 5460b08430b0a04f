"""Which label a DaemonSet's pods are removed for when a node loses it."""

from __future__ import annotations

import re

from dslint import requirement_sets
from dslint.subject import Subject

# What a node is made of or who made it: its kubelet or its cloud sets it, and nobody takes it off.
_LASTING = re.compile(
    r"(.+[./])?(kubernetes\.io|k8s\.io|cloud\.google\.com|eks\.amazonaws\.com|kubernetes\.azure\.com"
    r"|karpenter\.sh|karpenter\.k8s\.aws)/.+"
)
_ROLE = re.compile(r"node-role\.kubernetes\.io/.+")
_PRESENT = ("In", "Exists", "Gt", "Lt")


def fact(subject: Subject) -> str | None:
    """The first requirement that a node stops meeting without a label that people set.

    Null where there is none, or where the labels are those that a kubelet or a cloud sets.
    """
    for term in requirement_sets.living(subject.workload.pod):
        for one in term.requirements:
            lasting = _LASTING.fullmatch(one.key) and not _ROLE.fullmatch(one.key)
            if not one.field and one.operator in _PRESENT and not lasting:
                return str(one)
    return None
