"""What leaves and what stays (access.md, L3): every value of a record, under every release."""

from __future__ import annotations

import pytest

from tests.formats.pdq import messages as m
from vincula.formats import pdq
from vincula.people.record import Card, PersonRecord

# Where each released field shows in an answer, and nothing of it without the release.
SHOWS = {
    "cartoes": ["800000000000001"],
    "nome": ["MARIA EXEMPLO DA SILVA"],
    "nome_social": ["MARI EXEMPLO", "ASGN"],
    "telefone": ["900000000", "+55"],
    "email": ["maria@example.org", "NET"],
    "sexo": ["administrativeGenderCode"],
    "data_nascimento": ["19850312", "birthTime"],
    "obito": ["deceasedInd"],
    "endereco": ["74000000", "EXEMPLO</streetName>", "CENTRO", "CASA", "<state>"],
    "raca_cor": ["raceCode"],
    "cpf": ["11144477735", "2.16.840.1.113883.13.237"],
    "pis": ["12345678900", "2.16.840.1.113883.13.240"],
    "nome_mae": ["ANA EXEMPLO"],
    "nome_pai": ["JOSÉ EXEMPLO"],
    "municipio_nascimento": ["birthPlace"],
    "locais": ["P-77", "PRONTUARIO", "3.4594.10"],
    "sigilo": ["veryImportantPersonCode", 'confidentialityCode code="R"'],
    "etnia": ["ethnicGroupCode", '"0012"'],
    "passaporte": ["asCitizen", "FA000001"],
    "documentos": [
        "12345678901",
        "400000000001",
        "30000000001",
        "7654320",
        "7654321",
        "5000000002",
        "20030303",
    ],
    "certidoes": [
        "00000000000000000000000000000001",
        "SEDE",
        "B12",
        "9988",
        "13.241.1",
        "13.241.4",
        "20060606",
    ],
    "naturalizacao": ["123/2001", "19900101", "20010202"],
    "pais_nascimento": ["birthPlace", "<country>021"],
    "idioma": ["languageCommunication"],
}
QUERY = m.ask(m.by_id(m.CNS, "700000000000005"))


def rendered(release: pdq.Release, record: PersonRecord = m.MARIA) -> str:
    return pdq.render_answer(
        QUERY,
        [pdq.Match(record, 100)],
        release=release,
        total=1,
        remaining=0,
        message_id=m.MESSAGE_ID,
        now=m.NOW,
    )


def test_every_field_that_can_be_released_is_in_this_table() -> None:
    assert set(SHOWS) == pdq.FIELDS == pdq.INTEGRADOR


@pytest.mark.parametrize("field", SHOWS)
def test_a_field_shows_where_it_is_released_and_nowhere_else(field: str) -> None:
    # MARIA was born here; who was born abroad has no municipality of birth.
    record = m.MARIA if field == "municipio_nascimento" else m.WHOLE
    others = pdq.FIELDS - {field, "pais_nascimento" if field == "municipio_nascimento" else ""}
    alone, all_but = rendered(frozenset({field}), record), rendered(others, record)
    for trace in SHOWS[field]:
        assert trace in alone
        assert trace not in all_but


def test_a_plan_gets_the_master_card_the_score_and_what_its_parser_needs() -> None:
    answer = rendered(pdq.OPERADORA, m.WHOLE)
    wanted = {"nome", "sexo", "data_nascimento"}
    assert wanted == pdq.OPERADORA
    for field, traces in SHOWS.items():
        assert all((trace in answer) == (field in wanted) for trace in traces)
    assert "700000000000005" in answer
    assert 'value="100"' in answer


def test_the_master_card_is_the_first_whatever_its_kind() -> None:
    record = PersonRecord(id=1, cartoes=(Card("898000000000002", "P"), Card("700000000000005", "D")))
    answer = m.found(record, release=pdq.OPERADORA)
    assert m.values(answer, "//h:asOtherIDs/h:id/@extension") == ["898000000000002", "P"]


@pytest.mark.parametrize("record", [m.MARIA, PersonRecord(id=9)], ids=["all known", "nothing known"])
def test_nothing_released_is_still_a_message_that_can_be_read(record: PersonRecord) -> None:
    answer = m.found(record, release=frozenset())
    assert m.values(answer, "//h:patientPerson/h:name/h:given/text()") == ["SEM INFORMAÇÃO"]
    assert m.values(answer, "//h:personalRelationship/h:code/@code") == ["PRN", "NPRN"]
    assert m.values(answer, "//h:queryMatchObservation/h:value/@value") == ["100"]
    assert m.values(answer, "//h:asOtherIDs/h:id[1]/@extension") == ([record.cns] if record.cns else [])


def test_a_configured_list_with_a_slip_is_refused() -> None:
    assert pdq.released_fields(["nome", "cpf"]) == {"nome", "cpf"}
    with pytest.raises(ValueError, match="nome_da_mae"):
        pdq.released_fields(["nome", "nome_da_mae"])
