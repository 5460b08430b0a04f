"""The toleration that says the same, further up in the list."""

from __future__ import annotations

from dslint.subject import Subject


def fact(subject: Subject) -> dict[str, str] | None:
    """`by`, the first toleration before this one that tolerates the same taints, as long as it.

    As `tolerations[0] (dedicated (Exists))`; `this` is this one in short. Null where there is
    none, and for a pod that a controller made, which has what that added.
    """
    if not subject.may_overlap:
        return None
    first = subject.toleration_index.duplicate(subject.site.index)
    if first is None:
        return None
    own = subject.tolerations
    return {"by": own[first].told, "this": str(own[subject.site.index])}
