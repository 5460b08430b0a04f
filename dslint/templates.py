"""Fills the templates of rules: `toleration {self.key} evicts the daemon`.

A template and the values it may name come in, a sentence goes out. A part that is missing or
empty reads `""`, as Kubernetes prints an empty string; braces around no name stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Show = Callable[[object], str]
_UNCLOSED = re.compile(r"\{([a-z]\w*(?:\.[\w-]+)+)(?![\w.-]*\})")
_NAME = re.compile(r"\{([a-z]\w*(?:\.[\w-]+)*)\}")


def names(template: str) -> Iterator[tuple[str, ...]]:
    """The dotted names in a template, split at their dots."""
    for match in _NAME.finditer(template):
        yield tuple(match[1].split("."))


def unclosed(template: str) -> Iterator[str]:
    """The dotted names in a template whose brace nobody closes."""
    for match in _UNCLOSED.finditer(template):
        yield match[1]


def fill(template: str, scope: Mapping[str, object], show: Show | None = None) -> str:
    """The template with every name replaced by its value in `scope`, shown as `words` shows it."""
    if "{" not in template:
        return template
    show = show or words
    return _NAME.sub(lambda match: show(look_up(scope, match[1].split("."))), template)


def fill_all(value: object, scope: Mapping[str, object]) -> object:
    """`value` with every string in it filled; one that is a single name keeps its value's type.

    What a map would get for a missing part is left out of it.
    """
    if isinstance(value, str):
        whole = _NAME.fullmatch(value)
        return look_up(scope, whole[1].split(".")) if whole else fill(value, scope)
    if isinstance(value, list):
        return [fill_all(item, scope) for item in value]
    if isinstance(value, dict):
        filled = {key: fill_all(item, scope) for key, item in value.items()}
        return {key: item for key, item in filled.items() if item is not None}
    return value


def look_up(scope: object, parts: list[str]) -> object:
    """The value at those parts (keys, or 0-based indexes of a list); None where there is none."""
    for part in parts:
        if isinstance(scope, Mapping):
            scope = scope.get(part)
        elif isinstance(scope, list | tuple) and part.isdecimal() and int(part) < len(scope):
            scope = scope[int(part)]
        else:
            return None
    return scope


def words(value: object) -> str:
    """A value as a sentence shows it: lists joined by commas, maps as `key=value`."""
    if value is None or value == "":
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(map(words, value)) or '""'
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={words(item)}" for key, item in value.items()) or '""'
    return str(value)
