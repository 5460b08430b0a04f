"""The taints that no workload of a run tolerates."""

from __future__ import annotations

from dslint import tolerations
from dslint.node_facts import Taint
from dslint.subject import Subject
from dslint.toleration_index import TolerationIndex

NEEDS_INVENTORY = True
# Set by Kubernetes or an installer, and meant to repel whoever asks for nothing.
_OF_KUBERNETES = (
    "node.kubernetes.io/",
    "node.cloudprovider.kubernetes.io/",
    "node-role.kubernetes.io/",
)


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each such taint `taint`, the first `node` that has it, how many `nodes`, and its `path`.

    Empty where no workload was given. PreferNoSchedule repels nobody, and is left out.
    """
    if subject.inventory is None or not subject.workloads:
        return []
    comparison = tolerations.compares(subject.target)
    own = [one for workload in subject.workloads for one in tolerations.of(workload)]
    tolerated = TolerationIndex(list(dict.fromkeys(own)), comparison)
    index = subject.inventory.index
    found: dict[Taint, list[int]] = {
        taint: []
        for taint in index.classes.taints
        if taint.effect != "PreferNoSchedule"
        and not taint.key.startswith(_OF_KUBERNETES)
        and not tolerated.first(taint)
    }
    for position, node in enumerate(index.facts if found else ()):
        for taint in dict.fromkeys(node.taints):
            if taint in found:
                found[taint].append(position)
    first = {nodes[0] for nodes in found.values()}
    places = {
        (position, taint): number
        for position in first
        for number, taint in reversed([*enumerate(index.facts[position].taints)])
    }
    return [
        {
            "taint": str(taint),
            "nodes": len(nodes),
            "node": index.names[nodes[0]],
            "path": ("nodes", nodes[0], "spec", "taints", places[nodes[0], taint]),
        }
        for taint, nodes in found.items()
    ]
