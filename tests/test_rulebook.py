"""Rulebooks: loaded from folders or a pack, chosen by ids and profiles, described."""

import itertools
import json
from dataclasses import replace

import pytest

from dslint import rulebook
from dslint.model import InputError
from dslint.rule import Rule, describe, told
from dslint.rulebook import Rulebook

OWN = """\
id: ACME1
name: names-a-team
severity: error
summary: A pod template without a team.
why: nobody knows whom to call.
each: workload
holds: {required: [metadata], properties: {metadata: {required: [labels]}}}
at: metadata
fix: add the label
good: ['{apiVersion: v1, kind: Pod, metadata: {labels: {team: a}}}']
bad: ['{apiVersion: v1, kind: Pod, metadata: {name: a}}  # here']
"""


def book(*ids):
    rules = {name: Rule(name, name.lower(), "warning", "s", "w", "f") for name in ids}
    return Rulebook(rules, frozenset(rules))


BOOK = book("DS001", "DS102", "DS210", "DS211", "DS305", "DS501", "DS601", "DS901", "ACME1")


@pytest.mark.parametrize(
    ("select", "ignore", "profile", "expected"),
    [
        pytest.param(
            [],
            [],
            "placement",
            ["ACME1", "DS001", "DS102", "DS210", "DS211", "DS305", "DS901"],
            id="the default",
        ),
        pytest.param([], [], "all", sorted(BOOK.rules), id="all"),
        pytest.param(["DS2"], [], "placement", ["DS210", "DS211"], id="a prefix"),
        pytest.param(["DS501"], [], "placement", ["DS501"], id="of a group that is off"),
        pytest.param(["DS2", "DS305"], ["DS211"], "placement", ["DS210", "DS305"], id="ignore"),
        pytest.param(["DS210"], ["DS2"], "all", ["DS210"], id="the longer one wins"),
        pytest.param(["DS2"], ["DS2"], "all", [], id="ignore wins over an equal one"),
        pytest.param([], ["DS", "ACME"], "all", [], id="nothing left"),
        pytest.param(["DS4"], [], "all", [], id="a group without rules"),
    ],
)
def test_choose(select, ignore, profile, expected):
    assert sorted(rulebook.choose(BOOK, select, ignore, profile).chosen) == expected


def test_strict_makes_errors_of_warnings():
    assert rulebook.choose(BOOK, profile="strict").strict
    assert not rulebook.choose(BOOK, profile="all").strict


@pytest.mark.parametrize(
    ("select", "ignore", "profile", "where"),
    [
        (["XX9"], [], "all", "--select"),
        ([], ["DS77"], "all", "--ignore"),
        ([""], [], "all", "--select"),
        ([], [], "everything", "--profile"),
    ],
)
def test_refuses_what_would_choose_nothing(select, ignore, profile, where):
    with pytest.raises(InputError) as error:
        rulebook.choose(BOOK, select, ignore, profile)
    assert error.value.where == where


def test_loads_a_folder_beside_the_built_in_rules(tmp_path):
    (tmp_path / "own.yaml").write_text(OWN)
    loaded = rulebook.load([tmp_path])
    assert "ACME1" in loaded.chosen
    assert loaded.rules["DS210"].name == "tolerates-everything"


def test_a_folder_that_is_named_twice_is_read_once(tmp_path):
    (tmp_path / "own.yaml").write_text(OWN)
    assert "ACME1" in rulebook.load([tmp_path, f"{tmp_path}/."]).chosen


def test_the_pack_holds_what_the_folder_holds():
    packed = rulebook.unpack(rulebook.pack(rulebook.FOLDER))
    built_in = rulebook.load().rules
    assert [rule.id for rule in packed] == list(built_in)
    for rule in packed:
        assert describe(rule) == describe(built_in[rule.id])
        same = replace(built_in[rule.id], source=rule.source)
        assert told(rule) == told(same)


def test_reads_the_pack_where_there_is_no_folder(tmp_path, monkeypatch):
    (tmp_path / "rules.json").write_bytes(rulebook.pack(rulebook.FOLDER))
    monkeypatch.setattr(rulebook, "FOLDER", tmp_path / "none")
    monkeypatch.setattr(rulebook, "PACK", tmp_path / "rules.json")
    rulebook._builtin.cache_clear()
    packed = rulebook.load().rules
    rulebook._builtin.cache_clear()
    assert packed["DS210"].source.startswith("DS210-tolerates-everything.yaml:")


def test_packs_the_same_bytes_whatever_the_order_of_files(tmp_path):
    for folder, names in (("one", "ab"), ("two", "ba")):
        (tmp_path / folder).mkdir()
        for name, number in zip(names, itertools.count(1), strict=False):
            text = OWN.replace("ACME1", f"ACME{number}")
            (tmp_path / folder / f"{name}.yaml").write_text(text)
    one, two = (json.loads(rulebook.pack(tmp_path / folder)) for folder in ("one", "two"))
    assert [rule["id"] for rule in one] == [rule["id"] for rule in two] == ["ACME1", "ACME2"]


def test_describes_a_rule():
    rule = rulebook.load().rules["DS216"]
    described = describe(rule)
    assert list(described) == [
        *("id", "name", "severity", "rejected", "summary", "why", "kinds", "fixable"),
        *("needs_inventory", "references"),
    ]
    assert described["kinds"] == ["DaemonSet"]
    assert (described["fixable"], described["needs_inventory"]) == (True, False)
