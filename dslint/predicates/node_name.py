"""A pod that names its node (`spec.nodeName`) runs there or nowhere.

Scheduler plug-in NodeName; the kubelet asks the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import edits
from dslint.question import Line, Question, Refused, Repair
from dslint.workloads import text

ORDER = 2


def refusals(question: Question) -> Iterator[Refused]:
    """Every node but the one that `nodeName` names."""
    name = text(question.workload.pod.get("nodeName"))
    if not name:
        return
    others = question.universe.everything & ~question.index.named(name)
    yield Refused(others, f"nodeName asks for {name}", ("nodeName",))


def trace(question: Question) -> Iterator[Line]:
    """The name that is asked for beside the node's."""
    name, own = text(question.workload.pod.get("nodeName")), question.index.names[0]
    if not name:
        yield Line(holds=True, text="no nodeName asks for a node")
    else:
        yield Line(name == own, f"nodeName asks for {name}; the node is {own}")


def repair(_question: Question) -> Repair:
    """Without `nodeName` the scheduler looks at every node; no node can be renamed."""
    return Repair(edits.remove(("nodeName",)))
