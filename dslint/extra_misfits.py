"""Judges objects of kinds that Kubernetes itself does not have, by the schemas given for them.

A document and schemas by kind come in, complaints go out, worded like those about Kubernetes' own
kinds. Raises InputError for a schema that is none.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dslint import extra_schemas, misfits
from dslint.extra_schemas import Extra, Schemas
from dslint.model import Complaint, Document, InputError, Path, format_path
from dslint.nearest import nearest
from dslint.sheet import Sheet
from dslint.workloads import mapping, objects

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_ALTERNATIVES = ("anyOf", "oneOf")
_FEW, _LONG = 12, 160


def judged(document: Document, schemas: Schemas) -> Document:
    """The document, with what is wrong with its objects beside its reader's complaints."""
    found = tuple(complaints(document, schemas)) if schemas else ()
    return replace(document, complaints=(*document.complaints, *found)) if found else document


def complaints(document: Document, schemas: Schemas) -> Iterator[Complaint]:
    """What is wrong with the objects of a document that there is a schema for."""
    for root, data in objects(document.data):
        extra = extra_schemas.of(schemas, data)
        if extra is None:
            continue
        sheet = Sheet({}, document, root, str(data.get("kind")), data)
        for error in _validator(extra).iter_errors(data):
            yield from _complaints(sheet, extra, error)


@functools.lru_cache(maxsize=1024)
def _validator(extra: Extra) -> Validator:
    """Raises InputError where the schema is none, or refers to another file."""
    import jsonschema_rs  # spares start-up: the dearest import of all

    try:
        return jsonschema_rs.validator_for(
            dict(extra.schema),
            pattern_options=jsonschema_rs.RegexOptions(),
            validate_formats=True,
            offline=True,
        )
    except ValueError as error:
        why = str(error).partition("\n")[0]
        fix = "correct it; a schema must stand alone, with no $ref to another file"
        raise InputError("holds a schema that is none", extra.file, why, fix) from error


def _complaints(sheet: Sheet, extra: Extra, error: ValidationError) -> Iterator[Complaint]:
    kind, path = error.kind.as_dict(), tuple(error.instance_path)
    if error.schema_path and error.schema_path[-1] == "additionalProperties":
        # Where a map may have no field at all, the error is about the value of one.
        unknown = kind.get("unexpected") or mapping(_at(sheet.data, path))
        for name in unknown:
            yield _unknown(sheet, _beside(extra, error), (*path, name))
    elif error.kind.name == "required":
        yield _missing(sheet, path, kind["property"])
    elif error.kind.name == "type" and path:
        yield misfits.wrong_type(sheet, {"type": kind["types"]}, error.instance, path)
    else:
        what = f"{misfits.called(path) if path else sheet.kind}: {_said(sheet, path, error)}"
        yield Complaint("DS199", sheet.full(path), what)


def _unknown(sheet: Sheet, fields: list[str], path: Path) -> Complaint:
    near = nearest(str(path[-1]), fields)
    listed = f"; known are {', '.join(sorted(fields))}" if 0 < len(fields) <= _FEW else ""
    return Complaint(
        "DS101",
        sheet.full(path),
        f'unknown field "{format_path(path)}"',
        key=True,
        fix=f"write {near}, if that is meant" if near else f"remove it{listed}",
        pruned=True,
    )


def _missing(sheet: Sheet, path: Path, name: str) -> Complaint:
    return Complaint(
        "DS103",
        sheet.full((*path, name)),
        f"{format_path((*path, name))} is missing",
        at=sheet.full(path),
        key=True,
        fix=f"add {name} to {format_path(path) or f'the {sheet.kind}'}",
    )


def _said(sheet: Sheet, path: Path, error: ValidationError) -> str:
    """What is wrong with a value of the right type."""
    if error.kind.name == "enum":
        given = error.kind.as_dict()["options"]
        options = ", ".join(_shown(option) for option in given if option is not None)
        return f"`{sheet.spelled(path, error.instance)}` is none of {options}"
    if error.kind.name in _ALTERNATIVES:
        return f"fits none of its schema's alternatives, or too many ({error.kind.name})"
    message = error.message
    return message if len(message) <= _LONG else f"{message[:_LONG]}..."


def _at(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            data = mapping(data).get(str(part))
    return data


def _shown(option: object) -> str:
    return option if isinstance(option, str) and option else json.dumps(option)


def _beside(extra: Extra, error: ValidationError) -> list[str]:
    """The fields that the struct around an unknown one has, as far as its schema says."""
    schema: object = extra.schema
    for part in error.schema_path[:-1]:
        if isinstance(schema, list) and isinstance(part, int):
            schema = schema[part]
        else:
            schema = mapping(schema).get(str(part))
    return [*mapping(mapping(schema).get("properties"))]
