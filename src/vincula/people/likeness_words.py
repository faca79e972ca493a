"""How alike two names, and two dates of birth, are written: points from 0 to 100. Pure."""

from __future__ import annotations

from functools import lru_cache

from .identity import identity_key
from .likeness_weights import BirthWeights, WordWeights
from .phonetics import folded_main_words, word_key


class SoughtName:
    """A name as it was asked, to be compared with many."""

    __slots__ = ("_alone", "_key", "_points", "_weights", "_words")

    def __init__(self, asked: str, weights: WordWeights) -> None:
        self._key = identity_key(asked)
        self._alone = 100 if asked.strip() else 0
        self._words = folded_main_words(self._key)
        self._points = _sum_of(self._words, weights)
        self._weights = weights

    def alike(self, known: str) -> int:
        """Points of `names_alike`."""
        key = identity_key(known)
        if self._key == key:
            return self._alone
        held = folded_main_words(key)
        if not self._words or not held:
            return 0
        extra = self._weights.extra
        common = _aligned(self._words, held, self._weights)
        points = common * (100 - extra) / self._points + common * extra / _sum_of(held, self._weights)
        return min(99, round(points / 100))


def names_alike(asked: str, known: str, weights: WordWeights) -> int:
    """Points of two names, word by word and in their order; 100 only for equal identity keys.

    What was asked must be found; what the base knows besides (a middle name not given) costs little. Both blank: 0.
    """
    return SoughtName(asked, weights).alike(known)


def _sum_of(words: list[str], weights: WordWeights) -> int:
    return len(words) - 1 + weights.first


def _aligned(wanted: list[str], held: list[str], weights: WordWeights) -> int:
    """The most points that words of both can have together without changing their order."""
    before = [0] * (len(held) + 1)
    for row, one in enumerate(wanted):
        best = [0]
        for column, other in enumerate(held):
            share = weights.first if row == column == 0 else 1
            found = before[column] + share * (100 if one == other else words_alike(one, other, weights))
            best.append(max(found, before[column + 1], best[column]))
        before = best
    return before[-1]


@lru_cache(maxsize=65_536)
def words_alike(one: str, other: str, weights: WordWeights) -> int:
    """Points of two words: the same, of the same sound, an initial, or misspelt; 0 for two different words.

    MARIA and MARIO are two words, however near they are written.
    """
    if one == other:
        return 100
    if one[:-1] == other[:-1] and {one[-1], other[-1]} == {"A", "O"}:
        return 0
    if len(one) == 1 or len(other) == 1:
        return weights.initial if one[:1] == other[:1] else 0
    points = 100 - 100 * edits(one, other) // max(len(one), len(other))
    if word_key(one) == word_key(other):
        points = max(points, weights.sound)
    return points if points >= weights.close else 0


def edits(one: str, other: str) -> int:
    """Letters to insert, drop or change, or neighbours to transpose, to make one of the other (each place once)."""
    two_before: list[int] = []
    before = list(range(len(other) + 1))
    for i, a in enumerate(one):
        row = [i + 1]
        for j, b in enumerate(other):
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                cost = min(cost, two_before[j - 1] + 1)
            row.append(cost)
        two_before, before = before, row
    return before[-1]


def births_alike(asked: str, known: str, weights: BirthWeights) -> int:
    """Points of two dates `AAAA-MM-DD`, by the mistakes that people make in writing one."""
    if asked == known:
        return 100
    year, month, day = asked[:4], asked[5:7], asked[8:]
    if known == f"{year}-{day}-{month}":
        return weights.swapped
    different = [place for place, digit in enumerate(asked) if known[place : place + 1] != digit]
    if len(different) == 1:
        return weights.digit
    if edits(asked, known) == 1:
        return weights.transposed
    parts = (year == known[:4]) + (month == known[5:7]) + (day == known[8:])
    return weights.parts if parts == 2 else 0
