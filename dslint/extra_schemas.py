"""Reads the schemas of kinds that Kubernetes itself does not have.

Files and folders of CustomResourceDefinitions and JSON Schemas come in, schemas by kind go out.
Raises InputError for a file that cannot be read, and for paths that hold no schema.
"""

from __future__ import annotations

import itertools
import json
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dslint import crds, faults, intake, search, source
from dslint.model import InputError
from dslint.search import File
from dslint.sheet import Schema
from dslint.workloads import Object, mapping, mappings, objects, text

_OPTION = "--schema"
_NAMES = "x-kubernetes-group-version-kind"
_SIGNS = ("$schema", "properties", _NAMES)


@dataclass(frozen=True, slots=True, eq=False)
class Extra:
    """The JSON Schema of a kind, and the file that it is from; one equals only itself."""

    schema: Schema
    file: str


Schemas = Mapping[tuple[str, str], Extra]
"""Schemas by apiVersion and by kind in lower case: files of schemas are named so."""


def load(paths: Sequence[str]) -> Schemas:
    """The schemas of files, folders and globs; where two are of one kind, the later counts."""
    if not paths:
        return {}
    found = {
        (version, kind.lower()): Extra(schema, file.path)
        for file in search.find(paths)
        for version, kind, schema in _read(file)
    }
    if not found:
        what = "neither a CustomResourceDefinition nor a JSON Schema of a Kubernetes kind"
        raise InputError(
            f"{', '.join(paths)} holds {what}",
            _OPTION,
            "a kind is known by its definition, by x-kubernetes-group-version-kind, or by a path"
            " like example.com/thing_v1.json",
            "name a file or folder that has one",
        )
    return found


def of(schemas: Schemas, data: Object) -> Extra | None:
    """The schema of an object's kind."""
    return schemas.get((text(data.get("apiVersion")), text(data.get("kind")).lower()))


def _read(file: File) -> Iterator[tuple[str, str, Schema]]:
    """The apiVersion, kind and schema of everything in a file that has one."""
    if file.unread:
        raise InputError(file.unread.partition(": ")[2], file.path, "", "name what can be read")
    if file.skipped:
        return
    for data in _contents(file):
        if any(sign in data for sign in _SIGNS) and "apiVersion" not in data:
            for version, kind in _named(data, pathlib.PurePath(file.path)):
                yield version, kind, data
        for _, item in objects(data):
            if crds.is_definition(item):
                yield from crds.schemas(item)


def _contents(file: File) -> Iterator[Object]:
    """The maps that are a file's documents."""
    try:
        raw = intake.whole(file.path, faults.MAX_BYTES)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        fix = "name files and folders of schemas that can be read"
        raise InputError(f"cannot be read: {why}", file.path, "", fix) from error
    if file.path.endswith(".json"):
        try:
            yield mapping(json.loads(raw))
        except (ValueError, RecursionError) as error:
            raise InputError("is no JSON", file.path, str(error), "correct or leave it") from error
        return
    if not file.named and crds.KIND.encode() not in raw:
        return
    for document in source.read(raw, file.path):
        if document.data is None and document.complaints:
            said = document.complaints[0]
            line, _ = said.mark or (document.line, 1)
            raise InputError("cannot be read", f"{file.path}:{line}", said.what, said.fix or "")
        yield mapping(document.data)


def _named(schema: Schema, path: pathlib.PurePath) -> Iterator[tuple[str, str]]:
    """The apiVersion and kind that a JSON Schema is for: it says them, or else its path does.

    The path is as in https://github.com/datreeio/CRDs-catalog: `group/kind_version.json`.
    """
    told = mappings(schema.get(_NAMES))
    for name in told:
        group, version = text(name.get("group")), text(name.get("version"))
        yield f"{group}/{version}".removeprefix("/"), text(name.get("kind"))
    fields = mapping(schema.get("properties"))
    pairs = [*itertools.product(_values(fields, "apiVersion"), _values(fields, "kind"))]
    yield from pairs
    kind, _, version = path.stem.rpartition("_")
    if not told and not pairs and kind and "." in path.parent.name:
        yield f"{path.parent.name}/{version}", kind


def _values(fields: Object, name: str) -> list[str]:
    """What a schema lets a field be: its `const`, or its `enum`."""
    field = mapping(fields.get(name))
    given = field.get("enum")
    listed = given if isinstance(given, list) else [field.get("const")]
    return [value for value in listed if isinstance(value, str)]
