"""Why the number that Gt or Lt compares with cannot be read."""

from __future__ import annotations

from dslint import syntax, value_sets
from dslint.subject import Subject
from dslint.workloads import texts


def fact(subject: Subject) -> str | None:
    """Why a requirement with Gt or Lt cannot be parsed: `"many" is no integer of 64 bits`.

    Null where it can, and where the API server refuses it: for another count of values than one,
    and since Kubernetes 1.33 in required terms for what is no label value (`-1`).
    """
    values = texts(subject.value.get("values"))
    if subject.value.get("operator") not in ("Gt", "Lt") or len(values) != 1:
        return None
    if syntax.label_value(values[0]) is None:
        no_integer = value_sets.go_integer(values[0]) is None
        return f'"{values[0]}" is no integer of 64 bits' if no_integer else None
    refused = subject.site.kind == "requirement" and subject.target.at_least("1.33")
    return None if refused else f'"{values[0]}" is no label value'
