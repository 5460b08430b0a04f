"""Templates: what a message may name, and how a value reads."""

import pytest

from dslint import templates

SCOPE = {"self": {"key": "a", "empty": "", "values": ["x", "y"], "yes": True}, "n": 3}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("no name", "no name", id="plain"),
        pytest.param("key {self.key}!", "key a!", id="a string"),
        pytest.param("{self.missing}", '""', id="a missing part"),
        pytest.param("{self.key.deeper}", '""', id="beyond a string"),
        pytest.param("{self.empty}", '""', id="an empty string"),
        pytest.param("{self.values}", "x, y", id="a list"),
        pytest.param("{self.values.1}", "y", id="an index"),
        pytest.param("{self.values.7}", '""', id="an index beyond the end"),
        pytest.param("{self.yes}", "true", id="a boolean"),
        pytest.param("{n}", "3", id="a number"),
        pytest.param("{operator: Exists} {} {A}", "{operator: Exists} {} {A}", id="no names"),
        pytest.param("{self}", 'key=a, empty="", values=x, y, yes=true', id="a map"),
    ],
)
def test_fills(template, expected):
    assert templates.fill(template, SCOPE) == expected


def test_whole_names_keep_their_type_and_missing_ones_are_left_out():
    value = {
        "n": "{n}",
        "text": "n={n}",
        "gone": "{self.missing}",
        "list": ["{self.values}"],
        "x": 1,
    }
    assert templates.fill_all(value, SCOPE) == {
        "n": 3,
        "text": "n=3",
        "list": [["x", "y"]],
        "x": 1,
    }


def test_names_what_a_template_names():
    assert list(templates.names("{self.key} {x: y} {n}")) == [("self", "key"), ("n",)]


def test_names_what_nobody_closes():
    found = templates.unclosed("{self.key {item.a-b {self.x} {kubernetes.io/os: linux} {a b")
    assert list(found) == ["self.key", "item.a-b", "kubernetes.io"]


@pytest.mark.parametrize("value", [[], {}])
def test_what_is_empty_reads_as_an_empty_string(value):
    assert templates.words(value) == '""'
