"""Reads the manifests of PATH arguments into documents, and says what is passed over and why.

A repository is full of YAML that is no manifest: in a searched folder a file whose text nowhere
says `apiVersion` is passed over, and so is what a kustomization lists as patches. A document with
neither apiVersion nor kind is passed over everywhere. What cannot be read is a sentence, never an
exception.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dslint import faults, intake, search, source
from dslint.model import Document
from dslint.search import File

Skip = tuple[str, str]
"""Where (`file` or `file:line`) and why something was passed over."""

_WORDS = tuple("apiVersion".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
PATCH_LISTS = ("patches", "patchesStrategicMerge", "patchesJson6902")


class Manifests(NamedTuple):
    """The documents to judge, in order; the number of files read for them; what was left out.

    `skipped` was passed over for a good reason, `unread` could not be judged (exit 2).
    """

    documents: tuple[Document, ...] = ()
    files: int = 0
    skipped: tuple[Skip, ...] = ()
    unread: tuple[str, ...] = ()


def load(paths: Sequence[str]) -> Manifests:
    """The manifests of files, folders, globs and `-` (stdin); of the current folder if none."""
    found = search.find(paths)
    patches = frozenset(_patches(found))
    parts = [_read(file, patches) for file in found]
    return Manifests(
        tuple(document for part in parts for document in part.documents),
        sum(part.files for part in parts),
        tuple(skip for part in parts for skip in part.skipped),
        tuple(sentence for part in parts for sentence in part.unread),
    )


def _read(file: File, patches: frozenset[str]) -> Manifests:
    """The manifests of one file."""
    if file.unread:
        return Manifests(unread=(file.unread,))
    if file.skipped:
        return Manifests(skipped=((file.path, file.skipped),))
    if not file.named and patches and os.path.realpath(file.path) in patches:
        return Manifests(skipped=((file.path, "a kustomization lists it as a patch"),))
    try:
        text = _bytes(file.path)
    except OSError as error:
        return Manifests(unread=(search.denied(file.path, error).unread,))
    if not file.named and not any(word in text for word in _WORDS):
        return Manifests(skipped=((file.path, "says apiVersion nowhere"),))
    documents = source.read(text, file.path)
    return Manifests(
        tuple(document for document in documents if not _is_foreign(document)),
        1,
        tuple(
            (f"{file.path}:{document.line}", "document with neither apiVersion nor kind")
            for document in documents
            if _is_foreign(document) and document.data is not None
        ),
    )


def _bytes(path: str) -> bytes:
    # one byte more than is read tells that there are too many
    return intake.content(path, faults.MAX_BYTES + 1)


def _is_foreign(document: Document) -> bool:
    """Whether a document is none of Kubernetes' (an empty one is not, and a broken one may be)."""
    if document.data is None:
        return not document.complaints
    return not (
        isinstance(document.data, dict)
        and ("apiVersion" in document.data or "kind" in document.data)
    )


def _patches(found: Iterable[File]) -> Iterator[str]:
    """The real paths of the files that the found kustomizations list as patches."""
    for file in found:
        if pathlib.PurePath(file.path).name not in search.KUSTOMIZATIONS or file.unread:
            continue
        try:
            documents = source.read(_bytes(file.path), file.path)
        except OSError:
            continue
        folder = pathlib.Path(file.path).parent
        for document in documents:
            for path in _listed(document.data):
                yield os.path.realpath(folder / path)


def _listed(kustomization: object) -> Iterator[str]:
    """The patch files that a kustomization names: `path: x.yaml`, or the name alone."""
    if not isinstance(kustomization, dict):
        return
    for entries in (kustomization.get(key) for key in PATCH_LISTS):
        for entry in entries if isinstance(entries, list) else ():
            path = entry.get("path") if isinstance(entry, dict) else entry
            if isinstance(path, str) and "\n" not in path:
                yield path
