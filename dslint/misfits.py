"""Explains why an object does not fit its schema: every fault once, at its field, with its repair.

An object that the validator refused and its schema (as scripts/build_schemas.py makes it) come in;
unknown fields, wrong types and missing fields go out as complaints. The wording follows what a
person wrote: a value is spelled as it stands in the source.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from dslint import spelling, strays
from dslint.edits import pointer, replace
from dslint.model import Complaint, Document, Path, format_path
from dslint.nearest import slip
from dslint.sheet import Schema, Sheet

# The smallest int64, and the smallest float that int64 holds: the one below it stands in JSON as
# -9223372036854776000. Schemas have the latter.
_INTEGERS, _FLOATS = -(1 << 63), 1024 - (1 << 63)
_NAME: Schema = {"type": ["string", "null"]}
_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "object": "a map",
    "array": "a list",
    "null": "null",
}


def misfits(sheet: Sheet, schema: Schema) -> Iterator[Complaint]:
    """Every fault of the sheet's object against the schema of its kind, in the object's order."""
    yield from _value(sheet, schema, sheet.data, ())


def header(
    data: Mapping[str, object], document: Document | None, root: Path
) -> Iterator[Complaint]:
    """What is wrong with an apiVersion and kind of another type than string."""
    sheet = Sheet({}, document, root, "", data)
    for name in ("apiVersion", "kind"):
        if name in data:
            yield from _value(sheet, _NAME, data[name], (name,))


def respelled(
    data: Mapping[str, object], named: Mapping[str, object], root: Path
) -> Iterator[Complaint]:
    """The fields that `kinds.read` took for apiVersion or kind, as the unknown fields they are."""
    for wrong in data:
        if wrong not in named:
            right = next(name for name in named if name.lower() == wrong.lower())
            move = {
                "op": "move",
                "from": pointer((*root, wrong)),
                "path": pointer((*root, right)),
            }
            yield Complaint(
                "DS101",
                (*root, wrong),
                f'unknown field "{wrong}"',
                key=True,
                fix=f"write {right}",
                edit=(move,),
            )


def _value(sheet: Sheet, schema: Schema, value: object, path: Path) -> Iterator[Complaint]:
    """The faults of one value and of everything in it."""
    schema = sheet.resolved(schema)
    wanted = schema.get("type")
    if wanted is None or value is None:
        return
    found = _type(value)
    if found not in wanted and not (found == "integer" and "number" in wanted):
        yield wrong_type(sheet, schema, value, path)
    elif isinstance(value, dict):
        yield from _map(sheet, schema, value, path)
    elif isinstance(value, list):
        yield from _list(sheet, schema, value, path)
    elif isinstance(value, int | float):
        yield from _number(sheet, schema, value, path)
    elif isinstance(value, str) and not re.fullmatch(
        schema.get("pattern", ".*"), value, re.DOTALL
    ):
        what = f"`{value}` is no {schema['title']}"
        yield _complaint(sheet, "DS102", path, what, f"write it as {schema['examples'][0]}")


def _type(value: object) -> str:
    """The type of a value as JSON Schema names it; a float without a fraction is an integer.

    1.0 and 1e3 are written as 1 and 1000 when the API server makes JSON of YAML:
    kubernetes-sigs/yaml, yaml.go
    """
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "integer" if math.isfinite(value) and value.is_integer() else "number"
    names = ((int, "integer"), (str, "string"), (list, "array"), (dict, "object"))
    return next((name for kind, name in names if isinstance(value, kind)), "null")


def _list(sheet: Sheet, schema: Schema, value: list[object], path: Path) -> Iterator[Complaint]:
    items = schema.get("items", {})
    for index, item in enumerate(value):
        # null in a list of structs is a struct of which every field is missing.
        hole = item is None and "null" not in items.get("type", ["null"])
        yield from _value(sheet, items, {} if hole else item, (*path, index))


def _number(sheet: Sheet, schema: Schema, value: float, path: Path) -> Iterator[Complaint]:
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    if low == _FLOATS and isinstance(value, int):
        low = _INTEGERS
    spelled = sheet.spelled(path, value)
    if not math.isfinite(value):
        what = f"`{spelled}` is no finite number, and JSON has no other"
        yield _complaint(sheet, "DS102", path, what, "write a number")
    elif not low <= value <= high:
        what = f"`{spelled}` does not fit a {64 if high > 1 << 32 else 32}-bit integer"
        yield _complaint(sheet, "DS102", path, what, f"write a number from {low} to {high}")


def _map(
    sheet: Sheet, schema: Schema, value: dict[str, object], path: Path
) -> Iterator[Complaint]:
    """The faults of a struct's fields, or of a map's values where the keys are free."""
    if "properties" not in schema:
        for key, item in value.items():
            yield from _value(sheet, schema.get("additionalProperties") or {}, item, (*path, key))
        return
    fields: Mapping[str, Schema] = schema["properties"]
    meant = {slip(name, fields) for name in value if name not in fields}
    for name, item in value.items():
        if name in fields:
            yield from _value(sheet, fields[name], item, (*path, name))
        else:
            yield strays.complaint(sheet, fields, (*path, name))
    for name in schema.get("required", ()):
        if value.get(name) is None and name not in meant:
            yield from _missing(sheet, schema, name, path, path)


def _missing(sheet: Sheet, schema: Schema, name: str, path: Path, at: Path) -> Iterator[Complaint]:
    """DS103 for a missing field, or for what is missing in it where it is no pointer in Go.

    `at` is the innermost map that is there.
    """
    inner = sheet.resolved(schema["properties"][name])
    if name in schema.get("x-embedded", ()):
        for part in inner.get("required", ()):
            yield from _missing(sheet, inner, part, (*path, name), at)
        return
    field = (*path, name)
    named = (*path, *schema.get("x-named", {}).get(name, (name,)))
    yield Complaint(
        "DS103",
        (*sheet.root, *named),
        f"{format_path(field)} is missing",
        at=(*sheet.root, *at),
        key=True,
        fix=f"add {name} to {format_path(path) or f'the {sheet.kind}'}",
    )


def wrong_type(sheet: Sheet, schema: Schema, value: object, path: Path) -> Complaint:
    """DS004 and DS005 where quotes are what is missing, DS102 for every other wrong type.

    `type` of the schema is a list of the names of JSON Schema.
    """
    found, wanted = _type(value), [name for name in schema["type"] if name != "null"]
    expected = " or ".join(_TYPES[name] for name in wanted)
    if value is None or isinstance(value, dict | list):
        what = f"{called(path)} is {_TYPES[found]}; {expected} is wanted"
        return _complaint(sheet, "DS102", path, what, f"write {expected}")
    spelled = sheet.spelled(path, value)
    what = f"{called(path)} is `{spelled}`, {_TYPES[found]}; {expected} is wanted"
    if wanted == ["string"] and "pattern" not in schema:
        rule = "DS004" if found == "boolean" else "DS005"
        fix = f'quote it: "{spelled}"'
        return _complaint(sheet, rule, path, what, fix, replace((*sheet.root, *path), spelled))
    meant = spelling.unquoted(value, wanted)
    if meant is not None:
        edit = replace((*sheet.root, *path), meant)
        return _complaint(sheet, "DS102", path, what, f"remove the quotes: {spelled}", edit)
    fix = f"write it as a list: [{spelled}]" if wanted == ["array"] else f"write {expected}"
    return _complaint(sheet, "DS102", path, what, fix)


def called(path: Path) -> str:
    """What a sentence calls the field at a path: its last key, with an index if it is an item."""
    return f"{path[-2]}[{path[-1]}]" if isinstance(path[-1], int) and path[1:] else str(path[-1])


def _complaint(
    sheet: Sheet,
    rule: str,
    path: Path,
    what: str,
    fix: str,
    edit: tuple[dict[str, object], ...] | None = None,
) -> Complaint:
    return Complaint(rule, (*sheet.root, *path), what, fix=fix, edit=edit)
