"""Finds the word that was meant: the nearest known name to a misspelled one.

A word and the known words come in, the nearest of them goes out, or None where nothing is near.
What can be told from a word's length and letters is asked first, because a text may hold thousands
of unknown words. Nothing can go wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

# Two words of three letters that are one letter apart are often two words.
_SHORT = 3
_ALIKE = 0.6
# Of so many known words an index is made and kept; more of them are one inventory's labels.
_KEPT = 1000

_Words = tuple[str, ...]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that differs by case, by one letter, or least; None where none is near."""
    words = tuple(known)
    for found in (slip(word, words), _alike(word.lower(), words)):
        if found:
            return found
    return None


def slip(word: str, known: Iterable[str]) -> str | None:
    """The only known word that differs from `word` by case alone, else by one letter."""
    words, wanted = tuple(known), word.lower()
    by_length = _by_length(words) if len(words) <= _KEPT else _by_length.__wrapped__(words)
    same = [one for lowered, one in by_length.get(len(wanted), ()) if lowered == wanted]
    found = same or [
        one
        for length in (len(wanted) - 1, len(wanted), len(wanted) + 1)
        for lowered, one in by_length.get(length, ())
        if _one_letter_apart(wanted, lowered)
    ]
    return found[0] if len(found) == 1 else None


@functools.lru_cache(maxsize=64)
def _by_length(words: _Words) -> Mapping[int, list[tuple[str, str]]]:
    """The words by how long they are, each in lower case and as it is."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in words:
        lowered = one.lower()
        found.setdefault(len(lowered), []).append((lowered, one))
    return found


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter was added, dropped, changed, or two neighbours were swapped."""
    if min(len(one), len(other)) <= _SHORT:
        return False
    start = _same_up_to(one, other)
    left, right = one[start:], other[start:]
    end = _same_up_to(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _same_up_to(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def _alike(word: str, words: _Words) -> str | None:
    """The known word whose common parts make up the most of both, and at least `_ALIKE`."""
    best = _ALIKE, ""
    for most, one in sorted(_promising(word, words), reverse=True):
        if most < best[0]:
            break
        best = max(best, (_ratio(word, one), one))
    return next((one for one in reversed(words) if best[1] and one.lower() == best[1]), None)


def _promising(word: str, words: _Words) -> Iterator[tuple[float, str]]:
    """The known words, in lower case, that can be alike, each with how much at the most."""
    by_length = _letters(words) if len(words) <= _KEPT else _letters.__wrapped__(words)
    own = _counted(word)
    for length, same in by_length.items():
        both = len(word) + length
        if not both or 2 * min(len(word), length) < _ALIKE * both:
            continue
        for lowered, letters in same:
            # Two words have no more in common than the letters that both have.
            most = 2 * len(own & letters) / both
            if most >= _ALIKE:
                yield most, lowered


def _ratio(word: str, one: str) -> float:
    # Spares every command that has nothing to complain of the import of difflib.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, word).ratio()


@functools.lru_cache(maxsize=64)
def _letters(words: _Words) -> Mapping[int, list[tuple[str, frozenset[str]]]]:
    """The words by how long they are, in lower case, each with its letters."""
    found: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for lowered in dict.fromkeys(one.lower() for one in words):
        found.setdefault(len(lowered), []).append((lowered, _counted(lowered)))
    return found


def _counted(word: str) -> frozenset[str]:
    """The letters of a word, each with its count up to there, so that a set keeps count."""
    seen: dict[str, int] = {}
    for letter in word:
        seen[letter] = seen.get(letter, 0) + 1
    return frozenset(f"{letter}{at}" for letter, count in seen.items() for at in range(count))
