"""The control plane's nodes that a workload lands on by a toleration that does not name them."""

from __future__ import annotations

from dslint import landing, node_kinds, selectors
from dslint.node_kinds import CONTROL_PLANE
from dslint.question import ask
from dslint.subject import Subject
from dslint.workloads import mapping

NEEDS_INVENTORY = True


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: the `taint` that a toleration without a key tolerates, `nodes`, `names`, `path`.

    Empty where a toleration, the node selector or the required node affinity names a control
    plane's key: then the manifest says so.
    """
    if subject.placement is None or subject.inventory is None or _said(subject):
        return []
    index = subject.inventory.index
    landed = landing.of(subject.placement, index)
    nodes = landed.lands & node_kinds.control_planes(landed.universe)
    question = ask(subject.workload, index, subject.target)
    for taint, tainted in landed.universe.taints.items():
        toleration = question.tolerating(taint)
        if taint.key in CONTROL_PLANE and tainted & nodes and toleration and not toleration.key:
            path = (*subject.workload.pod_path, "tolerations", toleration.position)
            return [{"taint": str(taint), **landed.told(nodes), "path": path}]
    return []


def _said(subject: Subject) -> bool:
    workload = subject.workload
    keys = {toleration.get("key") for toleration in workload.tolerations}
    keys |= set(mapping(workload.pod.get("nodeSelector")))
    for term in selectors.required_terms(workload.pod) or ():
        keys |= {requirement.key for requirement in term.requirements}
    return not CONTROL_PLANE.isdisjoint(key for key in keys if isinstance(key, str))
