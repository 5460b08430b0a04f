"""The taints that no workload of a run tolerates."""

from __future__ import annotations

from dslint import tolerations
from dslint.node_facts import Taint
from dslint.subject import Subject

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
    distinct = list(dict.fromkeys(own))
    index = subject.inventory.index
    found: dict[Taint, list[int]] = {
        taint: []
        for taint in index.classes.taints
        if taint.effect != "PreferNoSchedule"
        and not taint.key.startswith(_OF_KUBERNETES)
        and not tolerations.first_tolerating(distinct, taint, comparison)
    }
    for position, node in enumerate(index.facts if found else ()):
        for taint in found.keys() & set(node.taints):
            found[taint].append(position)
    return [
        {
            "taint": str(taint),
            "nodes": len(nodes),
            "node": index.names[nodes[0]],
            "path": (
                *("nodes", nodes[0], "spec", "taints"),
                index.facts[nodes[0]].taints.index(taint),
            ),
        }
        for taint, nodes in found.items()
    ]
