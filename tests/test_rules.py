"""Every rule is proved by its own examples."""

import pathlib
import re

import pytest

from dslint import examples, rulebook

BOOK = rulebook.load()
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{example.name}")
    for rule in BOOK.rules.values()
    for example in examples.of(rule)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example_proves_its_rule(rule, example):
    found = examples.findings(BOOK, rule, example)
    assert examples.fault(BOOK, rule, example) == "", found


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_file_is_named_after_its_rule(rule):
    assert rule.source.rpartition("/")[2].partition(".yaml")[0] == f"{rule.id}-{rule.name}"


def test_every_id_that_the_code_names_has_a_file():
    named = {
        found
        for path in pathlib.Path(rulebook.HERE).rglob("*.py")
        for found in re.findall(r'"(DS\d{3})"', path.read_text("utf-8"))
    }
    assert sorted(named - set(BOOK.rules)) == []
