"""The repair that asks for a node's name as the field it is."""

from __future__ import annotations

from dslint.subject import Subject
from dslint.workloads import texts


def fact(subject: Subject) -> list[dict[str, object]] | None:
    """A JSON Patch from a requirement that moves it to its term's matchFields.

    Null where that would be refused: match fields know In and NotIn, each with one value.
    """
    values = texts(subject.value.get("values"))
    if (
        subject.site.entry
        or subject.value.get("operator") not in ("In", "NotIn")
        or len(values) != 1
    ):
        return None
    alone = len(subject.site.siblings) == 1
    return [
        {"op": "remove", "path": "/.." if alone else ""},
        {"op": "add", "path": "/../../matchFields", "value": [dict(subject.value)]},
    ]
