"""JSON Patches (RFC 6902) of one operation, for complaints that have exactly one right repair.

A path from a document's root comes in, the patch goes out. Nothing is applied here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dslint.model import Path

Patch = tuple[dict[str, object], ...]


def pointer(path: Path) -> str:
    """The path as a JSON Pointer (RFC 6901): `/spec/nodeSelector/a.b~1c`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def replace(path: Path, value: object) -> Patch:
    """The patch that puts `value` in the place of what stands at `path`."""
    return ({"op": "replace", "path": pointer(path), "value": value},)


def add(path: Path, value: object) -> Patch:
    """The patch that puts `value` at `path`: a new key, or an item where `path` ends in `-`."""
    return ({"op": "add", "path": pointer(path), "value": value},)


def remove(path: Path) -> Patch:
    """The patch that takes out what stands at `path`."""
    return ({"op": "remove", "path": pointer(path)},)


def below(root: Path, patch: Iterable[Mapping[str, Any]]) -> Patch:
    """The patch of what stands at `root`, as a patch of the whole document."""
    return tuple({**step, "path": pointer(root) + str(step["path"])} for step in patch)


def spelled(value: str, choices: Collection[str]) -> str | None:
    """The one of `choices` that `value` is but for the case of its letters, if it is one."""
    same = [choice for choice in choices if choice.lower() == value.lower()]
    return same[0] if len(same) == 1 else None
