"""Every rule is proved by its own examples."""

import pathlib
import re

import pytest

from dslint import discover, examples, rulebook

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


# A sentence may begin with a name that is written so: tolerationSeconds, metadata.name, kubeadm.
BEGINS = re.compile(r"[A-Z0-9]|kube(adm|ctl|let)\b|[a-z]+[A-Z./]\w")


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_summary_and_why_are_sentences_and_a_fix_is_none(rule):
    for sentence in (rule.summary, rule.why):
        assert BEGINS.match(sentence)
        assert sentence.endswith(".")
    assert not re.match(r"[A-Z][a-z]", rule.fix)
    assert not rule.fix.endswith(".")


def test_a_fact_names_the_settings_that_it_reads():
    for module in discover.modules("facts"):
        text = pathlib.Path(module.__file__).read_text("utf-8")
        read = re.findall(r'settings\.get\("(\w+)"\)', text)
        assert sorted(read) == sorted(getattr(module, "SETTINGS", ()))
        assert text.count("settings.get(") == len(read)
