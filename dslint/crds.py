"""Makes JSON Schemas of CustomResourceDefinitions, strict as an API server is by default.

A CustomResourceDefinition comes in, a JSON Schema (2020-12) for each version that it serves goes
out. What is no schema in it is passed over, and so are rules in CEL (`x-kubernetes-validations`).
Source: https://github.com/kubernetes/apiextensions-apiserver/tree/master/pkg/apiserver/schema
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from dslint.sheet import Schema
from dslint.workloads import Object, mapping, mappings, text

KIND = "CustomResourceDefinition"

_GROUP = "apiextensions.k8s.io/"
_PRESERVE = "x-kubernetes-preserve-unknown-fields"
_EVERY_OBJECT: Schema = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {"type": "object"},
}
# Those that JSON Schema and the server understand alike; the server passes over what it knows not.
_FORMATS = frozenset({"date", "date-time", "ipv4", "ipv6"})
_INT_OR_STRING = [{"type": "integer"}, {"type": "string"}]
_RANGES = {"int32": 1 << 31, "int64": 1 << 63}


def is_definition(data: Object) -> bool:
    """Whether an object is a CustomResourceDefinition."""
    return data.get("kind") == KIND and text(data.get("apiVersion")).startswith(_GROUP)


def schemas(definition: Object) -> Iterator[tuple[str, str, Schema]]:
    """The apiVersion, the kind and the schema of every version that is served and has one."""
    spec = mapping(definition.get("spec"))
    kind, group = text(mapping(spec.get("names")).get("kind")), text(spec.get("group"))
    for version in mappings(spec.get("versions")) or ({"name": spec.get("version")},):
        # v1beta1 has one schema for all of its versions.
        given = version.get("schema") or spec.get("validation")
        found = mapping(mapping(given).get("openAPIV3Schema"))
        if found and kind and version.get("served") is not False:
            yield f"{group}/{text(version.get('name'))}", kind, _root(found, _prunes(definition))


def _prunes(definition: Object) -> bool:
    """Whether unknown fields are dropped at all, as with v1 unless somebody says otherwise."""
    preserves = mapping(definition.get("spec")).get("preserveUnknownFields")
    return preserves is False or (
        preserves is None and definition.get("apiVersion") == f"{_GROUP}v1"
    )


def _root(schema: Schema, prunes: bool) -> Schema:
    found = dict(_strict(schema, prunes))
    fields = mapping(found.get("properties"))
    metadata = {**mapping(fields.get("metadata")), "type": "object", "additionalProperties": True}
    found["properties"] = {**fields, **_EVERY_OBJECT, "metadata": metadata}
    return found


def _strict(schema: Schema, prunes: bool) -> Schema:
    """A schema of which unknown fields are a fault, null is where the server takes it."""
    found = dict(_plain(schema))
    nested = functools.partial(_strict, prunes=prunes)
    fields = {name: nested(part) for name, part in _maps(schema.get("properties"))}
    if schema.get("x-kubernetes-embedded-resource"):
        fields = {**fields, **_EVERY_OBJECT}
    if fields:
        found["properties"] = fields
    if schema.get("x-kubernetes-int-or-string"):
        found["type"] = ["integer", "string"]
        if found.get("anyOf") == _INT_OR_STRING:
            del found["anyOf"]
    if isinstance(schema.get("additionalProperties"), dict):
        found["additionalProperties"] = nested(schema["additionalProperties"])
    elif found.get("type") == "object" and "additionalProperties" not in schema:
        found["additionalProperties"] = not prunes or bool(schema.get(_PRESERVE))
    if isinstance(schema.get("items"), dict):
        found["items"] = nested(schema["items"])
    return _nullable(found)


def _nullable(schema: dict[str, Any]) -> Schema:
    """Null is dropped for a default, and kept where the field is nullable."""
    if not (schema.get("nullable") or "default" in schema) or "type" not in schema:
        return schema
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    schema["type"] = [*types, "null"]
    if isinstance(schema.get("enum"), list):
        schema["enum"] = [*schema["enum"], None]
    return schema


def _plain(schema: Schema) -> Schema:
    """The words of OpenAPI 3.0 as JSON Schema has them, without fields that get a default."""
    found = dict(schema)
    for bound, edge in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if found.pop(bound, False) is True and edge in found:
            found[bound] = found.pop(edge)
    form = found.pop("format", None)
    if form in _FORMATS:
        found["format"] = form
    elif form in _RANGES and found.get("type") == "integer":
        found = {"minimum": -_RANGES[form], "maximum": _RANGES[form] - 1, **found}
    if found.get("x-kubernetes-list-type") == "set":
        found["uniqueItems"] = True
    fields = mapping(schema.get("properties"))
    required = [
        name for name in _list(found.get("required")) if "default" not in mapping(fields.get(name))
    ]
    found.pop("required", None)
    if required:
        found["required"] = required
    for word in ("allOf", "anyOf", "oneOf"):
        if word in found:
            found[word] = [_value(part) for part in mappings(found[word])]
    if "not" in found:
        found["not"] = _value(mapping(found["not"]))
    return found


def _value(schema: Schema) -> Schema:
    """A schema beside the structure: it says what values may be, never which fields there are."""
    found = dict(_plain(schema))
    if "properties" in schema:
        found["properties"] = {name: _value(part) for name, part in _maps(schema["properties"])}
    if isinstance(schema.get("items"), dict):
        found["items"] = _value(schema["items"])
    return found


def _maps(schemas: object) -> Iterator[tuple[str, Schema]]:
    for name, part in mapping(schemas).items():
        yield name, mapping(part)


def _list(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
