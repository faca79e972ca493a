"""What a line of a bulk look-up tells of persons whom the client must not see: as much as of nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.national.cadsus.example import a_cns, a_cpf, load, row
from vincula.formats.fhir import BulkQuery
from vincula.national.api import services as api
from vincula.national.api.models import Credencial
from vincula.national.api.rules import Client
from vincula.national.api.services.bulk.finding import Batch, answer
from vincula.national.api.services.finding import Question
from vincula.national.api.services.view import client_of
from vincula.national.cadsus.models import Pessoa

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
NAME, BIRTH = "FAMOSA PESSOA DE TESTE", "1970-07-07"
OTHER_NAME, OTHER_BIRTH = "ALGUEM BEM DIFERENTE", "1944-04-04"
VIP, VISIBLE, WITHOUT_CPF, NOBODY = 1, 2, 3, 999


@pytest.fixture
def client(tmp_path: Path, operadora: api.Credential) -> Client:
    load(tmp_path, [
        row(VIP, nome=NAME, data_nascimento=BIRTH),
        row(VISIBLE, nome="CLARA VISIVEL DE TESTE", data_nascimento="1980-01-01"),
        row(WITHOUT_CPF, nome="BRUNO SEM NUMERO DE TESTE", data_nascimento="1990-01-01", cpf=""),
    ])  # fmt: skip
    Pessoa.objects.filter(pk=VIP).update(vip=True)
    return client_of(Credencial.objects.get())


def asked(client: Client, **fields: str) -> Batch:
    return answer(Question(client, "lote", client.purpose), [BulkQuery(id="a", **fields)], 1)


# What is asked with X, the CPF of the person under protection, and with Y, his CNS.
CASES: dict[str, dict[str, Any]] = {
    "his CPF": {"cpf": "X"},
    "his CNS": {"cns": "Y"},
    "both": {"cpf": "X", "cns": "Y"},
    "a CNS of nobody": {"cpf": "X", "cns": a_cns(998)},
    "a CPF of nobody": {"cpf": a_cpf(998), "cns": "Y"},
    "the CNS of somebody else": {"cpf": "X", "cns": a_cns(VISIBLE)},
    "the CPF of somebody else": {"cpf": a_cpf(VISIBLE), "cns": "Y"},
    "the CNS of somebody without CPF": {"cpf": "X", "cns": a_cns(WITHOUT_CPF)},
    "all right": {"cpf": "X", "nome": NAME, "nascimento": BIRTH},
    "another name": {"cpf": "X", "nome": OTHER_NAME, "nascimento": BIRTH},
    "another birth": {"cpf": "X", "nome": NAME, "nascimento": OTHER_BIRTH},
    "nothing right": {"cpf": "X", "nome": OTHER_NAME, "nascimento": OTHER_BIRTH},
    "a name alone": {"cpf": "X", "nome": OTHER_NAME},
    "his CNS and another name": {"cns": "Y", "nome": OTHER_NAME, "nascimento": BIRTH},
    "his CNS and another birth": {"cns": "Y", "nome": NAME, "nascimento": OTHER_BIRTH},
    "his CNS and all right": {"cns": "Y", "nome": NAME, "nascimento": BIRTH},
    "the CNS of somebody without CPF, described": {
        "cpf": "X", "cns": a_cns(WITHOUT_CPF), "nome": NAME, "nascimento": BIRTH,
    },
}  # fmt: skip


def numbered(case: dict[str, str], serial: int) -> dict[str, str]:
    meant = {"X": a_cpf(serial), "Y": a_cns(serial)}
    return {key: meant.get(value, value) for key, value in case.items()}


@pytest.mark.requirement("R088", "L5 in the bulk look-up")
@pytest.mark.parametrize("case", CASES)
def test_a_person_under_protection_is_answered_to_the_byte_as_nobody_is(client: Client, case: str) -> None:
    his = asked(client, **numbered(CASES[case], VIP))
    nobodys = asked(client, **numbered(CASES[case], NOBODY))
    assert his.lines == nobodys.lines
    assert [person.id for _, _, person in his.told] == [person.id for _, _, person in nobodys.told]
    assert (his.hidden, nobodys.hidden) == (1, 0), "counted, for the alert"


@pytest.mark.requirement("R088", "L5 in the bulk look-up by description")
def test_nor_is_he_found_by_his_description(client: Client) -> None:
    his = asked(client, nome=NAME, nascimento=BIRTH)
    nobodys = asked(client, nome=OTHER_NAME, nascimento=BIRTH)
    assert his.lines == nobodys.lines
    assert (his.hidden, nobodys.hidden) == (1, 0)


def test_who_is_said_to_differ_in_one_field_is_kept_for_the_audit(client: Client) -> None:
    number = a_cpf(VISIBLE)
    named = asked(client, cpf=number, nome=OTHER_NAME, nascimento="1980-01-01")
    assert [(line, how, one.cpf) for line, how, one in named.differing] == [(1, "CPF", number)]
    unnamed = asked(client, cpf=number, nome=OTHER_NAME, nascimento=OTHER_BIRTH)
    assert unnamed.differing == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cpf": a_cpf(VISIBLE), "cns": a_cns(VISIBLE)}, None),
        ({"cpf": a_cpf(VISIBLE)}, None),
        ({"cpf": a_cpf(VISIBLE), "cns": a_cns(NOBODY)}, "Achado pelo CPF; o CNS informado não consta"),
        ({"cpf": a_cpf(NOBODY), "cns": a_cns(WITHOUT_CPF)}, "Achado pelo CNS; o CPF informado não consta"),
    ],
)
def test_of_two_numbers_the_one_nobody_has_is_named(
    client: Client, fields: dict[str, str], said: str | None
) -> None:
    told = json.loads(asked(client, **fields).lines[0])
    assert told["resultado"] == "ENCONTRADO"
    assert told["motivo"] is None if said is None else told["motivo"].startswith(said)
