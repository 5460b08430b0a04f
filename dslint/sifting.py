"""Sifts documents: those to judge, and what is passed over with the reason.

Documents and a target come in. Kinds of Kubernetes without a pod and foreign kinds are passed
over; a foreign kind that the user gave a schema for is judged by that. Raises InputError for a
file of schemas that cannot be used.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

from dslint import kinds, workloads
from dslint.manifests import Skip
from dslint.model import Document
from dslint.target import Target
from dslint.workloads import Object

_REASONS = {
    "known": "kind {kind} carries no pod",
    "foreign": "kind {kind} of {version} is not one of Kubernetes' own",
    "none": "neither apiVersion nor kind",
}

_Known = Callable[[Object], bool]
_Judge = Callable[[Document], Document]


def sift(
    documents: Iterable[Document], target: Target, schemas: Sequence[str] = ()
) -> tuple[tuple[Document, ...], tuple[Skip, ...]]:
    """The documents to judge, and each object that is passed over, in order.

    `schemas` are files and folders of schemas of kinds that are not Kubernetes' own.
    """
    known, judged = _foreign(schemas)
    kept: list[Document] = []
    skipped: list[Skip] = []
    for document in documents:
        passed = list(_passed_over(document, target, known))
        skipped += passed
        if not passed or len(passed) < sum(1 for _ in workloads.objects(document.data)):
            kept.append(judged(document))
    return tuple(kept), tuple(skipped)


def _foreign(paths: Sequence[str]) -> tuple[_Known, _Judge]:
    """Whether there is a schema for an object, and what judges a document by those there are."""
    if not paths:
        return lambda _: False, lambda document: document
    from dslint import extra_misfits, extra_schemas  # spares start-up: few give schemas

    schemas = extra_schemas.load(paths)
    judge = functools.partial(extra_misfits.judged, schemas=schemas)
    return lambda item: extra_schemas.of(schemas, item) is not None, judge


def _passed_over(document: Document, target: Target, known: _Known) -> Iterator[Skip]:
    """The objects of a document that are of no concern here: other kinds of Kubernetes, CRDs."""
    for root, item in workloads.objects(document.data):
        reason = _REASONS.get(kinds.status(item, target))
        if reason and not known(item):
            place = document.at(root)
            said = reason.format(kind=item.get("kind"), version=item.get("apiVersion"))
            yield f"{place.file}:{place.line}", said
