"""What a rule says of one place in one file, whole when it is born and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the worst to the mildest."""


class Finding(NamedTuple):
    """One fault, under the id of its rule.

    `line` and `column` (1-based) point at what to change; `path` is the field that the API server
    names for it. `workload` is `Kind/namespace/name`, or "" where it is none. `rejected`:
    an API server would refuse the document for this. `pruned`: only strict field validation would.
    `edit` is a JSON Patch (RFC 6902) from the document's root where there is one right repair.
    """

    rule: str
    name: str
    severity: Severity
    what: str
    why: str
    fix: str
    file: str
    line: int
    column: int
    path: str
    workload: str = ""
    rejected: bool = False
    pruned: bool = False
    edit: tuple[Mapping[str, Any], ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """The total order of a report: file, line, column, rule, path, sentence."""
        return (self.file, self.line, self.column, self.rule, self.path, self.what)
