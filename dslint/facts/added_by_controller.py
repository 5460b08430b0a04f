"""The toleration that the DaemonSet controller adds in any case."""

from __future__ import annotations

from dataclasses import replace

from dslint import toleration_cover, tolerations
from dslint.facts import duplicate_of, shadowed_by
from dslint.subject import Subject
from dslint.tolerations import Toleration
from dslint.workloads import text

# Each is compared with each: more of one key come from a machine.
_MANY = 100


def fact(subject: Subject) -> str | None:
    """What the DaemonSet controller adds that makes the toleration needless, as `key:Effect`.

    Null where any taint would be tolerated otherwise, or for another time, without it, and where
    another toleration of the list covers it.
    """
    index, at = subject.toleration_index, subject.site.index
    if subject.workload.kind != "DaemonSet" or index.keys[subject.key] + index.keys[""] > _MANY:
        return None
    if duplicate_of.fact(subject) or shadowed_by.fact(subject):
        return None
    one, comparison = index.tolerations[at], index.comparison
    own, rest = _of_its_key(subject, -1), _of_its_key(subject, at)
    for added in rest:
        if added.position < 0 and not toleration_cover.missed(one, added, comparison):
            changed = toleration_cover.changed(own, rest, comparison)
            return None if changed else f"{added.key}:{added.effect}"
    return None


def _of_its_key(subject: Subject, left_out: int) -> tuple[Toleration, ...]:
    """The tolerations that decide about taints of the site's key, without one of the manifest."""
    stated = subject.workload.tolerations
    left = [one for number, one in enumerate(stated) if number != left_out]
    kept = [one for one in left if text(one.get("key")) in ("", subject.key)]
    pod = {**subject.workload.pod, "tolerations": kept}
    found = tolerations.of(replace(subject.workload, pod=pod))
    return tuple(one for one in found if one.key in ("", subject.key))
