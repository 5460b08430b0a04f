"""The replicas for which there is no node, where no two may share one."""

from __future__ import annotations

from collections.abc import Iterator

from dslint import labels, landing
from dslint.model import Path
from dslint.subject import Subject
from dslint.workloads import Object, Workload, mapping, mappings, texts

NEEDS_INVENTORY = True
_HOSTNAME = "kubernetes.io/hostname"
_ANTI_AFFINITY: Path = (
    "affinity",
    "podAntiAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
)


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: `replicas`, the `nodes` that it may land on, and `path`, the anti-affinity's term.

    Only a required anti-affinity on kubernetes.io/hostname that selects the workload's own pods
    counts, and only where each node that it may land on has that label.
    """
    replicas = mapping(subject.workload.manifest.get("spec")).get("replicas")
    placement, inventory = subject.placement, subject.inventory
    if placement is None or inventory is None or not isinstance(replicas, int):
        return []
    nodes = len(placement.lands)
    if not 0 < nodes < replicas:
        return []
    own = next(_own_terms(subject.workload), None)
    universe = inventory.index.nodes
    lands = landing.bits(placement.lands, inventory.index, by_class=False)
    if own is None or lands & ~universe.having(_HOSTNAME):
        return []
    path = (*subject.workload.pod_path, *own)
    return [{"replicas": replicas, "nodes": nodes, "path": path}]


def _own_terms(workload: Workload) -> Iterator[Path]:
    """Where the terms stand that keep the workload's pods from a node with another of them."""
    stated: object = workload.pod
    for part in _ANTI_AFFINITY:
        stated = mapping(stated).get(str(part))
    for index, term in enumerate(mappings(stated)):
        if term.get("topologyKey") == _HOSTNAME and _selects(term, workload):
            yield (*_ANTI_AFFINITY, index)


def _selects(term: Object, workload: Workload) -> bool:
    namespaces = texts(term.get("namespaces"))
    if (namespaces or "namespaceSelector" in term) and workload.namespace not in namespaces:
        return term.get("namespaceSelector") == {}
    selector = term.get("labelSelector")
    return isinstance(selector, dict) and labels.matches(selector, workload.pod_labels)
