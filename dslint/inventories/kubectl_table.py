"""What kubectl prints for people: it names no label, taint or amount, so it is refused.

Takes nothing, and raises InputError with the words to add to the command.
"""

from __future__ import annotations

import re

from dslint import dialect
from dslint.inventories import Part
from dslint.model import InputError

_TABLES = (
    (
        re.compile(rb"NAME[ \t]+[A-Z][A-Z \t-]*\r?$", re.MULTILINE),
        "this is the table that kubectl get prints for people",
    ),
    (
        re.compile(rb"\S+[ \t]+(?:Not)?Ready(?:,\S+)?[ \t]+\S+[ \t]+\S+[ \t]+v[0-9.]+"),
        "this is the table that kubectl get prints for people, without its heading",
    ),
    (
        re.compile(rb"Name:[ \t]+\S+\r?\n(?:Roles|Labels):"),
        "this is what kubectl describe prints for people",
    ),
    (
        re.compile(rb"(?:node/\S+\s+)+\Z"),
        "these are the bare names that kubectl get -o name prints",
    ),
)


def take(part: Part) -> None:
    """Raises InputError for text that kubectl lays out for people; takes nothing."""
    if part.document is not None:
        return
    # PowerShell writes what a command prints in UTF-16
    text = dialect.as_yaml(part.text) if part.text[:1] in (b"\xff", b"\xfe") else part.text
    text = text.removeprefix(b"\xef\xbb\xbf")
    start = re.search(rb"\S", text)
    for pattern, what in _TABLES if start else ():
        if start and pattern.match(text, start.start()):
            line = text.count(b"\n", 0, start.start()) + 1
            column = start.start() - text.rfind(b"\n", 0, start.start())
            raise InputError(
                what,
                f"{part.file}:{line}:{column}",
                "it holds not all labels, taints and amounts of a node",
                "add `-o json`: kubectl get nodes -o json > nodes.json",
            )
