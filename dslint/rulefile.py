"""Reads rule files and checks them: what could mislead is refused before it judges anything.

A folder or a document of a rule file comes in, a `Rule` goes out. Whatever is wrong (an unknown
key, a schema that is none, an unknown fact, site, kind or name in a template, an id that exists)
is an `InputError` with file, line and column and, for a name, the nearest right one.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping

from dslint import discover, faults, intake, nearest, rule_shape, rule_words, source
from dslint.model import Document, InputError, Path
from dslint.rule import Rule, compiled, made
from dslint.rule_shape import at, check_name, listed, refuse
from dslint.sites import KINDS, OF_INVENTORY
from dslint.target import NEWEST, VERSIONS
from dslint.workloads import POD_PATHS, mapping

_FIX = "mend the text there"
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
    seen = dict(known)
    for path in _files(folder):
        documents = source.read(_content(path), str(path))
        if not documents:
            raise InputError("no rule in it", f"{path}:1:1", "", "write one, or remove the file")
        for document in documents:
            rule = parse(document, seen)
            seen[rule.id] = rule
            yield rule


def _files(folder: pathlib.Path) -> list[pathlib.Path]:
    try:
        if not folder.is_dir():
            raise InputError(
                f"{folder} is no folder", "--rules", "", "name a folder of rule files"
            )
        paths = sorted(_below(folder))
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not paths:
        raise InputError("no rule file (*.yaml) in it", str(folder), "", "one rule is one file")
    return paths


def _below(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    # not by glob, which passes over a folder that may not be read
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)
        elif entry.suffix in (".yaml", ".yml"):
            yield entry


def _unreadable(path: pathlib.Path, error: OSError) -> InputError:
    return InputError(f"cannot be read: {error.strerror}", str(path), "", "name one that can be")


def _content(path: pathlib.Path) -> bytes:
    try:
        return intake.whole(str(path), faults.MAX_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error


def parse(document: Document, known: Mapping[str, Rule]) -> Rule:
    """The rule of one document of a rule file. Raises InputError for anything wrong with it."""
    for complaint in document.complaints:
        if complaint.rule != "DS011":
            place = document.at(complaint.path, complaint.key)
            line, column = complaint.mark or (place.line, place.column)
            where = f"{document.file}:{line}:{column}"
            raise InputError(complaint.what, where, complaint.why or "", complaint.fix or _FIX)
    data = document.data
    if not isinstance(data, dict):
        refuse(document, (), "a rule file is a map of keys", "see `dslint rules DS216`")
    for each in listed(data.get("each")):
        check_name(document, ("each",), str(each), KINDS, "site")
    rule_shape.check(document, data)
    _check_identity(document, data, known)
    _check_judgement(document, data)
    _check_settings(document, data)
    rule_words.check(document, data)
    each = data.get("each", [])
    renamed: dict[str, object] = {
        _RENAMED.get(str(key), str(key)): value for key, value in data.items()
    }
    renamed["each"] = [each] if isinstance(each, str) else each
    renamed["source"] = f"{document.file}:{document.line}"
    return made(renamed)


def _check_identity(
    document: Document, data: Mapping[str, object], known: Mapping[str, Rule]
) -> None:
    name = str(data["id"])
    if name in known:
        fix = "give this rule an id of its own"
        refuse(document, ("id",), f"{name} exists: {known[name].source}", fix)
    for key in ("since", "until"):
        minor = str(data.get(key, VERSIONS[0])).partition(".")[2]
        if int(minor) > int(NEWEST.partition(".")[2]):
            fix = f"name one of {VERSIONS[0]} to {NEWEST}"
            refuse(document, (key,), f"there is no Kubernetes {data[key]} yet", fix)
    judged = "judged" in data
    if judged == any(key in data for key in ("holds", "facts", "for")):
        what = "a rule is judged by `holds`, `facts` or `for`, or in Python (`judged`)"
        refuse(document, ("judged",) if judged else (), what)
    if not judged and "each" not in data:
        refuse(document, (), "there is no each", "name the site that one judgement is about")
    if judged:
        return
    for path in (
        ("kinds",),
        *(("raise", i, "kinds") for i in range(len(listed(data.get("raise"))))),
    ):
        for index, kind in enumerate(listed(at(data, path))):
            check_name(document, (*path, index), str(kind), POD_PATHS, "kind of workload")
    if set(OF_INVENTORY) & set(map(str, listed(data["each"]))) and not data.get("needs_inventory"):
        refuse(document, ("each",), "that site needs an inventory", "add needs_inventory: true")


def _check_judgement(document: Document, data: Mapping[str, object]) -> None:
    """Refuses a schema that is none, and a fact that nobody knows."""
    for path in _schemas(data):
        _check_schema(document, path, at(data, path))
    facts = discover.names("facts")
    for path, name in _facts(data):
        check_name(document, path, name, facts, "fact", key=len(path) != 1)
        module = discover.module("facts", name)
        if getattr(module, "NEEDS_INVENTORY", False) and not data.get("needs_inventory"):
            fix = "add needs_inventory: true"
            refuse(document, path, f"the fact {name} needs an inventory", fix, key=True)


def _facts(data: Mapping[str, object]) -> list[tuple[Path, str]]:
    """Where a rule file names facts, and which."""
    named = [(path, str(path[-1])) for path in _schemas(data) if "facts" in path[:-1]]
    named += [(("for",), str(data["for"]))] if "for" in data else []
    edit = data.get("edit")
    named += [(("edit", "fact"), str(edit["fact"]))] if isinstance(edit, dict) else []
    return named


def _check_settings(document: Document, data: Mapping[str, object]) -> None:
    """Refuses a setting that nothing reads: no fact of the rule, and none of its messages."""
    modules = [discover.module("facts", name) for _, name in _facts(data)]
    read = {name for module in modules for name in getattr(module, "SETTINGS", ())}
    read |= {name[1] for _, name in rule_words.names(data) if name[0] == "settings" and name[1:]}
    for name in mapping(data.get("settings")):
        if name not in read:
            near = nearest.nearest(name, sorted(read))
            known = f"read are {', '.join(sorted(read))}" if read else "this rule reads none"
            fix = f"did you mean {near}?" if near else f"remove it; {known}"
            refuse(
                document, ("settings", name), f"nothing reads the setting {name}", fix, key=True
            )


def _schemas(data: Mapping[str, object]) -> list[Path]:
    """Where the schemas of a rule file stand."""
    owners: list[Path] = [()]
    owners += [("raise", index) for index in range(len(listed(data.get("raise"))))]
    found: list[Path] = [("holds",)] if "holds" in data else []
    for owner in owners:
        for group in ("where", "facts"):
            schemas = at(data, (*owner, group))
            found += (
                [(*owner, group, name) for name in schemas] if isinstance(schemas, dict) else []
            )
    return found


def _check_schema(document: Document, path: Path, schema: object) -> None:
    for inner, keyword in _keywords(schema):
        check_name(document, (*path, *inner, keyword), keyword, _KEYWORDS, "keyword", key=True)
    try:
        compiled(schema)
    except ValueError as error:
        inner, said, fix = rule_shape.told(error)
        what = f"{'.'.join(map(str, path))} is no JSON Schema: {said}"
        refuse(document, (*path, *inner), what, fix or "the dialect is 2020-12")


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
