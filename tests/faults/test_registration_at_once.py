"""Twenty bring the same persons at once, each in an order of his own: every person once, with one number."""

from __future__ import annotations

import random

import pytest

from tests.national.cadsus.example import AUTHOR, a_cpf, accepted
from tests.national.cadsus.test_concurrency import in_threads
from tests.people.registration_example import a_record
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, IdentificadorLocal, Pessoa, Transacao
from vincula.people.record import LocalId, PersonRecord
from vincula.people.registration.joining import DATA

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
AT_ONCE = 20
_SYLLABLES = ("BA", "CE", "DI", "FO", "GU", "HA", "JE", "LI", "MO", "NU")


def person(number: int) -> PersonRecord:
    """One in three without a CPF: then name, birth and mother decide."""
    word = "".join(_SYLLABLES[int(digit)] for digit in f"{number:04d}")
    return a_record(nome=f"MARIA {word} PRADO", cpf=a_cpf(number) if number % 3 else "")


@pytest.mark.parametrize(
    "people", [10, pytest.param(1_000, marks=[pytest.mark.long, pytest.mark.timeout(1_800)])]
)
def test_twenty_who_bring_the_same_persons_make_each_once_with_one_number(people: int) -> None:
    def bring(place: int) -> dict[int, str]:
        order = list(range(1, people + 1))
        random.Random(place).shuffle(order)
        return {
            number: accepted(
                services.incorporate(person(number), DATA, AUTHOR, local=LocalId(f"1.2.{place}", str(number)))
            ).cns
            for number in order
        }

    answers = in_threads(bring, AT_ONCE)
    assert all(answer == answers[0] for answer in answers), [a for a in answers if not isinstance(a, dict)][
        :1
    ]
    assert len(set(answers[0].values())) == people
    assert (Pessoa.objects.count(), Cartao.objects.count()) == (people, people)
    assert Transacao.objects.filter(tipo="ADICIONADO").count() == people
    assert IdentificadorLocal.objects.count() == people * AT_ONCE
