"""The port of the node that a container's port takes."""

from __future__ import annotations

from dslint.subject import Subject


def fact(subject: Subject) -> int | None:
    """The port's hostPort, and with the host's network its containerPort; null where it has none.

    An API server sets hostPort to containerPort in a pod with hostNetwork.
    """
    stated = subject.value.get("hostPort")
    if not stated and subject.workload.pod.get("hostNetwork") is True:
        stated = subject.value.get("containerPort")
    return stated if isinstance(stated, int) and stated > 0 else None
