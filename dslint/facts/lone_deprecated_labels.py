"""The deprecated labels of a node that do not stand beside their successors."""

from __future__ import annotations

from dslint.node_facts import SUCCESSORS, facts_of
from dslint.subject import Subject

# OpenShift gives its control plane the old role, and its own tools ask for it.
_MASTER, _OPENSHIFT = "node-role.kubernetes.io/master", "node.openshift.io/os_id"


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each such label `label`, `value`, `successor`, its version `since`, and its `path`.

    A label beside its successor, with the same value, is no item: kubelets and clouds set both.
    """
    labels = facts_of(subject.value).labels
    return [
        {
            "label": label,
            "value": labels[label],
            "successor": successor,
            "since": since,
            "path": ("metadata", "labels", label),
        }
        for label, (successor, since) in SUCCESSORS.items()
        if label in labels
        and labels.get(successor) != labels[label]
        and not (label == _MASTER and _OPENSHIFT in labels)
    ]
