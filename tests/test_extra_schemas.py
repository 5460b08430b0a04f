"""Schemas of kinds that are not Kubernetes' own: what is found in files, and what they refuse."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable

import pytest
import yaml

from dslint import extra_misfits, extra_schemas, source
from dslint.model import InputError, format_path

Write = Callable[[str, str], pathlib.Path]

STRING = {"type": "string"}
OPEN = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
CHOICE = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
RANGE = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9}
EMBEDDED = {"type": "object", "x-kubernetes-embedded-resource": True, "properties": {}}
PORT = {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, STRING]}
TEXTS = {"type": "array", "items": STRING}
TEXT_SET = {**TEXTS, "x-kubernetes-list-type": "set"}
DEFAULT = {"type": "string", "enum": ["a"], "default": "a"}
EITHER = {
    "anyOf": [{"properties": {"a": {"items": {"pattern": "^x"}}}}],
    "not": {"required": ["b"]},
}


@pytest.fixture
def write(tmp_path: pathlib.Path) -> Write:
    def written(name: str, text: str) -> pathlib.Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def definition(spec: object, version: str = "v1", **more: object) -> dict[str, object]:
    """A CustomResourceDefinition of example.com/v1 Thing whose `spec` has this schema."""
    schema = {"openAPIV3Schema": {"type": "object", "properties": {"spec": spec}}}
    kept = {"name": "v1", "served": True, "schema": schema}
    unserved = {"name": "v0", "served": False, "schema": schema}
    return {
        "apiVersion": f"apiextensions.k8s.io/{version}",
        "kind": "CustomResourceDefinition",
        "spec": {
            "group": "example.com",
            "names": {"kind": "Thing"},
            "versions": [kept, unserved],
            **more,
        },
    }


def refused(path: pathlib.Path, text: str) -> list[tuple[str, str]]:
    """The ids and fields of what the schemas at a path say of a text."""
    schemas = extra_schemas.load([str(path)])
    return [
        (complaint.rule, format_path(complaint.path))
        for document in source.read(text, "-")
        for complaint in extra_misfits.judged(document, schemas).complaints
    ]


def thing(spec: str) -> str:
    return f"{{apiVersion: example.com/v1, kind: Thing, metadata: {{name: a}}, spec: {spec}}}"


# The schema of a field `a`, its value, and the id and field of what is wrong with it.
FIELDS = {
    "a string": (STRING, "x", None),
    "a boolean for a string": (STRING, "yes", ("DS004", "spec.a")),
    "a number for a string": (STRING, "1", ("DS005", "spec.a")),
    "null for a string": (STRING, "null", ("DS102", "spec.a")),
    "null where it may be": ({**STRING, "nullable": True}, "null", None),
    "null for a default": (DEFAULT, "null", None),
    "none of an enumeration": (DEFAULT, "b", ("DS199", "spec.a")),
    "a whole float": ({"type": "integer"}, "1.0", None),
    "an int32 too large": ({"type": "integer", "format": "int32"}, "1e10", ("DS199", "spec.a")),
    "a format of the server's alone": ({**STRING, "format": "uri"}, "/a", None),
    "a date": ({**STRING, "format": "date"}, '"2024-13-01"', ("DS199", "spec.a")),
    "above an exclusive minimum": (RANGE, "1", None),
    "an exclusive minimum": (RANGE, "0", ("DS199", "spec.a")),
    "a port by name": (PORT, "http", None),
    "a port of another type": (PORT, "true", ("DS102", "spec.a")),
    "a field of an open map": (OPEN, "{b: {c: 1}}", None),
    "a field of a closed map": ({"type": "object"}, "{b: 1}", ("DS101", "spec.a.b")),
    "a value of a map": (
        {"type": "object", "additionalProperties": STRING},
        "{b: 1}",
        ("DS005", "spec.a[b]"),
    ),
    "an item": (TEXTS, "[b, 1]", ("DS005", "spec.a[1]")),
    "an item twice": (TEXT_SET, "[b, b]", ("DS199", "spec.a")),
    "an object in it": (EMBEDDED, "{apiVersion: v1, kind: A, metadata: {name: a}}", None),
    "one of two": ({**OPEN, **CHOICE}, "{a: 1}", None),
    "neither of two": ({**OPEN, **CHOICE}, "{c: 1}", ("DS199", "spec.a")),
    "beside the structure": ({**OPEN, **EITHER}, "{a: [x], c: 1}", None),
    "against what stands beside it": ({**OPEN, **EITHER}, "{b: 1}", ("DS199", "spec.a")),
}


@pytest.mark.parametrize(("schema", "value", "wanted"), FIELDS.values(), ids=list(FIELDS))
def test_a_definition_judges_a_field(
    schema: dict[str, object], value: str, wanted: tuple[str, str] | None, write: Write
) -> None:
    crd = definition({"type": "object", "properties": {"a": schema}})
    found = refused(write("crd.yaml", yaml.safe_dump(crd)), thing(f"{{a: {value}}}"))
    shown = [(rule, path.replace("spec.a.b", "spec.a[b]")) for rule, path in found]
    expected = wanted and (wanted[0], wanted[1].replace("spec.a.b", "spec.a[b]"))
    assert shown == ([expected] if expected else [])


SPEC = {
    "type": "object",
    "required": ["size", "mode"],
    "properties": {"size": {"type": "integer"}, "mode": DEFAULT},
}


@pytest.mark.parametrize(
    ("crd", "wanted"),
    [
        (definition(SPEC), [("DS101", "spec.sise"), ("DS103", "spec.size")]),
        (definition(SPEC, preserveUnknownFields=True), [("DS103", "spec.size")]),
        (
            definition(SPEC, "v1beta1", preserveUnknownFields=False),
            [("DS101", "spec.sise"), ("DS103", "spec.size")],
        ),
        (definition(SPEC, "v1beta1"), [("DS103", "spec.size")]),
    ],
    ids=["v1", "v1 that keeps", "v1beta1 that drops", "v1beta1"],
)
def test_unknown_and_missing_fields(
    crd: dict[str, object], wanted: list[tuple[str, str]], write: Write
) -> None:
    found = refused(write("crd.yaml", yaml.safe_dump(crd)), thing("{sise: 1}"))
    assert sorted(found) == wanted


def test_what_was_meant_is_said(write: Write) -> None:
    path = write("crd.yaml", yaml.safe_dump(definition(SPEC)))
    schemas = extra_schemas.load([str(path)])
    document = source.read(thing("{size: 1, sise: 1, x: 1}"), "-")[0]
    fixes = [one.fix for one in extra_misfits.complaints(document, schemas)]
    assert fixes == ["write size, if that is meant", "remove it; known are mode, size"]


def test_a_list_gives_its_items(write: Write) -> None:
    listed = {"apiVersion": "v1", "kind": "List", "items": [definition(SPEC)]}
    path = write("crds.yaml", yaml.safe_dump(listed))
    text = f"{{apiVersion: v1, kind: List, items: [{thing('{}')}]}}"
    assert refused(path, text) == [("DS103", "items[0].spec.size")]


def test_a_definition_of_one_version_has_its_schema_beside_it(write: Write) -> None:
    crd = definition(SPEC, "v1beta1")
    spec = crd["spec"]
    assert isinstance(spec, dict)
    schema = spec.pop("versions")[0]["schema"]
    spec.update(version="v1", validation=schema)
    assert refused(write("a.yaml", yaml.safe_dump(crd)), thing("{}")) == [("DS103", "spec.size")]


NAME = {"group": "example.com", "version": "v1", "kind": "Thing"}
REQUIRED = {"type": "object", "required": ["spec"]}
FIXED = {"apiVersion": {"const": "example.com/v1"}, "kind": {"enum": ["Thing"]}}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("a.json", {**REQUIRED, "x-kubernetes-group-version-kind": [NAME]}),
        ("a.json", {**REQUIRED, "properties": FIXED}),
        ("example.com/thing_v1.json", {**REQUIRED, "properties": {}}),
        ("a.yaml", {**REQUIRED, "properties": FIXED}),
    ],
    ids=["told", "fixed", "by its path", "in YAML"],
)
def test_a_json_schema_is_for_a_kind(name: str, schema: dict[str, object], write: Write) -> None:
    path = write(name, json.dumps(schema))
    text = "{apiVersion: example.com/v1, kind: Thing}"
    assert refused(path, text) == [("DS103", "spec")]
    assert refused(path, "{apiVersion: example.com/v2, kind: Thing}") == []


def test_a_type_at_the_root_is_refused(write: Write) -> None:
    schema = {"type": "array", "x-kubernetes-group-version-kind": [NAME]}
    text = "{apiVersion: example.com/v1, kind: Thing}"
    assert refused(write("a.json", json.dumps(schema)), text) == [("DS199", "")]


def test_a_folder_gives_what_it_has(write: Write, tmp_path: pathlib.Path) -> None:
    write("a/crd.yaml", yaml.safe_dump(definition(SPEC)))
    write("a/values.yaml", "{{ nothing: ]")
    write("a/other.json", "[1]")
    write("Chart.yaml", "apiVersion: v2\nname: a\n")
    write("templates/crd.yaml", "kind: CustomResourceDefinition {{ .Values }}")
    assert list(extra_schemas.load([str(tmp_path)])) == [("example.com/v1", "thing")]
    assert extra_schemas.load(()) == {}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "a: 1", "holds neither a CustomResourceDefinition nor"),
        ("a.json", "{", "is no JSON"),
        ("a.yaml", "a: [", "cannot be read"),
        ("a.json", '{"x-kubernetes-group-version-kind": [{"kind": "B"}]}', ""),
    ],
    ids=["no schema", "broken JSON", "broken YAML", "of another kind"],
)
def test_what_cannot_be_used_is_an_error(name: str, text: str, said: str, write: Write) -> None:
    path = write(name, text)
    if not said:
        assert refused(path, thing("{}")) == []
        return
    with pytest.raises(InputError, match=said):
        refused(path, thing("{}"))


def test_a_missing_file_is_an_error(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        extra_schemas.load([str(tmp_path / "none.yaml")])


def test_a_file_that_never_ends_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dslint.faults.MAX_BYTES", 1000)
    with pytest.raises(InputError, match="/dev/zero: cannot be read: it has more than 1,000 b"):
        extra_schemas.load(["/dev/zero"])


@pytest.mark.parametrize("word", [{"type": "strin"}, {"$ref": "other.json#/a"}], ids=str)
def test_a_schema_that_is_none_is_an_error(word: dict[str, str], write: Write) -> None:
    path = write("a.json", json.dumps({"x-kubernetes-group-version-kind": [NAME], **word}))
    with pytest.raises(InputError, match="holds a schema that is none"):
        refused(path, thing("{}"))
