"""The object that is held against its schema, and what both sides of the comparison need.

Plain values: the definitions of a Kubernetes version, the object, and the document that knows how
its values are spelled. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dslint import spelling
from dslint.model import Document, Path

Schema = Mapping[str, Any]
"""A JSON Schema as scripts/build_schemas.py makes it."""


class Sheet(NamedTuple):
    """An object, its kind, its path in a document, and the definitions of its version.

    Every path that comes in or goes out starts at the object; `full` makes one of the document.
    """

    definitions: Mapping[str, Schema]
    document: Document | None
    root: Path
    kind: str
    data: Mapping[str, object]

    def spelled(self, path: Path, value: object) -> str:
        """The value at a path as its source spells it."""
        return spelling.spelled(self.document, self.full(path), value)

    def full(self, path: Path) -> Path:
        """The path from the document's root."""
        return (*self.root, *path)

    def resolved(self, schema: Schema) -> Schema:
        """The definition that a schema refers to, or the schema itself."""
        name = schema.get("$ref")
        return self.definitions[name.rpartition("/")[2]] if isinstance(name, str) else schema

    def structs(self, path: Path) -> Iterator[tuple[Path, Mapping[str, Schema]]]:
        """The path and the fields of every struct on the way to a path, the object's own first."""
        schema: Schema = {"$ref": self.kind}
        for depth in range(len(path) + 1):
            schema = self.resolved(schema)
            fields = schema.get("properties", {})
            if fields:
                yield path[:depth], fields
            part = path[depth] if depth < len(path) else None
            inner = schema.get("items") if isinstance(part, int) else fields.get(part)
            schema = inner or schema.get("additionalProperties") or {}
