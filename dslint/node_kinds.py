"""What a node is for: the control plane, Windows, or no machine at all.

A `Universe` of nodes goes in, the set of those of one kind comes out, worked out once. Only
labels and taints say it; a node that has neither is an everyday one.
"""

from __future__ import annotations

from collections.abc import Iterable

from dslint.node_facts import SYSTEM_LABEL
from dslint.nodeset import Universe, remembered

CONTROL_PLANE = frozenset(
    {
        # kubeadm: https://kubernetes.io/docs/reference/labels-annotations-taints/
        "node-role.kubernetes.io/control-plane",
        "node-role.kubernetes.io/master",
        # RKE: https://rke.docs.rancher.com/config-options/nodes
        "node-role.kubernetes.io/controlplane",
        "node-role.kubernetes.io/etcd",
    }
)
"""The keys of the taints that keep a control plane free of other work."""

VIRTUAL = frozenset(
    {
        "virtual-kubelet.io/provider",
        "eks.amazonaws.com/compute-type",
        "virtual-node.liqo.io/not-allowed",
    }
)
"""The keys of the taints of nodes behind which no machine stands."""

# https://docs.aws.amazon.com/eks/latest/userguide/fargate.html, https://virtual-kubelet.io/docs/
_VIRTUAL_LABELS = (
    ("type", "virtual-kubelet"),
    ("eks.amazonaws.com/compute-type", "fargate"),
    ("liqo.io/type", "virtual-node"),
)
_REPELLING = ("NoSchedule", "NoExecute")


@remembered
def control_planes(universe: Universe) -> int:
    """The nodes that a control plane's taint keeps free."""
    return _tainted(universe, CONTROL_PLANE)


@remembered
def virtual(universe: Universe) -> int:
    """The nodes without a machine behind them: Fargate's, and those of a virtual kubelet."""
    found = _tainted(universe, VIRTUAL)
    for key, value in _VIRTUAL_LABELS:
        found |= universe.having(key, value)
    return found


@remembered
def windows(universe: Universe) -> int:
    """The nodes that run Windows, as their label says."""
    return universe.having(SYSTEM_LABEL, "windows")


def _tainted(universe: Universe, keys: Iterable[str]) -> int:
    found = 0
    for taint, nodes in universe.taints.items():
        if taint.key in keys and taint.effect in _REPELLING:
            found |= nodes
    return found
