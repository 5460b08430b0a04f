"""The sites of a workload: every part of it that one judgement of a rule can be about.

A workload comes in; the sites of the kinds asked for go out, each with its value, its place and
the list it stands in. A part of the wrong type is no site, so nothing here can fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dslint.model import Path
from dslint.workloads import Workload, mapping

if TYPE_CHECKING:
    from dslint.inventory import Inventory  # spares start-up: a type alone

_AFFINITY: Path = ("affinity", "nodeAffinity")
_REQUIRED: Path = (
    *_AFFINITY,
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
)
_PREFERRED: Path = (*_AFFINITY, "preferredDuringSchedulingIgnoredDuringExecution")
_CONTAINERS = {
    "container": "containers",
    "init-container": "initContainers",
    "ephemeral-container": "ephemeralContainers",
}


@dataclass(frozen=True, slots=True)
class Site:
    """One part of a manifest: what a rule calls `self`, and where it stands.

    `path` is from the manifest's root (for `node` and `inventory`, from the node's). `index` is
    its place in the list `siblings`, 0 and () where it stands in none. `entry` marks an entry of a
    map, whose value here is {key, value}.
    """

    kind: str
    value: object
    path: Path
    index: int = 0
    siblings: Sequence[object] = ()
    entry: bool = False


def of(workload: Workload, kinds: frozenset[str]) -> Iterator[Site]:
    """Every site of the workload that is of one of those kinds, kind by kind."""
    for kind, find in _FINDERS.items():
        if kind in kinds:
            yield from find(workload, kind)


def of_inventory(inventory: Inventory, found: Sequence[Workload]) -> Iterator[Site]:
    """The whole run, then each node; none of the built-in fleet, which nobody could change."""
    if inventory.reference:
        return
    yield whole_run(inventory, found)
    for position, node in enumerate(inventory.nodes):
        yield Site("node", node, (), position, inventory.nodes)


def whole_run(inventory: Inventory, found: Sequence[Workload]) -> Site:
    """The site `inventory`: every node, and every workload that was given with them."""
    run = [one.manifest for one in found]
    return Site("inventory", {"nodes": list(inventory.nodes), "workloads": run}, ())


def listed(kind: str, owner: object, path: Path, *fields: str) -> Iterator[Site]:
    """The maps of the list at `fields` within `owner`, which stands at `path`."""
    for field in fields[:-1]:
        owner = mapping(owner).get(field)
    items = mapping(owner).get(fields[-1])
    if not isinstance(items, list):
        return
    for index, item in enumerate(items):
        if isinstance(item, dict):
            yield Site(kind, item, (*path, *fields, index), index, items)


def _workload(workload: Workload, kind: str) -> Iterator[Site]:
    yield Site(kind, workload.manifest, ())


def _pod(workload: Workload, kind: str) -> Iterator[Site]:
    if workload.pod:
        yield Site(kind, workload.pod, workload.pod_path)


def _containers(workload: Workload, kind: str) -> Iterator[Site]:
    return listed(kind, workload.pod, workload.pod_path, _CONTAINERS[kind])


def _all_containers(workload: Workload) -> Iterator[Site]:
    for kind in _CONTAINERS:
        yield from _containers(workload, kind)


def _within_containers(field: str) -> Callable[[Workload, str], Iterator[Site]]:
    def find(workload: Workload, kind: str) -> Iterator[Site]:
        for container in _all_containers(workload):
            yield from listed(kind, container.value, container.path, field)

    return find


def _tolerations(workload: Workload, kind: str) -> Iterator[Site]:
    return listed(kind, workload.pod, workload.pod_path, "tolerations")


def _volumes(workload: Workload, kind: str) -> Iterator[Site]:
    return listed(kind, workload.pod, workload.pod_path, "volumes")


def _terms(workload: Workload, kind: str) -> Iterator[Site]:
    fields = _REQUIRED if kind == "term" else _PREFERRED
    return listed(kind, workload.pod, workload.pod_path, *map(str, fields))


def _requirements(kind: str, field: str) -> Callable[[Workload, str], Iterator[Site]]:
    """The finder of the requirements in that field of the required or of the preferred terms."""
    preferred = kind.startswith("preferred-")

    def find(workload: Workload, kind: str) -> Iterator[Site]:
        if "affinity" not in workload.pod:
            return
        for term in _terms(workload, "preferred-term" if preferred else "term"):
            fields = ("preference", field) if preferred else (field,)
            yield from listed(kind, term.value, term.path, *fields)

    return find


def _node_selector(workload: Workload, kind: str) -> Iterator[Site]:
    path = (*workload.pod_path, "nodeSelector")
    for key, value in mapping(workload.pod.get("nodeSelector")).items():
        yield Site(kind, {"key": key, "value": value}, (*path, key), entry=True)


_FINDERS: Mapping[str, Callable[[Workload, str], Iterator[Site]]] = {
    "workload": _workload,
    "pod": _pod,
    **dict.fromkeys(_CONTAINERS, _containers),
    "toleration": _tolerations,
    "node-selector-entry": _node_selector,
    "term": _terms,
    "preferred-term": _terms,
    **{
        kind: _requirements(kind, field)
        for kind, field in {
            "requirement": "matchExpressions",
            "field-requirement": "matchFields",
            "preferred-requirement": "matchExpressions",
            "preferred-field-requirement": "matchFields",
        }.items()
    },
    "volume": _volumes,
    "mount": _within_containers("volumeMounts"),
    "port": _within_containers("ports"),
    "env": _within_containers("env"),
}

OF_INVENTORY = ("placement", "node-pair", "node", "inventory")
"""The sites that need an inventory, which no workload has: others make them."""

KINDS = (*_FINDERS, *OF_INVENTORY)
"""What a rule may say in `each`."""
