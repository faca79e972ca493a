"""Families as columns: who is in each household and born when. A block of households at a time.

Seven places per household: 0 the head, 1 the spouse, 2 to 5 children, 6 the head's mother.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vincula.sandbox import naming
from vincula.sandbox.chance import I64, Chance, weighted
from vincula.sandbox.lists import Lists

Flags = NDArray[np.bool_]

PLACES = 7
SERIALS_PER_HOUSEHOLD = 8
HEAD, SPOUSE, CHILD, MOTHER = 0, 1, 2, 6
FEMALE, MALE = 0, 1
YEAR = 365.25
# Everybody is born and enrolled by this day (2024-12-31), so that nothing is in the future whenever it is
# used.
REFERENCE_DAY = 20_088

ALONE, HOMONYM, COUPLE, WITH_CHILDREN, SINGLE_PARENT, THREE_GENERATIONS = range(6)
_KINDS = weighted([2100, 90, 1700, 4200, 1510, 400])
_CHILDREN = weighted([45, 35, 14, 6])
SAME_BIRTH, PERFECT = 1, 2


@dataclass(frozen=True)
class Families:
    """A block of households. Arrays of people have the shape (households, PLACES); days count from
    1970-01-01.
    """

    first: int
    person: I64
    present: Flags
    sex: I64
    birth: I64
    name: naming.Columns
    mother: naming.Columns
    other_name: (
        naming.Columns
    )  # of wives: by birth if the civil name is by marriage, and the reverse; else zeros
    twin: Flags
    homonym: I64  # per household: 0, SAME_BIRTH or PERFECT (the mother's name too)


def draw(chance: Chance, lists: Lists, first: int, count: int) -> Families:
    """The households `first` … `first + count - 1`; always the same ones for the same world and the same
    cut.
    """
    household = np.arange(first, first + count, dtype=np.int64)
    person = household[:, None] * SERIALS_PER_HOUSEHOLD + np.arange(PLACES, dtype=np.int64)
    kind = chance.pick("kind", household, _KINDS)
    kind[0] = ALONE if kind[0] == HOMONYM else kind[0]  # a homonym needs a household before it
    kind[1:][(kind[1:] == HOMONYM) & (kind[:-1] == HOMONYM)] = ALONE
    sex = _sexes(chance, household, person, kind)
    birth, children = _births(chance, lists, household, kind, sex)
    twin = _twins(chance, household, birth, children)
    present = _present(kind, children)
    name = naming.draw(chance, lists, "name", person, sex, birth)
    _tell_twins_apart(lists, twin, sex, name)
    earlier = birth - int(19 * YEAR) - chance.below("mother/birth", person, 6900)
    mother = naming.draw(chance, lists, "mother", person, np.zeros_like(sex), earlier)
    other_name = _inherit(chance, household, present[:, SPOUSE], sex, name, mother)
    homonym = np.where(kind == HOMONYM, 1 + chance.below("homonym", household, 2), 0)
    _copy_homonyms(homonym, sex, birth, name, mother)
    return Families(first, person, present, sex, birth, name, mother, other_name, twin, homonym)


def _present(kind: I64, children: I64) -> Flags:
    present = np.zeros((len(kind), PLACES), dtype=bool)
    present[:, HEAD] = True
    present[:, SPOUSE] = (kind == COUPLE) | (kind == WITH_CHILDREN) | (kind == THREE_GENERATIONS)
    present[:, MOTHER] = kind == THREE_GENERATIONS
    for i in range(4):
        present[:, CHILD + i] = children > i
    return present


def _sexes(chance: Chance, household: I64, person: I64, kind: I64) -> I64:
    sex = chance.below("sex", person, 2)
    men_of_100 = np.where(kind == SINGLE_PARENT, 14, np.where(kind == ALONE, 50, 62))
    sex[:, HEAD] = np.where(chance.below("head", household, 100) < men_of_100, MALE, FEMALE)
    sex[:, SPOUSE] = 1 - sex[:, HEAD]
    sex[:, MOTHER] = FEMALE
    return sex


def _births(chance: Chance, lists: Lists, household: I64, kind: I64, sex: I64) -> tuple[I64, I64]:
    """Birth days, and how many children fit between the parents' ages and today."""
    age = chance.pick("age", household, lists.adult_ages) + chance.below("age/year", household, 5)
    parent = kind >= WITH_CHILDREN
    age = np.where(parent, 22 + age % 38, age)
    birth = np.empty((len(household), PLACES), dtype=np.int64)
    birth[:, HEAD] = REFERENCE_DAY - (age * YEAR).astype(np.int64) - chance.below("day", household, 365)
    gap = chance.below("couple", household, 4400) - 2200
    birth[:, SPOUSE] = np.minimum(birth[:, HEAD] + gap, REFERENCE_DAY - int(20.5 * YEAR))
    birth[:, MOTHER] = birth[:, HEAD] - int(18 * YEAR) - chance.below("mother/age", household, 7300)
    has_spouse = (kind == WITH_CHILDREN) | (kind == THREE_GENERATIONS)
    bearer = np.where((sex[:, HEAD] == FEMALE) | ~has_spouse, birth[:, HEAD], birth[:, SPOUSE])
    begin = np.maximum(bearer + int(18 * YEAR), REFERENCE_DAY - int(24 * YEAR))
    room = np.minimum(bearer + int(43 * YEAR), REFERENCE_DAY - 40) - begin
    wanted = np.where(parent, 1 + chance.pick("children", household, _CHILDREN), 0)
    children = np.maximum(np.minimum(wanted, room // 420), 0)
    part = np.maximum(room, 420) // np.maximum(children, 1)
    for i in range(4):
        gap = np.where(children == i + 1, 0, 300)  # days between two births at least
        within = chance.below(f"child{i}", household, np.maximum(part - gap, 1))
        birth[:, CHILD + i] = begin + i * part + within
    return birth, children


def _twins(chance: Chance, household: I64, birth: I64, children: I64) -> Flags:
    """In three of a hundred families with two children or more, the first two are twins."""
    twin = np.zeros(birth.shape, dtype=bool)
    pair = (children >= 2) & chance.happens("twins", household, 300)
    twin[pair, CHILD : CHILD + 2] = True
    birth[pair, CHILD + 1] = birth[pair, CHILD]
    return twin


def _tell_twins_apart(lists: Lists, twin: Flags, sex: I64, name: naming.Columns) -> None:
    """The second twin never gets the very names of the first."""
    one, two = name[: naming.LONG, :, CHILD], name[: naming.LONG, :, CHILD + 1]
    alike = twin[:, CHILD] & (one == two).all(axis=0)
    name[naming.SECOND, alike, CHILD + 1] = np.where(
        one[naming.SECOND, alike] > 0, 0, lists.given_table[sex[alike, CHILD + 1], -1, 20_000]
    )


def _inherit(
    chance: Chance, household: I64, couple: Flags, sex: I64, name: naming.Columns, mother: naming.Columns
) -> naming.Columns:
    """Hand surnames down, marry the couples, tell every child who its mother is. Answers the wives' other
    names.
    """
    row = np.arange(len(household))
    woman = np.where(sex[:, HEAD] == FEMALE, HEAD, SPOUSE)
    lone_father = ~couple & (sex[:, HEAD] == MALE)
    father = np.where(couple, 1 - woman, HEAD)
    paternal = naming.plain(name[naming.SURNAME2, row, father])
    bearer = np.where(lone_father, mother[:, :, CHILD], name[:, row, woman])
    maternal = naming.plain(np.where(couple | lone_father, bearer[naming.SURNAME2], bearer[naming.SURNAME1]))
    name[naming.SURNAME1, :, CHILD:MOTHER] = np.where(maternal // 3 == paternal // 3, 0, maternal)[:, None]
    name[naming.SURNAME2, :, CHILD:MOTHER] = paternal[:, None]
    junior = couple & (sex[:, CHILD] == MALE) & chance.happens("junior", household, 500)
    name[:, junior, CHILD] = name[:, row, father][:, junior]
    name[naming.SUFFIX, junior, CHILD] = 1 + chance.below("junior/form", household, 2)[junior]

    # The heads' mothers hand down their last surname.
    adults = slice(HEAD, SPOUSE + 1)
    own = naming.plain(name[naming.SURNAME1, :, adults])
    mother[naming.SURNAME2, :, adults] = np.where(own > 0, own, mother[naming.SURNAME2, :, adults])
    other = _marry(chance, household, couple, woman, paternal, name)
    # Children know the mother by her civil name; a head's mother in the house is that very mother.
    known = np.where(lone_father, mother[:, :, CHILD], name[:, row, woman])
    mother[:, :, CHILD:MOTHER] = known[:, :, None]
    name[:, :, MOTHER] = mother[:, :, HEAD]
    return other


def _marry(
    chance: Chance, household: I64, couple: Flags, woman: I64, paternal: I64, name: naming.Columns
) -> naming.Columns:
    """Some wives take the husband's last surname. Answers every wife's other name (by birth or by
    marriage).
    """
    row = np.arange(len(household))
    by_marriage = name[:, row, woman]
    couple = couple & (by_marriage[naming.SURNAME2] // 3 != paternal // 3)
    by_marriage[naming.SURNAME1] = naming.plain(by_marriage[naming.SURNAME2])
    by_marriage[naming.SURNAME2] = paternal
    other = np.zeros_like(name)
    other[:, row[couple], woman[couple]] = by_marriage[:, couple]
    takes = couple & chance.happens("marriage", household, 4500)
    other[:, row[takes], woman[takes]] = name[:, row[takes], woman[takes]]
    name[:, row[takes], woman[takes]] = by_marriage[:, takes]
    return other


def _copy_homonyms(homonym: I64, sex: I64, birth: I64, name: naming.Columns, mother: naming.Columns) -> None:
    """A homonym has name, sex and birth of the head of the household before; a perfect one the mother's
    name too.
    """
    same = np.flatnonzero(homonym)
    sex[same, HEAD] = sex[same - 1, HEAD]
    birth[same, HEAD] = birth[same - 1, HEAD]
    name[:, same, HEAD] = name[:, same - 1, HEAD]
    perfect = np.flatnonzero(homonym == PERFECT)
    mother[:, perfect, HEAD] = mother[:, perfect - 1, HEAD]
