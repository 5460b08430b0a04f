"""Reads rule files and checks them: what could mislead is refused before it judges anything.

A folder or a document of a rule file comes in, a `Rule` goes out. Whatever is wrong (an unknown
key, a schema that is none, an unknown fact, site, kind or name in a template, an id that exists)
is an `InputError` with file, line and column and, for a name, the nearest right one.
"""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn

from dslint import discover, nearest, source, templates
from dslint.model import Document, InputError, Path
from dslint.rule import Rule, compiled, made
from dslint.sites import KINDS, OF_INVENTORY
from dslint.workloads import POD_PATHS, mapping

if TYPE_CHECKING:
    import jsonschema_rs

SCHEMA = pathlib.Path(__file__).parent / "data" / "rule.schema.json"
MARK = "# here"
_SCOPE = ("self", "facts", "item", "workload", "pod", "settings", "kubernetes")
_RENAMED = {"for": "items", "raise": "raises"}
_KEYWORDS = frozenset(
    "$schema $id $ref $defs $comment $anchor $dynamicRef $dynamicAnchor title description default"
    " deprecated examples type enum const not if then else allOf anyOf oneOf properties"
    " patternProperties additionalProperties propertyNames required dependentRequired"
    " dependentSchemas minProperties maxProperties unevaluatedProperties items prefixItems"
    " unevaluatedItems contains minContains maxContains minItems maxItems uniqueItems pattern"
    " minLength maxLength format minimum maximum exclusiveMinimum exclusiveMaximum"
    " multipleOf".split()
)
_OF_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_OF_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_OF_ONE = frozenset(
    "not if then else additionalProperties propertyNames unevaluatedProperties items"
    " unevaluatedItems contains".split()
)


