"""Patches of one operation."""

import pytest

from dslint import edits


def test_pointer() -> None:
    assert edits.pointer(("metadata", "labels", "a/b~c", 0)) == "/metadata/labels/a~1b~0c/0"


def test_operations() -> None:
    assert edits.replace(("a",), 1) == ({"op": "replace", "path": "/a", "value": 1},)
    assert edits.remove(("a", 0)) == ({"op": "remove", "path": "/a/0"},)


@pytest.mark.parametrize(
    ("value", "expected"), [("noschedule", "NoSchedule"), ("No", None), ("", None)]
)
def test_spelled(value: str, expected: str | None) -> None:
    assert edits.spelled(value, ("NoSchedule", "NoExecute")) == expected


def test_below() -> None:
    patch = edits.replace(("spec", "a"), 1)
    assert edits.below(("items", 2), patch) == edits.replace(("items", 2, "spec", "a"), 1)
