"""Terms and requirements: what parses, what matches, what a match field means."""

from typing import Any

import pytest

from dslint import nodeset, selectors

NODES = [
    {"metadata": {"name": "a", "labels": {"disk": "ssd", "cores": "8"}}},
    {"metadata": {"name": "b", "labels": {"disk": "hdd", "cores": "+16"}}},
    {"metadata": {"name": "c", "labels": {"cores": "many"}}},
]


def names(term: dict[str, Any], nodes: list[dict[str, Any]] = NODES) -> list[str]:
    index = nodeset.index_of(nodes)
    found = selectors.matching(selectors.term_of(term, ()), index.nodes, index)
    return list(index.select(found, by_class=False))


def asks(key: str, operator: str, *values: str) -> dict[str, Any]:
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


def field(key: str, operator: str, *values: str) -> dict[str, Any]:
    return {"matchFields": [{"key": key, "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("term", "matched"),
    [
        pytest.param(asks("disk", "In", "ssd", "nvme"), "a", id="In"),
        pytest.param(asks("disk", "NotIn", "ssd"), "bc", id="NotIn also without the label"),
        pytest.param(asks("disk", "Exists"), "ab", id="Exists"),
        pytest.param(asks("disk", "DoesNotExist"), "c", id="DoesNotExist"),
        pytest.param(asks("cores", "Gt", "7"), "ab", id="Gt reads what ParseInt reads"),
        pytest.param(asks("cores", "Lt", "9"), "a", id="Lt"),
        pytest.param({}, "", id="an empty term"),
        pytest.param(asks("cores", "Gt", "-1"), "", id="a value that is no label value"),
        pytest.param(asks("cores", "Gt", "x"), "", id="Gt without an integer"),
        pytest.param(asks("cores", "Gt", "1", "2"), "", id="Gt with two"),
        pytest.param(asks("cores", "Gt", "9223372036854775808"), "", id="past int64"),
        pytest.param(asks("disk", "In"), "", id="In without values"),
        pytest.param(asks("disk", "Exists", "ssd"), "", id="Exists with values"),
        pytest.param(asks("disk", "in", "ssd"), "", id="no such operator"),
        pytest.param(asks("-disk", "Exists"), "", id="no label key"),
        pytest.param(field("metadata.name", "In", "b"), "b", id="a name"),
        pytest.param(field("metadata.name", "NotIn", "b"), "ac", id="another name"),
        pytest.param(field("metadata.name", "In", "a", "b"), "", id="two names"),
        pytest.param(field("metadata.name", "Exists"), "", id="an operator fields do not know"),
        pytest.param(field("spec.x", "In", ""), "abc", id="another field reads as empty"),
        pytest.param(field("spec.x", "In", "y"), "", id="and is nothing else"),
        pytest.param(asks("disk", "Exists") | field("metadata.name", "In", "c"), "", id="both"),
    ],
)
def test_matching(term: dict[str, Any], matched: str) -> None:
    assert names(term) == list(matched)


def test_a_node_without_a_name_skips_match_fields() -> None:
    assert names(field("metadata.name", "In", "x"), [{"metadata": {}}]) == [""]


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        pytest.param([field("metadata.name", "In", "a")], "a", id="one"),
        pytest.param(
            [field("metadata.name", "In", "a"), asks("disk", "Exists")], None, id="a term without"
        ),
        pytest.param(
            [field("metadata.name", "In", "a"), field("metadata.name", "In", "c")], "ac", id="two"
        ),
        pytest.param([], None, id="no terms"),
    ],
)
def test_nodes_that_terms_name(terms: list[dict[str, Any]], named: str | None) -> None:
    index = nodeset.index_of(NODES)
    found = selectors.named_nodes(tuple(selectors.term_of(term, ()) for term in terms), index)
    assert (None if found is None else list(index.select(found, by_class=False))) == (
        None if named is None else list(named)
    )


def test_preferred_terms_without_effect_are_skipped() -> None:
    stated = [
        {"weight": 0, "preference": asks("disk", "bad")},
        {"weight": 5, "preference": {}},
        {"weight": 7, "preference": asks("disk", "Exists")},
        "odd",
    ]
    affinity = {"nodeAffinity": {selectors.PREFERRED[-1]: stated}}
    found = selectors.preferred_terms({"affinity": affinity})
    assert [(weight, str(term)) for weight, term in found] == [(7, "disk Exists")]


def test_shown() -> None:
    term = selectors.term_of(asks("disk", "In", "ssd", "hdd"), ())
    assert str(term) == "disk In [ssd, hdd]"
    assert str(selectors.term_of({}, ())) == "(empty)"
