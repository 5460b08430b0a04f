"""Which label a DaemonSet's pods are removed for when a node loses it."""

from __future__ import annotations

import re

from dslint import requirement_sets, selectors
from dslint.subject import Subject

# What a node is and who made it: kubelets, installers and clouds set it, and nobody takes it off.
_LASTING = re.compile(
    r"(.+[./])?(kubernetes\.io|k8s\.io|cloud\.google\.com|eks\.amazonaws\.com|kubernetes\.azure\.com"
    r"|karpenter\.sh|karpenter\.k8s\.aws)/.+"
)
_PRESENT = ("In", "Exists", "Gt", "Lt")


def fact(subject: Subject) -> str | None:
    """The first requirement that a node stops meeting without a label that people set.

    Null where there is none: labels that a kubelet, an installer or a cloud sets do not go.
    """
    for term in selectors.required_terms(subject.workload.pod) or ():
        for one in term.requirements:
            goes = one.operator in _PRESENT and not _LASTING.fullmatch(one.key)
            if goes and not one.field and requirement_sets.alive(term):
                return str(one)
    return None
