"""A pod that names its node (`spec.nodeName`) runs there or nowhere.

Scheduler plug-in NodeName; the kubelet asks the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.question import Question, Refused
from dslint.workloads import text

ORDER = 2


def refusals(question: Question) -> Iterator[Refused]:
    """Every node but the one that `nodeName` names."""
    name = text(question.workload.pod.get("nodeName"))
    if not name:
        return
    others = question.universe.everything & ~question.index.named(name)
    yield Refused(others, f"nodeName asks for {name}", ("nodeName",))
