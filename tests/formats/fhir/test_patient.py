"""A Patient shows what is released and nothing else, in the words of FHIR and of the country."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.formats.fhir import rules
from tests.formats.pdq.messages import MARIA
from vincula.formats import fhir, pdq
from vincula.formats.pdq.release import MORE
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

RNDS = "http://rnds.saude.gov.br/fhir/r4/NamingSystem"
FULL = replace(
    MARIA,
    data_obito="2020-05-06",
    justificativa_obito="JUSTIFICATIVA DO OBITO",
    etnia="X265",
    tipo_sanguineo="AB+",
    nacionalidade="B",
    documentos=(Document(tipo="rg", numero="998877"),),
    certidoes=(Certificate(tipo="91", matricula="1" * 32),),
    locais=(LocalId("2.16.840.1.113883.3.4594.100.9", "LOCAL-77", "SISTEMA"),),
    motivo_situacao="MOTIVO DA SITUACAO",
    descricao_protecao="PROTECAO",
)
# Where each released field shows, and nothing of it without the release.
SHOWS = {
    "cartoes": ["800000000000001"],
    "nome": ["MARIA EXEMPLO DA SILVA"],
    "nome_social": ["MARI EXEMPLO", "usual"],
    "telefone": ["900000000", "phone"],
    "email": ["maria@example.org"],
    "sexo": ["gender"],
    "data_nascimento": ["1985-03-12", "birthDate"],
    "obito": ["2020-05-06", "deceased"],
    "endereco": ["74000000", "EXEMPLO, 100", "CENTRO", "CASA"],
    "raca_cor": ["BRRacaCor"],
    "cpf": ["11144477735", f"{RNDS}/cpf"],
    "pis": ["12345678900", "2.16.840.1.113883.13.240"],
    "nome_mae": ["ANA EXEMPLO"],
    "nome_pai": ["JOSÉ EXEMPLO"],
    "municipio_nascimento": ["patient-birthPlace"],
}
NEVER = ["998877", "1" * 32, "LOCAL-77", "X265", "AB+", "MOTIVO", "PROTECAO", "JUSTIFICATIVA"]


def shown(release: pdq.Release, record: PersonRecord = FULL) -> str:
    resource = fhir.patient(record, release)
    rules.check(resource)
    return fhir.render(resource).decode()


def test_every_field_that_can_be_released_is_in_this_table() -> None:
    """But those of the official-size answer, which FHIR has no place for here: who needs the documents asks PDQ."""
    assert set(SHOWS) == pdq.FIELDS - MORE


@pytest.mark.parametrize("field", SHOWS)
def test_a_field_shows_where_it_is_released_and_nowhere_else(field: str) -> None:
    alone, all_but = shown(frozenset({field})), shown(pdq.FIELDS - {field})
    for trace in SHOWS[field]:
        assert trace in alone
        assert trace not in all_but


def test_what_no_release_knows_never_leaves() -> None:
    assert not [trace for trace in NEVER if trace in shown(pdq.INTEGRADOR)]


@pytest.mark.requirement("R074")
def test_a_plan_gets_the_master_card_name_sex_and_birth() -> None:
    assert fhir.patient(FULL, pdq.OPERADORA) == {
        "resourceType": "Patient",
        "id": "0000000001",
        "identifier": [
            {
                "use": "official",
                "type": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "HC"}]
                },
                "system": f"{RNDS}/cns",
                "value": "700000000000005",
                "period": {"start": "2010-01-01"},
            }
        ],
        "active": True,
        "name": [{"use": "official", "text": "MARIA EXEMPLO DA SILVA"}],
        "gender": "female",
        "birthDate": "1985-03-12",
    }


CARDS = (
    Card("898000000000002", "P"),
    Card("700000000000005", "D"),
    Card("800000000000001", "P"),
)


def test_the_master_is_official_other_definitive_cards_secondary_provisional_ones_temporary() -> None:
    resource = fhir.patient(PersonRecord(id=1, cartoes=CARDS), frozenset({"cartoes"}))
    assert [(one["value"], one["use"]) for one in resource["identifier"]] == [
        ("898000000000002", "official"),
        ("700000000000005", "secondary"),
        ("800000000000001", "temp"),
    ]


@pytest.mark.parametrize(
    ("domains", "values"),
    [
        ((), ["700000000000005", "800000000000001", "11144477735", "12345678900"]),
        ((f"{RNDS}/cpf",), ["11144477735"]),
        (("urn:oid:2.16.840.1.113883.13.236",), ["700000000000005", "800000000000001"]),
        (("https://saude.gov.br/fhir/sid/cpf", "urn:oid:2.16.840.1.113883.13.240"), ["11144477735", "12345678900"]),
    ],
)  # fmt: skip
def test_domains_asked_for_choose_among_the_identifiers(domains: tuple[str, ...], values: list[str]) -> None:
    resource = fhir.patient(MARIA, pdq.INTEGRADOR, domains)
    assert [one["value"] for one in resource["identifier"]] == values


@pytest.mark.parametrize(
    ("sex", "gender"), [("M", "male"), ("F", "female"), ("I", "unknown"), ("UN", "unknown"), ("", None), ("X", None)]
)  # fmt: skip
def test_sex_in_the_codes_of_fhir(sex: str, gender: str | None) -> None:
    assert fhir.patient(PersonRecord(sexo=sex), pdq.INTEGRADOR).get("gender") == gender


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, None),
        ({"pais": "010"}, None),
        ({"cep": "74000000"}, {"use": "home", "postalCode": "74000000", "country": "BR"}),
        ({"logradouro": "DAS FLORES", "endereco_tipo": "WP"}, {"use": "work", "line": ["DAS FLORES"], "country": "BR"}),
        ({"municipio_exterior": "LISBOA", "pais": "192"}, {"use": "home", "city": "LISBOA", "country": "192"}),
    ],
)  # fmt: skip
def test_addresses(changes: dict[str, Any], address: dict[str, Any] | None) -> None:
    resource = fhir.patient(PersonRecord(**changes), pdq.INTEGRADOR)
    assert resource.get("address") == ([address] if address else None)


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        (Phone("900000000", "62", "3"), {"system": "phone", "value": "+55 62 900000000", "use": "mobile"}),
        (Phone("33334444", "62", "1"), {"system": "phone", "value": "+55 62 33334444", "use": "home"}),
        (Phone("33334444", "62", "2"), {"system": "phone", "value": "+55 62 33334444", "use": "work"}),
        (Phone("33334444", "62", "4"), {"system": "fax", "value": "+55 62 33334444"}),
        (Phone("210000000", "", "", "351"), {"system": "phone", "value": "+351 210000000"}),
        (Phone("", "62", "1"), None),
    ],
)  # fmt: skip
def test_telephones(phone: Phone, written: dict[str, Any] | None) -> None:
    resource = fhir.patient(PersonRecord(telefones=(phone,)), pdq.INTEGRADOR)
    assert resource.get("telecom") == ([written] if written else None)


def test_a_person_of_whom_nothing_is_known_is_still_a_patient() -> None:
    resource = fhir.patient(PersonRecord(ativa=False), pdq.OPERADORA)
    assert resource == {"resourceType": "Patient", "active": False}
