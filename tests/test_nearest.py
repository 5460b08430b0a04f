"""The nearest name to a misspelled one, and the slips that are certain."""

import pytest

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
