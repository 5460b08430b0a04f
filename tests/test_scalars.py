"""Scalars are typed as Kubernetes' YAML reader types them (go-yaml v2, resolve.go)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import scalars

PLAIN = [
    # Words.
    *[(word, True) for word in "y Y yes Yes YES true True TRUE on On ON".split()],
    *[(word, False) for word in "n N no No NO false False FALSE off Off OFF".split()],
    *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
    *[(word, word) for word in "yEs tRue oN nO oFF nULL None nil Y1 yess ~a".split()],
    # Integers.
    ("0", 0),
    ("7", 7),
    ("-7", -7),
    ("+7", 7),
    ("010", 8),
    ("-010", -8),
    ("0o14", 12),
    ("0O14", 12),
    ("0x1E", 30),
    ("0X1e", 30),
    ("-0x10", -16),
    ("0b11", 3),
    ("0B11", 3),
    ("-0b11", -3),
    ("0b+11", 3),
    ("0b-11", -3),
    ("1_0", 10),
    ("1__0_", 10),
    ("0x_f", 15),
    ("+_1", 1),
    ("9223372036854775807", 9223372036854775807),
    ("-9223372036854775808", -9223372036854775808),
    ("18446744073709551615", 18446744073709551615),
    ("0xFFFFFFFFFFFFFFFF", 18446744073709551615),
    # Beyond 64 bits decimals are floats, and what is no decimal is text.
    ("18446744073709551616", 18446744073709551616.0),
    ("1" + "0" * 30, 1e30),
    ("9" * 400, "9" * 400),
    ("+18446744073709551615", 18446744073709551615.0),
    ("-9223372036854775809", -9223372036854775809.0),
    ("0x1FFFFFFFFFFFFFFFF", "0x1FFFFFFFFFFFFFFFF"),
    ("0b" + "1" * 65, "0b" + "1" * 65),
    ("0b-" + "1" * 65, "0b-" + "1" * 65),
    ("07777777777777777777777777", 7777777777777777777777777.0),
    # Floats.
    ("08", 8.0),
    ("1.10", 1.1),
    ("1.", 1.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("-.5", -0.5),
    (".5_0", 0.5),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("1.5e-3", 0.0015),
    ("1_000.5", 1000.5),
    ("0e1", 0.0),
    ("3e1", 30.0),
    # Text that looks like a number.
    *[
        (text, text)
        for text in "- + . -- 1e e1 0x 0b 0b2 0o8 0x_ 1.2.3 1:30 .e5 ._5 .5__0".split()
    ],
    ("5Gi", "5Gi"),
    ("100m", "100m"),
    ("1,5", "1,5"),
    ("1e400", "1e400"),
    ("-1_0e400", "-1_0e400"),
    (".5e", ".5e"),
    ("0x1.8p1", "0x1.8p1"),
    ("_1", "_1"),
    ("\N{ARABIC-INDIC DIGIT ONE}", "\N{ARABIC-INDIC DIGIT ONE}"),
    ("2001-12-14", "2001-12-14"),
    ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
    ("<<", "<<"),
    ("=", "="),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_plain_scalar(text, value):
    found = scalars.resolve(text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("text", [".inf", ".Inf", "+.INF", "-.inf", ".nan", ".NaN", ".NAN"])
def test_infinities_are_floats_that_json_cannot_hold(text):
    found = scalars.resolve(text)
    assert isinstance(found, float)
    assert not math.isfinite(found)


TAGGED = [
    ("str", "5", "5"),
    ("str", "", ""),
    ("int", "5", 5),
    ("int", "010", 8),
    ("float", "5", 5.0),
    ("float", "5.5", 5.5),
    ("bool", "yes", True),
    ("null", "~", None),
    ("null", "", None),
    ("timestamp", "2001-12-14", "2001-12-14"),
    ("timestamp", "2001-1-4 21:59:43.1", "2001-1-4 21:59:43.1"),
    ("binary", "aGk=", "hi"),
    ("binary", "aG\nk=\r\n", "hi"),
    ("binary", "/w==", "\ufffd"),
    ("set", "5", "5"),
    ("merge", "<<", "<<"),
]


@pytest.mark.parametrize(("kind", "text", "value"), TAGGED)
def test_tagged_scalar(kind, text, value):
    found = scalars.tagged(f"tag:yaml.org,2002:{kind}", text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("tag", ["!foo", "int", "!int"])
def test_unknown_tag_makes_text(tag):
    assert scalars.tagged(tag, "5") == "5"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "a"),
        ("int", "5.5"),
        ("int", ""),
        ("float", "18446744073709551615"),
        ("float", "a"),
        ("bool", "1"),
        ("null", "a"),
        ("timestamp", "5"),
        ("binary", "%"),
        ("binary", "a"),
    ],
)
def test_tag_that_does_not_fit(kind, text):
    with pytest.raises(ValueError, match="is no"):
        scalars.tagged(f"tag:yaml.org,2002:{kind}", text)


KEYS = [
    ("a", "a"),
    ("", ""),
    (True, "true"),
    (False, "false"),
    (1, "1"),
    (-(1 << 63), "-9223372036854775808"),
    (1 << 63, None),
    (None, None),
    ([], None),
    ({}, None),
    # Go's FormatFloat(value, 'g', -1, 32).
    (1.0, "1"),
    (1.1, "1.1"),
    (-0.0, "-0"),
    (1000.0, "1000"),
    (123456.0, "123456"),
    (1234567.0, "1.234567e+06"),
    (1e21, "1e+21"),
    (0.0001, "0.0001"),
    (0.00001, "1e-05"),
    (0.1 + 0.2, "0.3"),
    (16777217.0, "1.6777216e+07"),
    (1e39, ".inf"),
    (3.4028235e38, "3.4028235e+38"),
    (3.4028236e38, ".inf"),
    (math.inf, ".inf"),
    (-math.inf, "-.inf"),
    (math.nan, ".nan"),
]


@pytest.mark.parametrize(("value", "name"), KEYS, ids=repr)
def test_key(value, name):
    assert scalars.key(value) == name


@given(st.text(alphabet="0123456789+-._eExXobB:aFyn", max_size=12) | st.text())
def test_any_text_has_a_value(text):
    assert isinstance(scalars.resolve(text), str | int | float | bool | None)


@given(st.integers(-(1 << 63), (1 << 64) - 1))
def test_every_spelling_of_an_integer_is_that_integer(number):
    sign, digits = ("-" if number < 0 else ""), abs(number)
    for spelling in (
        f"{digits}",
        f"0x{digits:x}",
        f"0o{digits:o}",
        f"0{digits:o}",
        f"0b{digits:b}",
    ):
        assert scalars.resolve(sign + spelling) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_prints_of_a_float_is_that_float(number):
    assert scalars.resolve(repr(number)) == number


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_key_of_a_float_reads_back(number):
    name = scalars.key(number)
    assert name is not None
    assert math.isclose(float(name), number, rel_tol=1e-7, abs_tol=1e-45)
