"""From columns to people: a block of families gets names, numbers, situations, cards and an address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as count_from

import numpy as np

from vincula.sandbox import families, naming, numbers
from vincula.sandbox.chance import I64, Chance, weighted
from vincula.sandbox.lists import REGION_OF_UF, Lists, load
from vincula.sandbox.person import Base, Papel, SandboxPerson

HOUSEHOLDS_PER_BLOCK = 2_000
_PAPEIS = (Papel.TITULAR, Papel.CONJUGE, *[Papel.FILHO] * 4, Papel.MAE)
_HOMONYMS = ("", "MESMO_NASCIMENTO", "PERFEITO")
# Regular, suspended, pending, cancelled for multiplicity, null, cancelled of office. The dead come on top,
# by age.
_SITUATIONS = np.array([0, 2, 4, 5, 8, 9])
_SITUATION_TABLE = weighted([9700, 128, 105, 31, 18, 18])
_BASES = np.array([Base.PRESENT, Base.ABSENT, Base.WITHOUT_CPF, Base.CONFLICT, Base.TWICE])
_BASE_TABLE = weighted([9250, 430, 70, 40, 210])
# Which cards a person holds, best first (positions in numbers.CARD_PREFIXES: 7, 9, 1, 2, 898, 8).
_CARD_SETS = (
    (0,),
    (0, 4),
    (0, 1),
    (0, 2),
    (0, 3),
    (0, 1, 4),
    (0, 2, 5),
    (2,),
    (3,),
    (4,),
    (2, 4),
    (1,),
    (5,),
)
_BEST_IS_8 = [i for i, cards in enumerate(_CARD_SETS) if numbers.CARD_PREFIXES[cards[0]][0] == "8"]
_CARD_TABLE = weighted([640, 90, 40, 40, 30, 15, 10, 45, 25, 40, 10, 10, 5])


# The fields of a SandboxPerson from tipo_logradouro to ddd, in their order.
_Address = tuple[str, ...]


def blocks(seed: int) -> Iterator[list[SandboxPerson]]:
    """Blocks of 2,000 families for ever, one after the other."""
    chance, lists = Chance(seed), load()
    for number in count_from():
        yield _block(chance, lists, number * HOUSEHOLDS_PER_BLOCK)


def _block(chance: Chance, lists: Lists, first: int) -> list[SandboxPerson]:
    drawn = families.draw(chance, lists, first, HOUSEHOLDS_PER_BLOCK)
    household, place = np.nonzero(drawn.present)
    serial = drawn.person[drawn.present]
    birth = drawn.birth[drawn.present]
    homonym = np.where(place == families.HEAD, drawn.homonym[household], 0)
    city, addresses = _addresses(chance, lists, first)
    age = (families.REFERENCE_DAY - birth) // 365
    has_cpf = _has_cpf(chance, serial, age, homonym, drawn.homonym, household)
    situation, death = _situations(chance, serial, age)
    base = _bases(chance, serial, has_cpf, homonym, drawn.homonym, household)
    social = drawn.name[:, drawn.present].copy()
    social[naming.GIVEN] = lists.given_table[1 - drawn.sex[drawn.present], -4, serial % (1 << 16)]
    social[naming.SECOND] = 0
    social[:, ~chance.happens("social", serial, 30)] = 0
    phones = (900_000_000 + chance.below("phone", serial, 99_999_999)).tolist()
    columns = (
        serial.tolist(),
        (household + first).tolist(),
        [_PAPEIS[p] for p in place.tolist()],
        _cpfs(chance, lists, serial, city[household], has_cpf),
        np.where(has_cpf, situation, 0).tolist(),
        ["" if not year else str(year) for year in np.where(has_cpf, death, 0).tolist()],
        naming.texts(lists, drawn.name[:, drawn.present]),
        naming.texts(lists, drawn.other_name[:, drawn.present]),
        naming.texts(lists, social),
        naming.texts(lists, drawn.mother[:, drawn.present]),
        ["FM"[s] for s in drawn.sex[drawn.present].tolist()],
        np.datetime_as_string(birth.astype("datetime64[D]")).tolist(),
        _pis(chance, serial, age),
        [Base(b) for b in base.tolist()],
        _cards(chance, serial, base),
        _second_cards(chance, serial, base),
        drawn.twin[drawn.present].tolist(),
        [_HOMONYMS[h] for h in homonym.tolist()],
        *zip(*(addresses[h] for h in household.tolist()), strict=True),
        [str(phone) for phone in phones],
    )
    return [SandboxPerson._make(row) for row in zip(*columns, strict=True)]


def _has_cpf(
    chance: Chance, serial: I64, age: I64, homonym: I64, of_house: I64, household: I64
) -> families.Flags:
    """Nearly everybody; homonyms always, and whoever they are homonyms of, so that they cannot be
    confused.
    """
    without = np.where(age < 8, 700, np.where(age < 22, 0, 50))  # nobody comes of age unnoticed
    return ~chance.happens("no cpf", serial, without) | _in_homonymy(homonym, of_house, household)


def _in_homonymy(homonym: I64, of_house: I64, household: I64) -> families.Flags:
    following = np.append(of_house[1:], 0)
    return (homonym > 0) | (following[household] > 0)


def _situations(chance: Chance, serial: I64, age: I64) -> tuple[I64, I64]:
    situation = _SITUATIONS[chance.pick("situation", serial, _SITUATION_TABLE)]
    risk = np.select([age < 40, age < 60, age < 75], [10, 60, 250], 900)
    dead = chance.happens("death", serial, risk)
    year = np.maximum(2012 + chance.below("death/year", serial, 13), 2025 - age)
    return np.where(dead, 3, situation), np.where(dead, np.minimum(year, 2024), 0)


def _bases(
    chance: Chance, serial: I64, has_cpf: families.Flags, homonym: I64, of_house: I64, household: I64
) -> I64:
    base = _BASES[chance.pick("base", serial, _BASE_TABLE)]
    base = np.where(_in_homonymy(homonym, of_house, household), int(Base.PRESENT), base)
    present = np.where(chance.happens("base/no cpf", serial, 8500), int(Base.PRESENT), int(Base.ABSENT))
    return np.where(has_cpf, base, present)


def _cpfs(chance: Chance, lists: Lists, serial: I64, city: I64, has_cpf: families.Flags) -> list[str]:
    region_of_city = np.array([REGION_OF_UF[m.uf] for m in lists.municipios], dtype=np.int64)
    elsewhere = chance.happens("moved", serial, 1500)
    region = np.where(elsewhere, chance.below("moved/from", serial, 10), region_of_city[city])
    texts = (f"{number:011d}" for number in numbers.cpfs(chance, serial, region).tolist())
    return [text if has else "" for text, has in zip(texts, has_cpf.tolist(), strict=True)]


def _pis(chance: Chance, serial: I64, age: I64) -> list[str]:
    has = ((age >= 18) & chance.happens("pis", serial, 6000)).tolist()
    numbers_ = numbers.pis_numbers(chance, serial, 1).tolist()
    return [f"{number:011d}" if h else "" for number, h in zip(numbers_, has, strict=True)]


def _cards(chance: Chance, serial: I64, base: I64) -> list[tuple[str, ...]]:
    chosen = chance.pick("cards", serial, _CARD_TABLE)
    # The second registration has a card of prefix 8, and must have the worse one.
    chosen[(base == Base.TWICE) & np.isin(chosen, _BEST_IS_8)] = 0
    chosen[base == Base.ABSENT] = -1
    made: list[tuple[str, ...]] = [()] * len(serial)
    for number, prefixes in enumerate(_CARD_SETS):
        who = np.flatnonzero(chosen == number)
        sets = [numbers.cns_numbers(chance, serial[who], numbers.CARD_PREFIXES[p]).tolist() for p in prefixes]
        for person, cards in zip(who.tolist(), zip(*sets, strict=True), strict=True):
            made[person] = tuple(map(str, cards))
    return made


def _second_cards(chance: Chance, serial: I64, base: I64) -> list[str]:
    """The card of a second registration under the same CPF: prefix 8, from serials that no first card
    uses.
    """
    cards = [""] * len(serial)
    who = np.flatnonzero((base == Base.TWICE) | (base == Base.CONFLICT))
    second = numbers.cns_numbers(chance, serial[who] + numbers.SERIALS, "8").tolist()
    for person, number in zip(who.tolist(), second, strict=True):
        cards[person] = str(number)
    return cards


def _addresses(chance: Chance, lists: Lists, first: int) -> tuple[I64, list[_Address]]:
    household = np.arange(first, first + HOUSEHOLDS_PER_BLOCK, dtype=np.int64)
    city = chance.pick("city", household, lists.municipio_table)
    street = chance.below("street", household, len(lists.streets)).tolist()
    number = (1 + chance.below("number", household, 1999)).tolist()
    flat = np.where(
        chance.happens("flat", household, 3000), 11 + chance.below("flat/no", household, 1200), 0
    ).tolist()
    bairro = chance.below("bairro", household, len(lists.bairros)).tolist()
    cep = chance.below("cep", household, 10**8).tolist()
    made: list[_Address] = []
    for c, s, n, f, b, digits in zip(city.tolist(), street, number, flat, bairro, cep, strict=True):
        m = lists.municipios[c]
        kind, name, way = lists.streets[s]
        cep5 = m.cep5_first + digits // 1000 % (m.cep5_last - m.cep5_first + 1)
        made.append(
            (
                kind,
                f"{name} {way}",
                str(n),
                f"APTO {f}" if f else "",
                lists.bairros[b],
                f"{cep5:05d}{digits % 1000:03d}",
                m.ibge7,
                m.uf,
                m.ddd,
            )
        )
    return city, made
