"""Nodes as they are when nothing is wrong with them: without the taints that come and go.

That is what people mean by "where does it belong". An inventory goes in, one whose nodes carry
neither a cordon nor a taint that Kubernetes, a cloud or a starting agent takes away again comes
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dslint.inventory import Inventory

# https://kubernetes.io/docs/reference/labels-annotations-taints/
_PASSING = (
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/network-unavailable",
    "node.kubernetes.io/unschedulable",
    "node.kubernetes.io/out-of-service",
    "node.cloudprovider.kubernetes.io/uninitialized",
    "node.cloudprovider.kubernetes.io/shutdown",
)

STARTUP = (
    "node.cilium.io/agent-not-ready",
    "ebs.csi.aws.com/agent-not-ready",
    "efs.csi.aws.com/agent-not-ready",
    "fsx.csi.aws.com/agent-not-ready",
    "disk.csi.azure.com/agent-not-ready",
    "file.csi.azure.com/agent-not-ready",
    "karpenter.sh/unregistered",
)
"""Taints that CNI and CSI agents and Karpenter take off when a node is ready for pods."""


def steady(inventory: Inventory, startup: Iterable[str] = STARTUP) -> Inventory:
    """The inventory without cordons and without taints that come and go; `startup` adds keys."""
    passing = frozenset((*_PASSING, *startup))
    return replace(inventory, nodes=tuple(_steady(node, passing) for node in inventory.nodes))


def _steady(node: Mapping[str, object], passing: frozenset[str]) -> Mapping[str, object]:
    spec = node.get("spec")
    if not isinstance(spec, Mapping):
        return node
    taints = spec.get("taints")
    kept = (
        [taint for taint in taints if _key(taint) not in passing]
        if isinstance(taints, list)
        else []
    )
    return {**node, "spec": {**spec, "taints": kept, "unschedulable": False}}


def _key(taint: object) -> object:
    return taint.get("key") if isinstance(taint, Mapping) else None
