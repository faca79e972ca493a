"""The CNS base of any size, written straight into its tables: synthetic persons, one after another, who do not
depend on how many there are. The CSV loader would take most of an hour for ten millions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import transaction

from bench import setup
from vincula.common.bulk import batches, insert_rows
from vincula.identifiers import cns, cpf
from vincula.national.cadsus.services import store
from vincula.people.phonetics import search_key

BATCH = 20_000
LATER = 1_000_000_000
_FIRST = (
    "ANA", "MARIA", "JOSE", "JOAO", "LUCIA", "PEDRO", "RITA", "CARLOS", "HELENA", "PAULO", "MARTA", "BRUNO", "CLARA",
    "DIEGO", "ELISA", "FABIO", "GILDA", "HUGO", "IRENE", "JULIO", "KATIA", "LAURO", "NADIA", "OTAVIO", "RAUL", "SONIA",
    "PRISCILA", "TIAGO", "URSULA", "VITOR",
)  # fmt: skip
_SYLLABLES = (
    "BA", "CE", "DI", "FO", "GU", "LHA", "JE", "LI", "MO", "NU", "PRA", "QUE", "RI", "SO", "TU", "VA", "XE", "ZI",
    "BRO", "CLA",
)  # fmt: skip
_PERSON = (
    "id", "nome", "nome_chave", "fonetica", "nome_mae", "mae_chave", "sexo", "data_nascimento", "municipio_nascimento",
    "cpf", "cns_mestre", "qualidade", "registro_origem", "cpf_situacao", "nome_social", "nome_pai", "raca_cor",
    "data_obito", "pis", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "municipio", "uf",
    "ddd", "telefone", "email", "atualizado_em", "ativa", "simulado",
)  # fmt: skip
_NOTHING = ("",) * (_PERSON.index("atualizado_em") - _PERSON.index("registro_origem"))
_sound = cache(search_key)


@cache
def _surname(number: int) -> str:
    """One of 8,000."""
    return "".join(_SYLLABLES[number // 20**place % 20] for place in range(3))


def name_of(number: int) -> str:
    """600 first names, which sound apart: as many as are common. Which one has nothing to do with the day of birth:
    else a few of them would share each day."""
    first = (number * 2_654_435_761 >> 11) % 600
    return (
        f"{_FIRST[first % 30]}{_SYLLABLES[first // 30]}"
        f" {_surname(number // 600 % 8_000)} {_surname(number * 7_919 % 8_000)}"
    )


def birth_of(number: int) -> str:
    """One of 24,192 days."""
    day = number * 104_729 % 24_192
    return f"{1940 + day // 336:04d}-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}"


def cpf_of(number: int) -> str:
    return cpf.complete(f"{number:09d}")


def cns_of(number: int) -> str:
    return next(filter(None, (cns.issue(f"7{number:012d}{last}") for last in range(10))))


def grow(people: int) -> None:
    """So many persons, and the planner's statistics. Who is registered later gets other ids."""
    for numbers in batches(range(1, people + 1), BATCH):
        _insert(numbers)
    with transaction.atomic():
        store.take_turn()
        store.set_counter("pessoa", LATER)
    setup.analyse()


def _insert(numbers: list[int]) -> None:
    cards = [cns_of(n) for n in numbers]
    with transaction.atomic():
        insert_rows("cadsus_pessoa", _PERSON, list(_persons(numbers, cards)))
        insert_rows(
            "cadsus_identificador",
            ("tipo", "valor", "pessoa_id", "origem_id", "disputado"),
            [(1, cpf_of(n), n, n, False) for n in numbers],
        )
        insert_rows(
            "cadsus_cartao",
            ("cns", "pessoa_id", "origem_id", "tipo", "ordem", "atribuido_em", "simulado"),
            [(card, n, n, "D", 0, "2020-01-01", False) for n, card in zip(numbers, cards, strict=True)],
        )


def _persons(numbers: list[int], cards: list[str]) -> Iterator[tuple[Any, ...]]:
    for n, card in zip(numbers, cards, strict=True):
        name = name_of(n)
        mother = name_of(n * 31 + 17)
        yield (
            n, name, name, _sound(name), mother, mother, "FM"[n % 2], birth_of(n), "355030", cpf_of(n), card, 80,
            *_NOTHING, "2020-01-01", True, False,
        )  # fmt: skip
