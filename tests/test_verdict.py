"""What reader, schema and checks say of a document: each fault once, by its most specific id."""

import gzip
import json
import pathlib

import pytest

from dslint import discover, source, target, verdict, workloads
from dslint.model import Complaint

RECORDINGS = pathlib.Path(__file__).parent / "recordings"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(["DS102", "DS004"], ["DS004"], id="the more specific"),
        pytest.param(["DS199", "DS102"], ["DS102"], id="both general"),
        pytest.param(["DS204", "DS203"], ["DS204", "DS203"], id="two specific"),
        pytest.param(["DS102", "DS102"], ["DS102"], id="the same twice"),
    ],
)
def test_distinct(rules, expected):
    said = [Complaint(rule, ("spec",), "wrong") for rule in rules]
    assert [one.rule for one in verdict._distinct(said)] == expected


@pytest.mark.parametrize("version", ["1.25", "1.33", "1.37"])
def test_checks_that_are_not_asked_have_nothing_to_say(version):
    wanted, passed_over = target.of(version), 0
    with gzip.open(RECORDINGS / "validity.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["yaml"] for line in lines]
    for document in (one for text in texts for one in source.read(text, "-")):
        for workload in workloads.of(document):
            asked = verdict._concerned(workloads.fields(workload))
            silent = [
                check.complaints
                for check in discover.modules("checks")
                if check.complaints not in asked
            ]
            assert [said for check in silent for said in check(workload, wanted)] == []
            passed_over += len(silent)
    assert passed_over > 1_000
