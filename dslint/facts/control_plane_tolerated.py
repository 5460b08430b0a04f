"""Whether a toleration of the old control plane's taint has its partner for today's."""

from __future__ import annotations

from dslint.node_facts import Taint
from dslint.subject import Subject
from dslint.workloads import text

KEY = "node-role.kubernetes.io/control-plane"


def fact(subject: Subject) -> bool:
    """Whether the pod tolerates `node-role.kubernetes.io/control-plane` with the same effect.

    A toleration without an effect is asked for NoSchedule, the effect that kubeadm's taint has. A
    pod that tolerates that one needs no more, whatever other effects it tolerates of the old key.
    """
    own = subject.toleration_index
    effects = ("NoSchedule", text(subject.value.get("effect")) or "NoSchedule")
    return any(own.first(Taint(KEY, "", effect)) for effect in effects)
