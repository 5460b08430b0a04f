"""Whether the settings allow what a rule finds for this workload."""

from __future__ import annotations

import fnmatch

from dslint.subject import Subject

SETTINGS = ("allow",)


def fact(subject: Subject) -> bool:
    """Whether the setting `allow` names the workload: a namespace or `[Kind/[namespace/]]name`.

    Each entry may be a glob. An entry without a slash is the name of a namespace or of a workload.
    """
    allowed = subject.settings.get("allow")
    workload = subject.workload
    names = (workload.namespace, workload.name, f"{workload.kind}/{workload.name}", workload.id)
    return isinstance(allowed, list) and any(
        fnmatch.fnmatchcase(name, str(entry)) for entry in allowed for name in names
    )
