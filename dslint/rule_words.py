"""Checks the words of a rule file: what its messages and its repair name, and its examples' mark.

A document of a rule file and its data come in. A name that means nothing where it stands would
read `""` in a finding, so it is refused: an `InputError` with its place and the nearest name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint import nearest, templates
from dslint.model import Document, Path
from dslint.rule_shape import at, check_name, listed, refuse
from dslint.workloads import mapping

MARK = "# here"
_OBJECTS = ("self", "facts", "item", "workload", "pod", "settings")
_SCOPE = (*_OBJECTS, "kubernetes")
_OF_WORKLOAD = ("kind", "namespace", "name")
_NO_ITEM = "name the fact whose items are meant: for: FACT"


def check(document: Document, data: Mapping[str, object]) -> None:
    """Refuses a template that names what is not there, and examples that prove nothing."""
    for path, template in _templates(data):
        _check_braces(document, path, template)
        for name in templates.names(template):
            _check_name(document, data, path, name)
    if data.get("judged"):
        return
    for index, example in enumerate(listed(data["bad"])):
        # the mark stands in the manifest, or in the nodes where the rule judges these
        parts = tuple(example.values()) if isinstance(example, dict) else (example,)
        if not any(MARK in str(part) for part in parts):
            what = f"this example says nowhere `{MARK}`, so it proves nothing"
            refuse(
                document, ("bad", index), what, "end the line that the finding points at with it"
            )
    for group in ("good", "bad"):
        for index, example in enumerate(listed(data[group])):
            for setting in mapping(at(example, ("settings",))):
                path = (group, index, "settings", setting)
                _check_setting(document, data, path, setting, key=True)


def names(data: Mapping[str, object]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """What the templates of a rule file name, split at the dots, and where."""
    for path, template in _templates(data):
        for name in templates.names(template):
            yield path, name


def _check_braces(document: Document, path: Path, template: str) -> None:
    for unclosed in templates.unclosed(template):
        if unclosed.split(".")[0] in _OBJECTS:
            what = f"the brace before {unclosed} is not closed"
            refuse(document, path, what, f"write {{{unclosed}}}")


def _check_name(
    document: Document, data: Mapping[str, object], path: Path, name: tuple[str, ...]
) -> None:
    first, rest = name[0], name[1:]
    check_name(document, path, first, _SCOPE, "part of a message")
    if first == "item" and "for" not in data:
        refuse(document, path, f"there is no {'.'.join(name)}: the rule has no `for`", _NO_ITEM)
    if first == "kubernetes" and rest:
        what = f"there is no {'.'.join(name)}: kubernetes is the version alone"
        refuse(document, path, what, "write {kubernetes}")
    if not rest:
        return
    if first == "workload":
        check_name(document, path, ".".join(rest), _OF_WORKLOAD, "part of workload")
    elif first == "settings":
        _check_setting(document, data, path, rest[0])
    elif first == "facts":
        facts = {**mapping(data.get("facts")), **mapping(at(data, (*path[:-1], "facts")))}
        _check_fact(document, path, rest[0], facts)


def _check_setting(
    document: Document, data: Mapping[str, object], path: Path, name: str, key: bool = False
) -> None:
    known = mapping(data.get("settings"))
    if name not in known:
        near = nearest.nearest(name, known)
        fix = f"did you mean {near}?" if near else f"give its default: settings: {{{name}: ...}}"
        refuse(document, path, f"this rule has no setting {name}", fix, key)


def _check_fact(document: Document, path: Path, name: str, asked: Mapping[str, object]) -> None:
    if name not in asked:
        near = nearest.nearest(name, asked)
        fix = f"did you mean {near}?" if near else f"ask for it: facts: {{{name}: true}}"
        refuse(document, path, f"there is no fact that this rule asks for, {name}", fix)


def _templates(data: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    for key in ("message", "fix"):
        if key in data:
            yield (key,), str(data[key])
    for index, entry in enumerate(listed(data.get("raise"))):
        if isinstance(entry, dict) and "message" in entry:
            yield ("raise", index, "message"), str(entry["message"])
    edit = data.get("edit")
    for index, operation in enumerate(edit if isinstance(edit, list) else ()):
        yield from _texts(operation, ("edit", index))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every string in plain data, and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*path, key))
