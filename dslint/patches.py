"""Turns a rule's JSON Patch, which starts from a site, into one from the document's root.

The patch, the site's path and the values for its templates come in. `/../` in a pointer goes from
a site to the list or map it stands in; "" is the site itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dslint import edits, templates
from dslint.model import Path


def from_root(
    patch: Iterable[object], site: Path, scope: Mapping[str, object]
) -> Iterator[Mapping[str, object]]:
    """The operations of a patch with pointers from the root and their templates filled."""
    for operation in patch:
        if isinstance(operation, Mapping):
            yield {key: _part(key, value, site, scope) for key, value in operation.items()}


def _part(key: str, value: object, site: Path, scope: Mapping[str, object]) -> object:
    if key in ("path", "from"):
        return pointer(templates.fill(str(value), scope, _escaped), site)
    return templates.fill_all(value, scope) if key == "value" else value


def pointer(relative: str, site: Path) -> str:
    """A JSON pointer from a site as one from the root."""
    parts = relative.split("/")[1:]
    while parts[:1] == [".."]:
        parts, site = parts[1:], site[:-1]
    return edits.pointer(site) + "".join(f"/{part}" for part in parts)


def _escaped(value: object) -> str:
    return edits.pointer((str(value),))[1:]
