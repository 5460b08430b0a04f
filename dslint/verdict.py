"""What an API server says of a document: the reader, the schema and the checks, each fault once.

A document and a target come in, complaints with paths from the document's root go out. No rule is
asked and nothing raises.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator

from dslint import discover, edits, kinds, schema, workloads
from dslint.model import Complaint, Document, Path
from dslint.target import Target
from dslint.workloads import Workload

Check = Callable[[Workload, Target], Iterator[Complaint]]

# The more general of two ids for one field, the most general first.
_GENERAL = ("DS199", "DS102", "DS101", "DS103")
WRONG_TYPE = frozenset({"DS004", "DS005", "DS102"})
"""What says that a value is of another type than its field: the server looks at it no further."""

_QUANTITY = "DS109"  # of text that is no quantity the schema has only a pattern

# What refuses nothing, and so silences nothing that does.
_NOTES = frozenset({"DS008", "DS009", "DS011", "DS013", "DS105"})


def complaints(document: Document, target: Target) -> list[Complaint]:
    """What is wrong with a document that is meant for Kubernetes."""
    return _distinct(_complaints(document, target))


def of_no_object(document: Document, target: Target) -> Iterator[Complaint]:
    """What an API server says of what has neither apiVersion nor kind."""
    if document.data is not None and kinds.status(document.data, target) == "none":
        yield kinds.NEITHER


def _complaints(document: Document, target: Target) -> Iterator[Complaint]:
    """What is wrong with the document itself: reader, schema, then the checks of each workload."""
    yield from document.complaints
    if document.data is None:
        return
    misfits = tuple(schema.complaints(document, target))
    yield from misfits
    wrong = {complaint.path for complaint in misfits if complaint.rule in WRONG_TYPE}
    for complaint in _of_checks(document, target):
        if complaint.path not in wrong or complaint.rule == _QUANTITY:
            yield complaint


def _of_checks(document: Document, target: Target) -> Iterator[Complaint]:
    """What the checks that a workload's fields concern say of each."""
    for workload in workloads.of(document):
        for check in _concerned(workloads.fields(workload)):
            for complaint in check(workload, target):
                yield _from_root(complaint, workload.root)


@functools.lru_cache(maxsize=256)  # manifests resemble each other
def _concerned(fields: frozenset[str]) -> tuple[Check, ...]:
    """The checks that can have something to say of a workload with those fields."""
    return tuple(
        check.complaints
        for check in discover.modules("checks")
        if not check.FIELDS or not fields.isdisjoint(check.FIELDS)
    )


def _from_root(complaint: Complaint, root: Path) -> Complaint:
    """A check's complaint, whose paths start at the manifest, as one of the document."""
    if not root:
        return complaint
    at = None if complaint.at is None else (*root, *complaint.at)
    edit = None if complaint.edit is None else edits.below(root, complaint.edit)
    return complaint._replace(path=(*root, *complaint.path), at=at, edit=edit)


def _distinct(said: Iterable[Complaint]) -> list[Complaint]:
    """Each fault once, under the most specific of the ids that were given for one field."""
    kept: dict[tuple[Path, str, str], Complaint] = {}
    for complaint in said:
        kept.setdefault((complaint.path, complaint.rule, complaint.what), complaint)
    best: dict[Path, int] = {}
    for complaint in kept.values():
        if complaint.rule in _NOTES or complaint.severity == "warning":
            continue
        best[complaint.path] = max(best.get(complaint.path, 0), _rank(complaint))
    return [
        one for one in kept.values() if _rank(one) == len(_GENERAL) or _rank(one) == best[one.path]
    ]


def _rank(complaint: Complaint) -> int:
    return _GENERAL.index(complaint.rule) if complaint.rule in _GENERAL else len(_GENERAL)
