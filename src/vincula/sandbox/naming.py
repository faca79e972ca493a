"""Names as six numbers a person, and as text: given, second given, long part, two surnames, suffix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vincula.sandbox.chance import I64, Chance
from vincula.sandbox.lists import DECADES, LONG_PARTS, SUFFIXES, Lists

# Shape (6, households, places). Surnames are position × 3 + form (0 alone, 1 with its particle, 2 after a
# hyphen).
Columns = NDArray[np.int64]
GIVEN, SECOND, LONG, SURNAME1, SURNAME2, SUFFIX = range(6)
_EPOCH_1930 = -14_610  # days from 1970-01-01 to 1930-01-01
_DECADE = 3652.5


def plain(surname: I64) -> I64:
    """The surname without the hyphen, which only joins the second of two."""
    return np.where(surname % 3 == 2, surname - 2, surname)


def draw(chance: Chance, lists: Lists, label: str, person: I64, sex: I64, birth: I64) -> Columns:
    """Names by frequency: first names by sex and decade of birth, surnames with their particles."""
    given = _given(chance, lists, f"{label}/given", person, sex, birth)
    second = _given(chance, lists, f"{label}/second", person, sex, birth)
    often = np.where(lists.compound[given], 7200, 2200)
    second = np.where(chance.happens(f"{label}/compound", person, often) & (second != given), second, 0)
    surname1 = _surname(chance, lists, f"{label}/surname1", person)
    surname2 = _surname(chance, lists, f"{label}/surname2", person)
    single = chance.happens(f"{label}/single", person, 1700) | (surname1 // 3 == surname2 // 3)
    surname1 = np.where(single, 0, surname1)
    hyphen = (surname1 > 0) & chance.happens(f"{label}/hyphen", person, 30)
    surname2 = np.where(hyphen, surname2 // 3 * 3 + 2, surname2)
    which = 1 + chance.below(f"{label}/part", person, len(LONG_PARTS) - 1)
    long = np.where(chance.happens(f"{label}/long", person, 25), which, 0)
    which = 1 + chance.below(f"{label}/form", person, len(SUFFIXES) - 1)
    suffix = np.where((sex == 1) & chance.happens(f"{label}/suffix", person, 200), which, 0)
    return np.stack([given, second, long, surname1, surname2, suffix])


def _given(chance: Chance, lists: Lists, label: str, person: I64, sex: I64, birth: I64) -> I64:
    decade = np.clip(((birth - _EPOCH_1930) / _DECADE).astype(np.int64), 0, DECADES - 1)
    slot = (chance.bits(label, person) >> np.uint64(48)).astype(np.int64)
    given: I64 = lists.given_table[sex, decade, slot]
    return given


def _surname(chance: Chance, lists: Lists, label: str, person: I64) -> I64:
    surname = chance.pick(label, person, lists.surname_table)
    particle = chance.below(f"{label}/particle", person, 100) < lists.particle_percent[surname]
    return surname * 3 + particle


def texts(lists: Lists, columns: Columns) -> list[str]:
    """The names of flattened columns (6, people), in upper case with accents; "" where there is no first
    name.
    """
    given, second, surnames = lists.given, lists.second, lists.surnames
    return [
        given[g] + second[s] + LONG_PARTS[p] + surnames[a] + surnames[b] + SUFFIXES[x]
        for g, s, p, a, b, x in zip(*columns.tolist(), strict=True)
    ]
