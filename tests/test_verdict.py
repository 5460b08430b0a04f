"""What reader, schema and checks say of a document: each fault once, by its most specific id."""

import pytest

from dslint import verdict
from dslint.model import Complaint


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
