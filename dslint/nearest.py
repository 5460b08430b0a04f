"""Finds the word that was meant: the nearest known name to a misspelled one.

A word and the known words come in, the nearest of them goes out, or None where nothing is near.
Nothing can go wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

# Two words of three letters that are one letter apart are often two words.
_SHORT = 3
_ALIKE = 0.6


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that differs by case, by one letter, or least; None where none is near."""
    words = list(known)
    for found in (slip(word, words), _alike(word, words)):
        if found:
            return found
    return None


def slip(word: str, known: Iterable[str]) -> str | None:
    """The only known word that differs from `word` by case alone, else by one letter."""
    words = list(known)
    for near in (_same_but_case, _one_letter_apart):
        found = [one for one in words if near(word, one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _alike(word: str, words: list[str]) -> str | None:
    # Spares every command that has nothing to complain of the import of difflib.
    import difflib

    lowered = {one.lower(): one for one in words}
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=_ALIKE)
    return lowered[found[0]] if found else None


def _same_but_case(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter was added, dropped, changed, or two neighbours were swapped."""
    if min(len(one), len(other)) <= _SHORT or abs(len(one) - len(other)) > 1:
        return False
    left, right = one.lower(), other.lower()
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])
