"""What placement looks at in a node: labels, taints, the cordon, allocatable resources.

Read from a plain v1.Node dict as Kubernetes' own types would hold it; what is of a wrong type
reads as absent, and nothing raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

SYSTEM_LABEL = "kubernetes.io/os"
_SYSTEMS = ("linux", "windows")

# https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/api/node/util.go
SUCCESSORS = {
    "beta.kubernetes.io/os": ("kubernetes.io/os", "1.14"),
    "beta.kubernetes.io/arch": ("kubernetes.io/arch", "1.14"),
    "beta.kubernetes.io/instance-type": ("node.kubernetes.io/instance-type", "1.17"),
    "failure-domain.beta.kubernetes.io/zone": ("topology.kubernetes.io/zone", "1.17"),
    "failure-domain.beta.kubernetes.io/region": ("topology.kubernetes.io/region", "1.17"),
    # kubeadm's: https://github.com/kubernetes/enhancements/tree/master/keps/sig-cluster-lifecycle/kubeadm/2067-rename-master-label-taint
    "node-role.kubernetes.io/master": ("node-role.kubernetes.io/control-plane", "1.20"),
}
"""Labels and taint keys that Kubernetes gave a new name: the new one, and since which version."""

Resources = tuple[tuple[str, object], ...]


class Taint(NamedTuple):
    """A taint of a node; any effect, valid or not."""

    key: str
    value: str
    effect: str

    def __str__(self) -> str:
        """The taint in kubectl's syntax: `key=value:Effect` or `key:Effect`."""
        return (
            f"{self.key}={self.value}:{self.effect}" if self.value else f"{self.key}:{self.effect}"
        )


class NodeFacts(NamedTuple):
    """What placement looks at in a node; `resources` is None where the node states none."""

    labels: Mapping[str, str]
    taints: tuple[Taint, ...]
    unschedulable: bool
    resources: Resources | None


def facts_of(node: Mapping[str, object]) -> NodeFacts:
    """The facts of a plain v1.Node dict."""
    spec, status = _mapping(node.get("spec")), _mapping(node.get("status"))
    labels = _mapping(_mapping(node.get("metadata")).get("labels"))
    taints = spec.get("taints")
    # A node without allocatable has its capacity as such, `{}` stays empty (defaults.go):
    # https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/v1/defaults.go
    stated = status.get("allocatable")
    stated = status.get("capacity") if stated is None else stated
    return NodeFacts(
        _labels(labels),
        tuple(map(_taint, taints)) if isinstance(taints, list) else (),
        spec.get("unschedulable") is True,
        tuple(sorted(_resources(stated))) if isinstance(stated, Mapping) else None,
    )


def _labels(stated: Mapping[str, object]) -> Mapping[str, str]:
    return {
        key: value
        for key, value in stated.items()
        if isinstance(value, str) and isinstance(key, str)
    }


def _resources(stated: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, amount in stated.items():
        # Python's True is equal to 1, which would make two different nodes alike
        is_amount = isinstance(amount, str | int | float) and not isinstance(amount, bool)
        if is_amount and isinstance(name, str):
            yield name, amount


def _taint(taint: object) -> Taint:
    stated = _mapping(taint)
    return Taint(_text(stated.get("key")), _text(stated.get("value")), _text(stated.get("effect")))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def successor(key: str) -> str | None:
    """The new name of a label or taint key that Kubernetes renamed."""
    return SUCCESSORS[key][0] if key in SUCCESSORS else None


def system_of(fact: NodeFacts) -> str:
    """The system that a node's kubelet runs on: as its label says, Linux where it says none."""
    stated = fact.labels.get(SYSTEM_LABEL, "")
    return stated if stated in _SYSTEMS else "linux"
