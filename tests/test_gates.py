"""Feature gates by version, and as a target sets them."""

import pytest

from dslint import gates
from dslint.target import Target


@pytest.mark.parametrize(
    ("version", "given", "expected"),
    [
        ("1.33", {}, False),
        ("1.34", {}, True),
        ("1.33", {"PodLevelResources": True}, True),
        ("1.36", {"PodLevelResources": False}, False),
    ],
)
def test_enabled(version: str, given: dict[str, bool], expected: bool) -> None:
    assert gates.enabled(Target(version, given), "PodLevelResources") is expected


def test_a_misspelled_gate_is_our_bug() -> None:
    with pytest.raises(KeyError):
        gates.enabled(Target(), "PodLevelResource")


def test_some_gates_are_off_in_every_version() -> None:
    assert not gates.enabled(Target(), "TaintTolerationComparisonOperators")
