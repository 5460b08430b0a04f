"""Judges a document's shape: its kind, and whether every field is one that Kubernetes decodes.

A `Document` and a target come in, complaints go out: none where an API server decodes the document
and finds every field that it demands. Values that are of the right type and wrong all the same are
for checks/. The schemas are built by scripts/build_schemas.py; one is loaded when its kind is met.
"""

from __future__ import annotations

import functools
import itertools
import json
import pathlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from dslint import edits, gates, kinds, lists, misfits, workloads
from dslint.model import Complaint, Document, Path
from dslint.sheet import Schema, Sheet
from dslint.target import Target

_DATA = pathlib.Path(__file__).with_name("data")
# So many objects of a kind are held against its schema field by field: that is a quarter of a
# millisecond each, a validator takes five to build, and its library twenty to be imported.
_FEW = 24
# What the server decodes and, before 1.34, does not look at; so nothing is missing there.
# https://github.com/kubernetes/kubernetes/pull/131790
_UNSEEN: Mapping[str, tuple[Path, ...]] = {
    "StatefulSet": (("spec", "template", "spec"), ("spec", "volumeClaimTemplates"))
}
# Fields that the server drops before it validates, while their gate is off.
_GATED = {
    "clusterTrustBundle": "ClusterTrustBundleProjection",
    "podFailurePolicy": "JobPodFailurePolicy",
}


class Bundle(NamedTuple):
    """A version's definitions by name, and by `apiVersion kind` which of them is whose."""

    roots: Mapping[str, str]
    definitions: Mapping[str, Schema]


def complaints(document: Document, target: Target) -> Iterator[Complaint]:
    """What is wrong with the kind and the shape of each object of a document.

    Kinds without a pod template, and those of foreign API groups, are passed over in silence, as
    is a document with neither apiVersion nor kind.
    """
    yield from lists.complaints(document.data, target)
    for root, data in workloads.objects(document.data):
        named = kinds.read(data)
        if named is not data:
            yield from misfits.respelled(data, named, root)
        for complaint in kinds.complaints(named, target, root):
            yield _repairing(complaint, named, target) if complaint.rule == "DS104" else complaint
        found = kinds.status(named, target)
        if found == "workload":
            yield from shape(named, target, document, root)
        elif found == "partial":
            yield from misfits.header(named, document, root)


def shape(
    data: Mapping[str, object], target: Target, document: Document | None = None, root: Path = ()
) -> Iterator[Complaint]:
    """Unknown fields, wrong types and missing fields of a workload or Node that is served.

    `root` is its path in the document, which knows how a value is spelled; without a document it
    is spelled as JSON. An object of any other kind has no schema and gets no complaint.
    """
    unseen = () if target.at_least("1.34") else _UNSEEN.get(str(data.get("kind")), ())
    for complaint in _faults(data, target.kubernetes, document, root):
        path = complaint.path[len(root) :]
        if complaint.rule != "DS103" or not (
            _is_unseen(path, unseen) or _is_off(path, data, target)
        ):
            yield complaint


def _is_off(path: Path, data: Mapping[str, object], target: Target) -> bool:
    """Whether a field on the way, or a volume with an image, is dropped: its gate is off."""
    if any(part in path and not gates.enabled(target, gate) for part, gate in _GATED.items()):
        return True
    if "volumes" not in path or gates.enabled(target, "ImageVolume"):
        return False
    volume: Any = data
    for part in path[: path.index("volumes") + 2]:
        volume = volume[part]
    return isinstance(volume, dict) and volume.get("image") is not None


def _is_unseen(path: Path, unseen: tuple[Path, ...]) -> bool:
    """Whether the server never looks for what is missing there.

    Of the metadata in a template it looks at labels and annotations alone
    (`ValidatePodTemplateSpec`), not at owners.
    """
    if "ownerReferences" in path and path[0] != "metadata":
        return True
    return any(path[: len(part)] == part for part in unseen)


def _faults(
    data: Mapping[str, object], kubernetes: str, document: Document | None, root: Path
) -> Iterator[Complaint]:
    """Everything in which an object differs from the schema of its kind, if that has one."""
    found, name = bundle(kubernetes), f"{data.get('apiVersion')} {data.get('kind')}"
    if name not in found.roots:
        return
    often = next(_met(kubernetes, name)) >= _FEW
    if often and _accepts(kubernetes, name)(data):
        return
    sheet = Sheet(found.definitions, document, root, str(data.get("kind")), data)
    yield from misfits.misfits(sheet, found.definitions[found.roots[name]])


@functools.cache
def bundle(kubernetes: str) -> Bundle:
    """The schemas of a version, "1.36"."""
    packed = (_DATA / f"schemas-{kubernetes}.json.zlib").read_bytes()
    found = json.loads(zlib.decompress(packed))
    return Bundle(found["roots"], found["$defs"])


def _repairing(complaint: Complaint, data: Mapping[str, object], target: Target) -> Complaint:
    """DS104 with its edit, where the object has the shape that the newer apiVersion wants."""
    newer = kinds.successor(str(data.get("apiVersion")), str(data.get("kind")), target)
    name = f"{newer} {data.get('kind')}"
    if name not in bundle(target.kubernetes).roots:
        return complaint
    fits = not any(_faults({**data, "apiVersion": newer}, target.kubernetes, None, ()))
    return complaint._replace(edit=edits.replace(complaint.path, newer)) if fits else complaint


@functools.cache
def _met(_kubernetes: str, _name: str) -> Iterator[int]:
    """Counts the objects of a kind: it decides how they are judged, and never what is said."""
    return itertools.count()


@functools.cache
def _accepts(kubernetes: str, name: str) -> Callable[[object], bool]:
    """The validator of `apiVersion kind`: a valid manifest costs microseconds."""
    import jsonschema_rs  # spares start-up: the dearest import of all

    found = bundle(kubernetes)
    schema = {"$ref": f"#/$defs/{found.roots[name]}", "$defs": found.definitions}
    return jsonschema_rs.Draft202012Validator(
        schema, pattern_options=jsonschema_rs.RegexOptions(), offline=True
    ).is_valid