def read_folder(folder: pathlib.Path, known: Mapping[str, Rule]) -> Iterator[Rule]:
    """The rules of every *.yaml and *.yml below a folder, in the order of their paths.

    `known` holds the rules that exist already. Raises InputError for a folder that cannot be read
    or that holds no rule file, and whatever `parse` raises.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", "--rules", "", "name a folder of rule files")
    paths = sorted(path for path in folder.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise InputError("no rule file (*.yaml) in it", str(folder), "", "one rule is one file")
    seen = dict(known)
    for path in paths:
        for document in source.read(_content(path), str(path)):
            rule = parse(document, seen)
            seen[rule.id] = rule
            yield rule


def _content(path: pathlib.Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def parse(document: Document, known: Mapping[str, Rule]) -> Rule:
    """The rule of one document of a rule file. Raises InputError for anything wrong with it."""
    for complaint in document.complaints:
        if complaint.rule != "DS011":
            place = document.at(complaint.path, complaint.key)
            line, column = complaint.mark or (place.line, place.column)
            raise InputError(
                complaint.what, f"{document.file}:{line}:{column}", complaint.why or ""
            )
    data = document.data
    if not isinstance(data, dict):
        _refuse(document, (), "a rule file is a map of keys", "see `dslint rules DS216`")
    _check_shape(document, data)
    _check_identity(document, data, known)
    _check_judgement(document, data)
    _check_words(document, data)
    each = data.get("each", [])
    renamed: dict[str, object] = {
        _RENAMED.get(str(key), str(key)): value for key, value in data.items()
    }
    renamed["each"] = [each] if isinstance(each, str) else each
    renamed["source"] = f"{document.file}:{document.line}"
    return made(renamed)


def _refuse(
    document: Document, path: Path, what: str, fix: str = "", key: bool = False
) -> NoReturn:
    place = document.at(path, key)
    raise InputError(what, f"{place.file}:{place.line}:{place.column}", "", fix)


def _check_name(
    document: Document, path: Path, name: str, known: Iterable[str], noun: str, key: bool = False
) -> None:
    """Refuses a name that is not among the known ones, with the nearest of them."""
    choice = sorted(known)
    if name not in choice:
        near = nearest.nearest(name, choice)
        fix = f"did you mean {near}?" if near else f"use one of {', '.join(choice)}"
        _refuse(document, path, f"there is no {noun} {name}", fix, key)


@functools.cache
def _own_schema() -> dict[str, object]:
    found: dict[str, object] = json.loads(SCHEMA.read_bytes())
    return found


@functools.cache
def _own_validator() -> jsonschema_rs.Validator:
    import jsonschema_rs  # spares start-up: the dearest import of all

    return jsonschema_rs.Draft202012Validator(_own_schema())


def _check_shape(document: Document, data: Mapping[str, object]) -> None:
    properties = _own_schema()["properties"]
    for key in data:
        _check_name(document, (key,), key, mapping(properties), "key", key=True)
    for each in _listed(data.get("each")):
        _check_name(document, ("each",), str(each), KINDS, "site")
    for error in _own_validator().iter_errors(data):
        path = tuple(error.instance_path)
        missing = getattr(error.kind, "property", None) if not path else None
        what = f"{'.'.join(map(str, path)) or 'the rule'}: {error.message}"
        _refuse(document, path, f"there is no {missing}" if missing else what, "", key=bool(path))


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _check_identity(
    document: Document, data: Mapping[str, object], known: Mapping[str, Rule]
) -> None:
    name = str(data["id"])
    if name in known:
        fix = "give this rule an id of its own"
        _refuse(document, ("id",), f"{name} exists: {known[name].source}", fix)
    judged = "judged" in data
    if judged == any(key in data for key in ("holds", "facts", "for")):
        what = "a rule is judged by `holds`, `facts` or `for`, or in Python (`judged`)"
        _refuse(document, ("judged",) if judged else (), what)
    if not judged and "each" not in data:
        _refuse(document, (), "there is no each", "name the site that one judgement is about")
    if judged:
        return
    for path in (
        ("kinds",),
        *(("raise", i, "kinds") for i in range(len(_listed(data.get("raise"))))),
    ):
        for index, kind in enumerate(_listed(_at(data, path))):
            _check_name(document, (*path, index), str(kind), POD_PATHS, "kind of workload")
    if set(OF_INVENTORY) & set(map(str, _listed(data["each"]))) and not data.get(
        "needs_inventory"
    ):
        _refuse(document, ("each",), "that site needs an inventory", "add needs_inventory: true")


def _at(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def _check_judgement(document: Document, data: Mapping[str, object]) -> None:
    """Refuses a schema that is none, and a fact that nobody knows."""
    for path in _schemas(data):
        _check_schema(document, path, _at(data, path))
    facts = discover.names("facts")
    named = [(path, path[-1]) for path in _schemas(data) if "facts" in path[:-1]]
    named += [(("for",), str(data["for"]))] if "for" in data else []
    edit = data.get("edit")
    named += [(("edit", "fact"), str(edit["fact"]))] if isinstance(edit, dict) else []
    for path, name in named:
        _check_name(document, path, str(name), facts, "fact", key=len(path) != 1)
        module = discover.module("facts", str(name))
        if getattr(module, "NEEDS_INVENTORY", False) and not data.get("needs_inventory"):
            fix = "add needs_inventory: true"
            _refuse(document, path, f"the fact {name} needs an inventory", fix, key=True)


def _schemas(data: Mapping[str, object]) -> list[Path]:
    """Where the schemas of a rule file stand."""
    owners: list[Path] = [()]
    owners += [("raise", index) for index in range(len(_listed(data.get("raise"))))]
    found: list[Path] = [("holds",)] if "holds" in data else []
    for owner in owners:
        for group in ("where", "facts"):
            schemas = _at(data, (*owner, group))
            found += (
                [(*owner, group, name) for name in schemas] if isinstance(schemas, dict) else []
            )
    return found


def _check_schema(document: Document, path: Path, schema: object) -> None:
    for inner, keyword in _keywords(schema):
        _check_name(document, (*path, *inner, keyword), keyword, _KEYWORDS, "keyword", key=True)
    try:
        compiled(schema)
    except ValueError as error:
        what = f"{'.'.join(map(str, path))} is no JSON Schema: {str(error).splitlines()[0]}"
        inner = getattr(error, "instance_path", ())
        _refuse(document, (*path, *inner), what, "the dialect is 2020-12", key=True)


def _keywords(schema: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every keyword of a schema and of those within it, with the path of the schema it is in."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        yield path, keyword
        here = (*path, keyword)
        if keyword in _OF_ONE:
            yield from _keywords(value, here)
        elif keyword in _OF_MANY and isinstance(value, list):
            for index, item in enumerate(value):
                yield from _keywords(item, (*here, index))
        elif keyword in _OF_NAMED and isinstance(value, dict):
            for name, item in value.items():
                yield from _keywords(item, (*here, name))


def _check_words(document: Document, data: Mapping[str, object]) -> None:
    """Refuses a template that names what is not there, and examples that prove nothing."""
    for path, template in _templates(data):
        facts = {**mapping(data.get("facts")), **mapping(_at(data, (*path[:-1], "facts")))}
        for name in templates.names(template):
            _check_name(document, path, name[0], _SCOPE, "part of a message")
            if name[0] == "facts" and len(name) > 1:
                _check_name(document, path, name[1], facts, "fact that this rule asks for,")
    if data.get("judged"):
        return
    for index, example in enumerate(_listed(data["bad"])):
        # the mark stands in the manifest, or in the nodes where the rule judges these
        parts = tuple(example.values()) if isinstance(example, dict) else (example,)
        if not any(MARK in str(part) for part in parts):
            what = f"this example says nowhere `{MARK}`, so it proves nothing"
            _refuse(
                document, ("bad", index), what, "end the line that the finding points at with it"
            )


def _templates(data: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    for key in ("message", "fix"):
        if key in data:
            yield (key,), str(data[key])
    for index, entry in enumerate(_listed(data.get("raise"))):
        if isinstance(entry, dict) and "message" in entry:
            yield ("raise", index, "message"), str(entry["message"])
