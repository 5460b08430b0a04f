"""Decimal integers as Go's ParseInt reads them."""

import pytest

from dslint.checks._decimals import integer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("-12", -12),
        ("0" * 5_000 + "5", 5),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("-9223372036854775808", -(2**63)),
        ("-9223372036854775809", None),
        ("9" * 5_000, None),
        ("", None),
        ("+", None),
        ("--1", None),
        ("1_0", None),
        (" 1", None),
        ("1.0", None),
        ("\u0661", None),
    ],
)
def test_integer(text, number):
    assert integer(text) == number
