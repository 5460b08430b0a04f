"""The nearest name to a misspelled one, and the slips that are certain."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint.nearest import nearest, slip

FIELDS = ["tolerations", "nodeSelector", "updateStrategy", "securityContext", "ip", "tty", "env"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("toleration", "tolerations", id="letter-missing"),
        pytest.param("tolerationss", "tolerations", id="letter-too-many"),
        pytest.param("tolerbtions", "tolerations", id="letter-changed"),
        pytest.param("toleratinos", "tolerations", id="letters-swapped"),
        pytest.param("nodeselector", "nodeSelector", id="case"),
        pytest.param("TTY", "tty", id="short-and-case"),
        pytest.param("try", None, id="short-words-are-other-words"),
        pytest.param("tolrtions", None, id="two-letters"),
        pytest.param("strategyy", None, id="far"),
    ],
)
def test_a_slip_is_a_difference_in_case_or_one_letter(word: str, meant: str | None) -> None:
    assert slip(word, FIELDS) == meant


def test_a_slip_between_two_words_is_none() -> None:
    assert slip("lists", ["listx", "listy"]) is None
    assert slip("LIST", ["List", "list"]) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("toleration", "tolerations", id="slip"),
        pytest.param("strategyy", "updateStrategy", id="alike"),
        pytest.param("replicas", None, id="nothing-near"),
    ],
)
def test_the_nearest_word(word: str, meant: str | None) -> None:
    assert nearest(word, FIELDS) == meant


WORDS = st.text(alphabet="abcABİ1-", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_the_nearest_word_is_difflibs_where_there_is_no_slip(word, known):
    lowered = {one.lower(): one for one in known}
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    meant = lowered[found[0]] if found and found[0] else None
    assert nearest(word, known) == (slip(word, known) or meant)


def test_words_that_are_nothing_like_it_are_not_compared(monkeypatch):
    def compared(word: str, one: str) -> float:
        raise AssertionError(f"{word} with {one}")

    monkeypatch.setattr("dslint.nearest._ratio", compared)
    assert {nearest(word, FIELDS) for word in (f"k{n}x{n}" for n in range(1000))} == {None}
    assert nearest("tolerations" * 1000, FIELDS) is None


def test_words_of_any_length_and_number():
    assert slip("a" * 100_000, ["a" * 100_001]) == "a" * 100_001
    assert nearest("label-77x", [f"label-{n}" for n in range(2000)]) == "label-77"
