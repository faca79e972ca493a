"""`$match`: what is asked, who is answered, and why, also when nobody is (ITI-119)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.formats.fhir import rules
from tests.formats.pdq.messages import MARIA
from vincula.formats import fhir, pdq
from vincula.formats.fhir import Compared, FieldVerdict, Grade
from vincula.people.record import Card, PersonRecord

MOTHER = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName"
PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
CPF = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf"
ASKED: dict[str, Any] = {
    "resourceType": "Patient",
    "identifier": [{"system": CPF, "value": "111.444.777-35"}],
    "name": [{"use": "official", "given": ["Maria", "Exemplo"], "family": "da Silva"}, {"use": "usual", "text": "Mari"}],
    "birthDate": "1985-03-12",
    "gender": "female",
    "extension": [
        {"url": MOTHER, "valueString": "Ana  Exemplo da Silva"},
        {"url": PLACE, "valueAddress": {"city": "520870"}},
    ],
}  # fmt: skip


def parameters(resource: Any = ASKED, **more: Any) -> bytes:
    listed = [
        {"name": "resource", "resource": resource},
        *({"name": name, **value} for name, value in more.items()),
    ]
    return json.dumps({"resourceType": "Parameters", "parameter": listed}).encode()


def read(body: bytes) -> fhir.MatchRequest:
    request = fhir.read_match(body)
    assert isinstance(request, fhir.MatchRequest), request
    return request


def codes(body: bytes, **bounds: int) -> list[tuple[str, str]]:
    faults = fhir.read_match(body, **bounds)
    assert isinstance(faults, tuple), faults
    rules.check(fhir.operation_outcome(faults))
    return [(fault.issue, fault.code) for fault in faults]


def test_a_request_with_everything() -> None:
    request = read(parameters(count={"valueInteger": 3}, onlyCertainMatches={"valueBoolean": True}))
    (key,) = request.keys
    assert (key.kind, key.value) == ("cpf", "11144477735")
    assert request == fhir.MatchRequest(
        keys=request.keys,
        name="Maria Exemplo da Silva",
        social="Mari",
        birth="1985-03-12",
        sex="F",
        mother="Ana Exemplo da Silva",
        birth_city="520870",
        count=3,
        only_certain=True,
    )
    assert "Maria" not in repr(request)


def test_a_patient_alone_is_a_request() -> None:
    request = read(json.dumps(ASKED).encode())
    assert (request.name, request.count, request.only_certain) == ("Maria Exemplo da Silva", None, False)


def test_more_than_the_house_gives_is_cut() -> None:
    assert read(parameters(count={"valueInteger": 9_999})).count == 50


@pytest.mark.parametrize(
    ("body", "issue", "code"),
    [
        (b"", "structure", "JSON_MALFORMADO"),
        (b"[]", "structure", "RECURSO_INVALIDO"),
        (b'{"resourceType":"Observation"}', "structure", "RECURSO_INVALIDO"),
        (b'{"resourceType":"Parameters"}', "structure", "RECURSO_INVALIDO"),
        (b'{"resourceType":"Parameters","parameter":{}}', "structure", "RECURSO_INVALIDO"),
        (b'{"resourceType":"Parameters","parameter":[1]}', "structure", "RECURSO_INVALIDO"),
        (parameters(None), "structure", "RECURSO_INVALIDO"),
        (parameters({"resourceType": "Group"}), "structure", "RECURSO_INVALIDO"),
        (parameters({"resourceType": "Patient"}), "required", "PERGUNTA_VAZIA"),
        (parameters({"resourceType": "Patient", "gender": "male"}), "required", "PERGUNTA_VAZIA"),
        (parameters(ASKED | {"birthDate": "1985"}), "value", "DATA_INVALIDA"),
        (parameters(ASKED | {"birthDate": 19850312}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED | {"gender": "F"}), "code-invalid", "SEXO_INVALIDO"),
        (parameters(ASKED | {"name": {"text": "A"}}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED | {"name": [{"given": "A"}]}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED | {"name": [{"given": [None]}]}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED | {"name": [{"text": "A" * 501}]}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED | {"identifier": [{"system": CPF, "value": "1"}]}), "value", "CPF_INVALIDO"),
        (parameters(ASKED | {"identifier": [{"system": "urn:x", "value": "1"}]}), "code-invalid", "SISTEMA_DESCONHECIDO"),
        (parameters(ASKED | {"identifier": [{}] * 21}), "structure", "RECURSO_INVALIDO"),
        (parameters(count={"valueInteger": 0}), "structure", "RECURSO_INVALIDO"),
        (parameters(count={"valueInteger": True}), "structure", "RECURSO_INVALIDO"),
        (parameters(onlyCertainMatches={"valueBoolean": "yes"}), "structure", "RECURSO_INVALIDO"),
        (parameters(ASKED, a={}, b={}).replace(b'"b"', b'"a"'), "structure", "RECURSO_INVALIDO"),
    ],
)  # fmt: skip
def test_refusals(body: bytes, issue: str, code: str) -> None:
    assert codes(body) == [(issue, code)]


def test_a_body_too_large_is_413() -> None:
    faults = fhir.read_match(b" " * 101, limit=100)
    assert isinstance(faults, tuple)
    assert fhir.status_of(faults) == 413


MOMENT, ADDRESS = "2026-11-22T02:00:00Z", "https://vincula.example/fhir/r4"
OTHER = PersonRecord(id=2, nome="MARIO EXEMPLO DA SILVA", sexo="M", cartoes=(Card("800000000000001", "D"),))
WHY = (
    FieldVerdict("nome", Compared.CONFERE),
    FieldVerdict("nascimento", Compared.DIFERE, "O dia e o mês estão trocados."),
    FieldVerdict("mae", Compared.NAO_COMPARADO, "Não foi informada."),
)


def matched(*candidates: fhir.Candidate, **more: Any) -> dict[str, Any]:
    bundle = fhir.match_bundle(candidates, pdq.OPERADORA, address=ADDRESS, moment=MOMENT, **more)
    rules.check(bundle)
    return bundle


@pytest.mark.requirement("R073")
def test_the_likeliest_comes_first_with_score_grade_and_reasons() -> None:
    bundle = matched(fhir.Candidate(OTHER, 61, Grade.POSSIBLE), fhir.Candidate(MARIA, 97, Grade.CERTAIN, WHY))
    first, second = bundle["entry"]
    assert bundle["total"] == 2
    assert first["fullUrl"] == f"{ADDRESS}/Patient/0000000001"
    assert first["search"] == {
        "mode": "match",
        "score": 0.97,
        "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/match-grade", "valueCode": "certain"},
            {
                "url": "urn:vincula:fhir:explicacao",
                "extension": [
                    {
                        "url": "criterio",
                        "extension": [
                            {"url": "campo", "valueCode": "nome"},
                            {"url": "veredito", "valueCode": "confere"},
                        ],
                    },
                    {
                        "url": "criterio",
                        "extension": [
                            {"url": "campo", "valueCode": "nascimento"},
                            {"url": "veredito", "valueCode": "difere"},
                            {"url": "motivo", "valueString": "O dia e o mês estão trocados."},
                        ],
                    },
                    {
                        "url": "criterio",
                        "extension": [
                            {"url": "campo", "valueCode": "mae"},
                            {"url": "veredito", "valueCode": "nao-comparado"},
                            {"url": "motivo", "valueString": "Não foi informada."},
                        ],
                    },
                ],
            },
        ],
    }
    assert second["search"]["score"] == 0.61


def test_who_is_not_found_is_told_criterion_by_criterion() -> None:
    bundle = matched(verdicts=WHY)
    (entry,) = bundle["entry"]
    assert bundle["total"] == 0
    assert entry["search"] == {"mode": "outcome"}
    assert [one["diagnostics"] for one in entry["resource"]["issue"]] == [
        "Nome: confere.",
        "Nascimento: difere. O dia e o mês estão trocados.",
        "Nome da mãe: não foi comparado. Não foi informada.",
    ]


def test_nobody_and_nothing_to_say_is_an_empty_bundle() -> None:
    assert "entry" not in matched()


def test_what_did_not_agree_is_kept_back_where_somebody_was_found() -> None:
    assert len(matched(fhir.Candidate(MARIA), verdicts=WHY)["entry"]) == 1


@pytest.mark.parametrize(("score", "written"), [(-5, 0.0), (0, 0.0), (33, 0.33), (100, 1.0), (180, 1.0)])
def test_scores_are_between_zero_and_one(score: int, written: float) -> None:
    assert matched(fhir.Candidate(MARIA, score))["entry"][0]["search"]["score"] == written


def test_a_field_that_cannot_be_explained_is_a_slip_of_ours() -> None:
    with pytest.raises(ValueError):
        FieldVerdict("endereco", Compared.DIFERE)


def searched(**more: Any) -> dict[str, Any]:
    fixed: dict[str, Any] = {"address": ADDRESS, "moment": MOMENT, "self_link": f"{ADDRESS}/Patient"}
    bundle = fhir.search_bundle(more.pop("candidates", ()), pdq.OPERADORA, **fixed, **more)
    rules.check(bundle)
    return bundle


def test_a_page_has_its_next_link_and_its_warnings() -> None:
    search = fhir.read_search([("name", "MARIA"), ("cor", "azul")])
    assert isinstance(search, fhir.PatientSearch)
    bundle = searched(
        candidates=[fhir.Candidate(MARIA)],
        total=7,
        next_link=fhir.search_link(ADDRESS, search, "tok"),
        warnings=fhir.unknown_warnings(search),
    )
    assert [link["relation"] for link in bundle["link"]] == ["self", "next"]
    assert [entry["search"]["mode"] for entry in bundle["entry"]] == ["match", "outcome"]
    assert (bundle["total"], bundle["type"]) == (7, "searchset")


def test_a_search_without_result_has_total_zero() -> None:
    bundle = searched(total=0)
    assert bundle["total"] == 0
    assert "entry" not in bundle


def test_a_refusal_names_the_element() -> None:
    faults = fhir.read_match(parameters(ASKED | {"birthDate": "1985"}))
    assert isinstance(faults, tuple)
    assert fhir.operation_outcome(faults)["issue"][0]["expression"] == ["Patient.birthDate"]
