"""The NoExecute taint that a toleration of NoSchedule leaves untolerated."""

from __future__ import annotations

from collections.abc import Iterator

from dslint import tolerations
from dslint.node_facts import Taint
from dslint.subject import Subject

NEEDS_INVENTORY = True
# Set by Kubernetes to evict: who tolerates NoSchedule of every key need not mean these.
_OF_CONDITIONS = "node.kubernetes.io/"


def fact(subject: Subject) -> dict[str, object] | None:
    """`taint`, the first that the toleration would tolerate with NoExecute, and how many `nodes`.

    `node` is the first of them, `this` the toleration in short, `*:NoSchedule (Exists)`. Null
    where each such taint is tolerated by another toleration, or stands only on nodes that
    something else than their taints keeps the pod from.
    """
    if subject.inventory is None or subject.placement is None:
        return None
    found = list(_evicting(subject))
    if not found:
        return None
    taint = found[0][0]
    names = [name for other, name in found if other == taint]
    this = subject.tolerations[subject.site.index]
    return {"taint": str(taint), "nodes": len(names), "node": names[0], "this": str(this)}


def _evicting(subject: Subject) -> Iterator[tuple[Taint, str]]:
    """The taints with the nodes that have them, in the order of the inventory."""
    placement, inventory = subject.placement, subject.inventory
    comparison = tolerations.compares(subject.target)
    own = subject.toleration_index
    meant = own.tolerations[subject.site.index]._replace(effect="NoExecute")
    index = inventory.index if inventory else None
    taints = [
        taint
        for taint in (index.classes.taints if index else ())
        if tolerations.tolerates(meant, taint, comparison)
        and not own.first(taint)
        and (meant.key or not taint.key.startswith(_OF_CONDITIONS))
    ]
    if not taints or index is None or placement is None:
        return
    others = {
        name for one in placement.refusals if one.predicate != "taints" for name in one.nodes
    }
    for name, node in zip(index.names, index.facts, strict=True):
        if name not in others:
            yield from ((taint, name) for taint in taints if taint in node.taints)
