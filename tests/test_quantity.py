"""Quantities as Kubernetes reads, adds, rounds and prints them."""

import gzip
import json
import pathlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import quantity
from dslint.quantity import Quantity


def value(one: Quantity) -> Fraction:
    return one.unscaled * Fraction(10) ** one.scale


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("-.", "0", id="nothing but a sign and a point is zero"),
        pytest.param("1.", "1", id="a point at the end"),
        pytest.param("Ti", "0", id="a small unit without digits is zero"),
        pytest.param(" 1\xa0", "1", id="blanks around it"),
        pytest.param(".5", "500m", id="a point at the start"),
        pytest.param("+1Ki", "1Ki", id="a plus sign"),
        pytest.param("1024Mi", "1Gi", id="binary units carry"),
        pytest.param("0.5Mi", "512Ki", id="half a binary unit"),
        pytest.param("1.2e3", "1200", id="an exponent"),
        pytest.param("0.0000000005", "1n", id="rounds away from zero at nano"),
        pytest.param("-.000000000001Ki", "-2n", id="rounds away from zero below it"),
        pytest.param("9Ei", "9223372036854775807", id="binary ones stop at int64"),
        pytest.param("12E", "12E", id="decimal ones do not"),
        pytest.param(" 1 ", "1", id="blanks around it"),
        pytest.param("\u00a01\u3000", "1", id="blanks of other scripts"),
        pytest.param(1.5, "1500m", id="a number"),
        pytest.param(2, "2", id="an integer"),
        pytest.param(None, "0", id="null"),
        pytest.param("0.9Ki", "921600m", id="a fraction in binary units"),
        pytest.param("1" * 5000 + "Ki", "9223372036854775807", id="more digits than Python reads"),
        pytest.param("0.1" + "0" * 5000 + "1", "100000001n", id="a very long fraction rounds up"),
        pytest.param("0.1" + "0" * 5000, "100m", id="a very long fraction of zeros"),
        pytest.param(10**5000, quantity.canonical(quantity.parse(10**1000)), id="a huge integer"),
    ],
)
def test_reads_and_prints(text: object, canonical: str) -> None:
    found = quantity.parse(text)
    assert found is not None
    assert quantity.canonical(found) == canonical


@pytest.mark.parametrize(
    ("text", "printed"),
    # ParseQuantity keeps the text of what it takes for canonical.
    [
        ("1", "1"),
        ("+1", "+1"),
        ("01", "01"),
        (" +1m ", "+1m"),
        ("1e0", "1e0"),
        ("0", "0"),
        ("00", "0"),
        ("1000m", "1"),
        ("1.0", "1"),
        ("0.001", "1m"),
        ("+1Ki", "+1Ki"),
        ("1024Ki", "1Mi"),
        ("1.0Ki", "1Ki"),
        (1.0, "1"),
        (1e16, "10P"),
        (1e20, "100E"),
        (1e21, "1e+21"),
        (1e-5, "10u"),
        (0.0, "0"),
        (1000, "1k"),
        (None, "0"),
        ("x", None),
        (True, None),
    ],
)
def test_printed(text: object, printed: str | None) -> None:
    assert quantity.printed(text) == printed


@pytest.mark.parametrize(
    "text",
    # The last ones follow UnmarshalJSON, which looks at the JSON text, and inf.Dec.SetString.
    [
        "",
        "1.1.M",
        "1i",
        "1 Gi",
        "ten",
        "--1",
        "1e",
        "1Kib",
        True,
        [],
        "1e99999999999999999999",
        "1\x1f",
        "++0",
        "-+",
        "Ei",
        "-.Pi",
        "e-12",
        "1Gi\n",
        "\t1",
    ],
)
def test_reads_no_quantity(text: object) -> None:
    assert quantity.parse(text) is None


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        pytest.param("1500m", 0, 2, id="rounds up"),
        pytest.param("-1500m", 0, -2, id="away from zero"),
        pytest.param("1e16", -3, 0, id="the fixed form overflows to zero"),
        pytest.param(
            "9223372036854776", -3, -9223372036854775616, id="over three places it wraps"
        ),
        pytest.param("10P", -3, 0, id="over eighteen it does not"),
        pytest.param("8Ei", -3, -1000, id="the other one wraps"),
        pytest.param(1e20, -3, 200376420520689664, id="a number is all digits"),
        pytest.param("1e100", 0, 0, id="an exponent past any use"),
        pytest.param(
            "123456789012345678901234567890n", 0, -5670419503621182410, id="a long one wraps"
        ),
        pytest.param("2Gi", 0, 2**31, id="plain"),
    ],
)
def test_scales(text: str, scale: int, expected: int) -> None:
    found = quantity.parse(text)
    assert found is not None
    if text == "8Ei":
        found = quantity.round_up(found)
    assert quantity.scaled(found, scale) == expected


@given(st.integers(-(10**20), 10**20), st.integers(-9, 12), st.integers(-(10**20), 10**20))
def test_adds_and_compares_as_numbers_do(one: int, scale: int, other: int) -> None:
    left = Quantity(one, scale, fixed=False, format="DecimalSI")
    right = Quantity(other, -3, fixed=False, format="DecimalSI")
    assert value(quantity.add(left, right)) == value(left) + value(right)
    order = (value(left) > value(right)) - (value(left) < value(right))
    assert quantity.compare(left, right) == order


@given(
    st.from_regex(r"[+-]?[0-9]{1,12}(\.[0-9]{0,6})?([numkMGTPE]|[KMGT]i|e[0-9])?", fullmatch=True)
)
def test_what_is_printed_reads_as_the_same(text: str) -> None:
    found = quantity.parse(text)
    assert found is not None
    again = quantity.parse(quantity.canonical(found))
    assert again is not None
    assert quantity.compare(found, again) == 0


def test_kubernetes_own_table(shared: pathlib.Path) -> None:
    with gzip.open(shared / "oracle" / "upstream_quantities.jsonl.gz", "rt") as lines:
        cases = [json.loads(line) for line in lines]
    for case in cases:
        # Blanks are dropped by the JSON decoder, which a manifest's quantities go through.
        found = quantity.parse(case["text"]) if case["text"] == case["text"].strip() else None
        assert (found is not None) == case["ok"], case
        if found is not None:
            assert quantity.canonical(found) == case["canonical"], case
            assert value(found) == Fraction(case["value"]), case
    assert len(cases) > 300
