"""Says what is wrong with the shape of a rule file: a key, a type, a word that is none of several.

A document of a rule file goes in. What the schema of rule files refuses becomes an `InputError`
with file, line and column, the nearest right name, and else what the schema says of the field.
"""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from dslint import nearest
from dslint.model import Document, InputError, Path, format_path
from dslint.workloads import mapping

if TYPE_CHECKING:
    import jsonschema_rs

SCHEMA = pathlib.Path(__file__).parent / "data" / "rule.schema.json"
_WORDS = {"array": "list", "object": "map"}  # JSON's word, and YAML's
_CHOICES = frozenset({"oneOf", "anyOf"})


def refuse(
    document: Document, path: Path, what: str, fix: str = "", key: bool = False
) -> NoReturn:
    """Raises InputError at the value of `path`, or at its key."""
    place = document.at(path, key)
    raise InputError(what, f"{place.file}:{place.line}:{place.column}", "", fix)


def check_name(
    document: Document, path: Path, name: str, known: Iterable[str], noun: str, key: bool = False
) -> None:
    """Refuses a name that is not among the known ones, with the nearest of them."""
    choice = sorted(known)
    if name not in choice:
        near = nearest.nearest(name, choice)
        fix = f"did you mean {near}?" if near else f"use one of {', '.join(choice)}"
        refuse(document, path, f"there is no {noun} {name}", fix, key)


def at(data: object, path: Path) -> object:
    """What stands at a path of plain data, None where there is nothing."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def listed(value: object) -> list[object]:
    """What may be a list or one thing alone, as a list; nothing is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def check(document: Document, data: Mapping[str, object]) -> None:
    """Refuses the first thing that the schema of rule files refuses."""
    for key in data:
        check_name(document, (key,), key, mapping(_schema()["properties"]), "key", key=True)
    for error in _validator().iter_errors(data):
        _say(document, inmost(error))


@functools.cache
def _schema() -> dict[str, object]:
    found: dict[str, object] = json.loads(SCHEMA.read_bytes())
    return found


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    import jsonschema_rs  # spares start-up: the dearest import of all

    return jsonschema_rs.Draft202012Validator(_schema())


# The library tells the kinds of errors apart by classes whose fields no type checker knows.
Error = Any


def inmost(error: Error) -> Error:
    """The error to tell: of the alternatives of a choice, what is wrong in the one meant."""
    while error.kind.name in _CHOICES:
        inner = [one for branch in error.kind.context for one in branch]
        # an alternative of another type was not meant
        error = max(inner, key=lambda one: (len(one.instance_path), one.kind.name != "type"))
    return error


def told(error: ValueError) -> tuple[Path, str, str]:
    """Of a schema that is none: where it is wrong, what is, and the nearest right word if any."""
    if getattr(error, "kind", None) is None:
        return (), str(error).splitlines()[0], ""
    inner = inmost(error)
    options = [str(one) for one in getattr(inner.kind, "options", ())]
    near = nearest.nearest(str(inner.instance), options) if options else None
    return tuple(inner.instance_path), inner.message, f"did you mean {near}?" if near else ""


def _say(document: Document, error: Error) -> NoReturn:
    path, kind = tuple(error.instance_path), error.kind
    shown = format_path(path) or "the rule"
    owner = mapping(at(_schema(), tuple(error.schema_path[:-1])))
    if kind.name == "required":
        name = kind.property
        here = f" in {shown}" if path else ""
        said = _meant((*path, name)).rstrip(".")
        fix = f"add {name}: {said[:1].lower()}{said[1:]}" if said else f"add {name}"
        refuse(document, path, f"there is no {name}{here}", fix)
    if kind.name == "additionalProperties":
        name = kind.unexpected[0]
        known = mapping(owner.get("properties"))
        check_name(document, (*path, name), name, known, "key", key=True)
    value = json.dumps(at(document.data, path), ensure_ascii=False)
    if kind.name == "enum":
        options = [str(one) for one in kind.options]
        check_name(document, path, str(at(document.data, path)), options, _last(path))
    if kind.name == "type":
        wanted = " or ".join(_WORDS.get(one, one) for one in kind.types)
        quoted = "put it in quotes" if wanted == "string" and value[0] in "-0123456789tf" else ""
        what = f"{shown}: {value} is no {wanted}"
        refuse(document, path, what, quoted or _meant(path))
    refuse(document, path, f"{shown}: {error.message}", _meant(path))


def _last(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _meant(path: Path) -> str:
    """What the schema says of a field at the top of a rule file."""
    field = mapping(mapping(_schema()["properties"]).get(str(path[0]))) if path else {}
    said = str(field.get("description", ""))
    return said if len(path) == 1 else ""
