"""The toleration that the DaemonSet controller adds in any case."""

from __future__ import annotations

from dataclasses import replace

from dslint import toleration_cover, tolerations
from dslint.facts import duplicate_of, shadowed_by
from dslint.subject import Subject


def fact(subject: Subject) -> str | None:
    """What the DaemonSet controller adds that makes the toleration needless, as `key:Effect`.

    Null where any taint would be tolerated otherwise, or for another time, without it, and where
    another toleration of the list covers it.
    """
    workload, index = subject.workload, subject.site.index
    if workload.kind != "DaemonSet":
        return None
    comparison = tolerations.compares(subject.target)
    left = [one for number, one in enumerate(workload.tolerations) if number != index]
    own = tolerations.of(workload)
    rest = tolerations.of(replace(workload, pod={**workload.pod, "tolerations": left}))
    for added in rest:
        if added.position < 0 and not toleration_cover.missed(own[index], added, comparison):
            break
    else:
        return None
    if toleration_cover.changed(own, rest, comparison):
        return None
    if duplicate_of.fact(subject) or shadowed_by.fact(subject):
        return None
    return f"{added.key}:{added.effect}"
