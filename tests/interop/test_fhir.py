"""FHIR over the wire: who is found, what is told of him, why nobody is, and what the audit keeps."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.interop import people as p
from tests.interop.world import Caller, World, eventually

pytestmark = pytest.mark.django_db
BASE = "/fhir/r4"
CNS = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cns"
CPF = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf"
NIS = "urn:oid:2.16.840.1.113883.13.240"
PURPOSE = "INCLUSAO_BENEFICIARIO"


def call(caller: Caller, method: str, path: str, **more: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {caller.token}", **more.pop("headers", {})}
    return caller.http.request(
        method, f"{caller.world.api}{path}", headers={k: v for k, v in headers.items() if v}, **more
    )


def search(caller: Caller, **params: str) -> httpx.Response:
    """POST Patient/_search."""
    return call(caller, "POST", f"{BASE}/Patient/_search", data=params)


def match(caller: Caller, patient: dict[str, Any], **more: Any) -> httpx.Response:
    body = {
        "resourceType": "Parameters",
        "parameter": [{"name": "resource", "resource": {"resourceType": "Patient", **patient}}]
        + [{"name": name, **value} for name, value in more.items()],
    }
    return call(
        caller,
        "POST",
        f"{BASE}/Patient/$match",
        content=json.dumps(body),
        headers={"content-type": "application/fhir+json"},
    )


def cpf_of(number: str) -> dict[str, Any]:
    return {"identifier": [{"system": CPF, "value": number}]}


def patients(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    entries = answer.json().get("entry", [])
    return [one["resource"] for one in entries if one["search"]["mode"] == "match"]


def numbers(answer: httpx.Response) -> list[str]:
    """The master CNS of each person told of."""
    return [
        next(one["value"] for one in patient["identifier"] if one["use"] == "official")
        for patient in patients(answer)
    ]


def reasons(answer: httpx.Response) -> dict[str, str]:
    """Criterion → verdict, of the first person, or of nobody."""
    found: dict[str, str] = {}
    for entry in answer.json().get("entry", []):
        holders = [entry["search"], *entry["resource"].get("issue", [])]
        for extension in (one for holder in holders for one in holder.get("extension", [])):
            if extension["url"] == "urn:vincula:fhir:explicacao":
                for criterion in extension["extension"]:
                    parts = {one["url"]: one for one in criterion["extension"]}
                    found.setdefault(parts["campo"]["valueCode"], parts["veredito"]["valueCode"])
    return found


def code(answer: httpx.Response) -> str:
    assert answer.headers["content-type"].startswith("application/fhir+json"), answer.text
    issue = answer.json()["issue"][0]
    assert issue["diagnostics"]
    return str(issue["details"]["coding"][0]["code"])


IDENTIFIERS = {
    "the CNS": f"{CNS}|{p.MARIA.cns}",
    "an older card": f"{CNS}|{p.MARIA.outros[0]}",
    "the CPF": f"{CPF}|{p.MARIA.cpf}",
    "the CPF as people write it": f"{CPF}|111.444.777-35",
    "the NIS": f"{NIS}|{p.MARIA.mais['pis']}",
    "the number alone": p.MARIA.cpf,
}


@pytest.mark.requirement("R073", "R074", "R086")
@pytest.mark.parametrize("kind", IDENTIFIERS)
@pytest.mark.parametrize("who", ["operadora", "integrador"])
def test_a_person_is_found_by_any_number_of_his(world: World, who: str, kind: str) -> None:
    assert numbers(search(getattr(world, who), identifier=IDENTIFIERS[kind])) == [p.MARIA.cns]


@pytest.mark.parametrize("who", ["operadora", "integrador"])
def test_a_document_that_is_no_criterion_is_refused_with_the_reason(world: World, who: str) -> None:
    answer = search(getattr(world, who), identifier="urn:oid:2.16.840.1.113883.13.239|106644440302")
    assert (answer.status_code, code(answer)) == (400, "DOCUMENTO")


def test_by_get_too(world: World) -> None:
    answer = call(world.operadora, "GET", f"{BASE}/Patient", params={"identifier": p.MARIA.cpf})
    assert numbers(answer) == [p.MARIA.cns]
    assert p.MARIA.cpf not in answer.text


def test_by_name_and_birth(world: World) -> None:
    answer = search(world.operadora, name="MARIA EXEMPLO DA SILVA", birthdate="1985-03-12")
    assert numbers(answer) == [p.MARIA.cns]
    assert reasons(answer) == {"nome": "confere", "nascimento": "confere"}


@pytest.mark.requirement("R088", "minimum")
def test_an_operadora_gets_the_release_and_nothing_beside_it(world: World) -> None:
    answer = search(world.operadora, identifier=f"{CPF}|{p.MARIA.cpf}")
    (patient,) = patients(answer)
    assert set(patient) == {"resourceType", "id", "identifier", "active", "name", "gender", "birthDate"}
    for kept in (p.MARIA.cpf, p.MARIA.mae, p.MARIA.outros[0], "maria@example.org", "MARI EXEMPLO"):
        assert kept not in answer.text


def test_an_integrador_gets_what_is_held(world: World) -> None:
    answer = search(world.integrador, identifier=f"{CNS}|{p.MARIA.cns}")
    for told in (p.MARIA.cpf, p.MARIA.mae, p.MARIA.outros[0], "maria@example.org", "MARI EXEMPLO"):
        assert told in answer.text


RESTRICTED_OR_NOBODY = {
    "nobody": p.NOBODY_CPF,
    "several claim it": p.DISPUTADA[0].cpf,
}


@pytest.mark.parametrize("why", RESTRICTED_OR_NOBODY)
def test_nobody_is_an_answer_with_its_reason(world: World, why: str) -> None:
    answer = search(world.operadora, identifier=f"{CPF}|{RESTRICTED_OR_NOBODY[why]}")
    assert patients(answer) == []
    assert answer.json()["total"] == 0
    assert reasons(answer) == {"cpf": "difere"}


MARIA = p.MARIA
STRANGER = p.NAMESAKES[0]
OTHER_NAME, OTHER_BIRTH = "JOAQUINA QUALQUER DOS SANTOS", "2001-10-30"
ORACLE = {
    "both agree": ((MARIA.cpf, MARIA.nome, MARIA.nascimento), {"cpf": "confere", "nome": "confere", "nascimento": "confere"}),
    "only the birth differs": ((MARIA.cpf, MARIA.nome, OTHER_BIRTH), {"cpf": "confere", "nome": "confere", "nascimento": "difere"}),
    "only the name differs": ((MARIA.cpf, OTHER_NAME, MARIA.nascimento), {"cpf": "confere", "nome": "difere", "nascimento": "confere"}),
    "both differ": ((MARIA.cpf, OTHER_NAME, OTHER_BIRTH), {"cpf": "nao-comparado", "nome": "nao-comparado", "nascimento": "nao-comparado"}),
    "no such CPF": ((p.NOBODY_CPF, OTHER_NAME, OTHER_BIRTH), {"cpf": "nao-comparado", "nome": "nao-comparado", "nascimento": "nao-comparado"}),
}  # fmt: skip


@pytest.mark.requirement("R088", "oracle rule")
@pytest.mark.parametrize("case", ORACLE)
@pytest.mark.parametrize("how", ["search", "match"])
def test_an_operadora_learns_of_one_field_only_where_the_other_agrees(
    world: World, how: str, case: str
) -> None:
    (number, name, birth), told = ORACLE[case]
    if how == "search":
        answer = search(world.operadora, identifier=f"{CPF}|{number}", name=name, birthdate=birth)
    else:
        answer = match(world.operadora, {**cpf_of(number), "name": [{"text": name}], "birthDate": birth})
    assert reasons(answer) == told
    assert bool(patients(answer)) is (case == "both agree")


def test_existing_and_missing_numbers_have_the_same_answer(world: World) -> None:
    """Nothing but the moment differs, whoever has the number."""

    def told(number: str) -> dict[str, Any]:
        answer = search(world.operadora, identifier=f"{CPF}|{number}", name=OTHER_NAME, birthdate=OTHER_BIRTH)
        body = dict(answer.json())
        assert body.pop("meta")
        return body

    assert told(p.NOBODY_CPF) == told(MARIA.cpf) == told(STRANGER.cpf) == told(p.DISPUTADA[0].cpf)


def test_an_integrador_is_told_field_by_field(world: World) -> None:
    patient = {**cpf_of(MARIA.cpf), "name": [{"text": OTHER_NAME}], "birthDate": MARIA.nascimento}
    answer = match(world.integrador, patient)
    assert reasons(answer) == {"cpf": "confere", "nome": "difere", "nascimento": "confere"}
    entry = answer.json()["entry"][0]
    assert entry["search"]["score"] < 1
    grades = [one["valueCode"] for one in entry["search"]["extension"] if "valueCode" in one]
    assert grades[0] in ("possible", "certainly-not")
    certain = match(world.integrador, patient, onlyCertainMatches={"valueBoolean": True})
    assert patients(certain) == []


def test_a_description_finds_who_has_no_cpf(world: World) -> None:
    """The CPF leads nowhere: the person without one, whose name and birth agree, is found."""
    described = {**cpf_of(p.NOBODY_CPF), "name": [{"text": p.JOSE.nome}], "birthDate": p.JOSE.nascimento}
    assert numbers(match(world.integrador, described)) == [p.JOSE.cns]


def test_pages_follow_a_link_that_bears_no_criterion(world: World) -> None:
    answer = search(world.integrador, name="JOANA NUMEROSA DE SOUZA", _count="5")
    seen = numbers(answer)
    body = answer.json()
    assert body["total"] == len(p.NAMESAKES)
    while following := [one["url"] for one in body["link"] if one["relation"] == "next"]:
        assert "JOANA" not in following[0]
        answer = call(world.integrador, "GET", following[0].removeprefix(world.api))
        seen += numbers(answer)
        body = answer.json()
    assert sorted(seen) == sorted(one.cns for one in p.NAMESAKES)
    other = call(world.operadora, "GET", f"{BASE}/Patient", params={"_continuacao": "x" * 22 + ".5"})
    assert (other.status_code, code(other)) == (404, "CONSULTA_VENCIDA")


def test_read_is_for_integradores_because_the_numbers_are_consecutive(world: World) -> None:
    (patient,) = patients(search(world.integrador, identifier=p.MARIA.cpf))
    answer = call(world.integrador, "GET", f"{BASE}/Patient/{patient['id']}")
    assert answer.json()["id"] == patient["id"]
    refused = call(world.operadora, "GET", f"{BASE}/Patient/{patient['id']}")
    assert (refused.status_code, code(refused)) == (403, "SO_INTEGRADOR")
    refused = search(world.operadora, _id=patient["id"])
    assert (refused.status_code, code(refused)) == (400, "IDENTIFICADOR_CORPORATIVO")
    for unknown in ("9999999999", "nada"):
        missing = call(world.integrador, "GET", f"{BASE}/Patient/{unknown}")
        assert (missing.status_code, code(missing)) == (404, "NAO_ENCONTRADO")


def test_the_other_identifiers_of_a_person(world: World) -> None:
    params = {"sourceIdentifier": f"{CPF}|{p.MARIA.cpf}", "targetSystem": CNS}
    answer = call(world.operadora, "GET", f"{BASE}/Patient/$ihe-pix", params=params)
    assert [one["valueIdentifier"]["value"] for one in answer.json()["parameter"]] == [p.MARIA.cns]
    body = {
        "resourceType": "Parameters",
        "parameter": [{"name": "sourceIdentifier", "valueString": params["sourceIdentifier"]}],
    }
    answer = call(world.integrador, "POST", f"{BASE}/Patient/$ihe-pix", json=body)
    told = [one["valueIdentifier"]["value"] for one in answer.json()["parameter"] if "valueIdentifier" in one]
    assert set(told) == {p.MARIA.cns, *p.MARIA.outros, p.MARIA.mais["pis"]}
    missing = call(
        world.operadora,
        "GET",
        f"{BASE}/Patient/$ihe-pix",
        params={"sourceIdentifier": f"{CPF}|{p.NOBODY_CPF}"},
    )
    assert (missing.status_code, code(missing)) == (404, "NAO_ENCONTRADO")


@pytest.mark.requirement("R088", "audit")
def test_every_person_told_of_leaves_one_durable_record(world: World) -> None:
    before = len(world.audit("acao = 'api:fhir:consultada'"))
    search(world.operadora, identifier=p.MARIA.cpf)
    records = world.audit("acao = 'api:fhir:consultada'")
    assert len(records) == before + 1
    assert records[-1] == (
        f"credencial:{world.operadora.credential}", "api:fhir:consultada", f"cpf:{p.MARIA.cpf}", PURPOSE,
    )  # fmt: skip
    search(world.operadora, name="JOANA NUMEROSA DE SOUZA", birthdate="1960-02-03")
    assert len(world.audit("acao = 'api:fhir:consultada'")) == before + 2


@pytest.mark.requirement("R088", "purpose")
def test_the_purpose_is_the_credentials_or_another_granted_one_by_name(world: World) -> None:
    """L1 of access.md."""
    path, params = f"{BASE}/Patient", {"identifier": p.MARIA.cpf}
    named = {"x-finalidade": "emissao_carteirinha"}
    assert call(world.operadora, "GET", path, params=params, headers=named).status_code == 200
    assert world.audit("acao = 'api:fhir:consultada'")[-1][3] == "EMISSAO_CARTEIRINHA"
    for other in ("CADASTRO_SUS", "MARKETING", "EMISSÃO_CARTEIRINHA".encode("latin-1")):
        refused = call(world.operadora, "GET", path, params=params, headers={"x-finalidade": other})
        assert (refused.status_code, code(refused)) == (403, "FINALIDADE")
        assert p.MARIA.cns not in refused.text


def test_without_a_token_nobody_is_answered(world: World) -> None:
    answer = call(world.operadora, "GET", f"{BASE}/Patient", headers={"authorization": ""})
    assert (answer.status_code, code(answer)) == (401, "TOKEN")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_what_anybody_may_see(world: World) -> None:
    with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
        metadata = client.get(f"{world.api}{BASE}/metadata")
        assert metadata.json()["implementation"]["url"] == f"{world.api}{BASE}"
        document = client.get(f"{world.api}/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert f"{BASE}/Patient/$match" in document["paths"]


REFUSED = {
    "the base without its slash": ("GET", "", {}, 404, "NAO_ENCONTRADO"),
    "an address that is none": ("GET", "/Practitioner", {}, 404, "NAO_ENCONTRADO"),
    "a method that is none": ("DELETE", "/Patient/$match", {}, 405, "METODO"),
    "a wrong CPF": ("GET", "/Patient", {"params": {"identifier": f"{CPF}|11144477736"}}, 400, "CPF_INVALIDO"),
    "nothing asked": ("GET", "/Patient", {}, 400, "PERGUNTA_VAZIA"),
    "a range of births": ("GET", "/Patient", {"params": {"birthdate": "ge1980-01-01"}}, 400, "PREFIXO_NAO_ACEITO"),
    "a name alone": ("GET", "/Patient", {"params": {"name": "MARIA EXEMPLO"}}, 400, "SEGUNDO_CRITERIO"),
    "no JSON": ("POST", "/Patient/$match", {"content": b"{"}, 400, "JSON_MALFORMADO"),
    "too much": ("POST", "/Patient/$match", {"content": b" " * 70_000}, 413, "CORPO_GRANDE"),
    "a form that is none": ("POST", "/Patient/_search", {"content": b"\xff\xfe"}, 400, "FORMULARIO"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_why_in_fhir(world: World, case: str) -> None:
    method, path, more, status, expected = REFUSED[case]
    answer = call(world.operadora, method, BASE + path, **more)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert "11144477736" not in answer.text


def test_unknown_parameters_are_named_or_refused(world: World) -> None:
    params = {"identifier": p.MARIA.cpf, "animal": "gato"}
    warned = call(world.operadora, "GET", f"{BASE}/Patient", params=params)
    assert numbers(warned) == [p.MARIA.cns]
    assert "animal" in warned.text
    strict = {"prefer": "handling=strict"}
    refused = call(world.operadora, "GET", f"{BASE}/Patient", params=params, headers=strict)
    assert (refused.status_code, code(refused)) == (400, "PARAMETRO_DESCONHECIDO")


def test_the_dollar_may_be_escaped(world: World) -> None:
    path = f"{BASE}/Patient/{quote('$ihe-pix')}"
    params = {"sourceIdentifier": f"{CPF}|{p.MARIA.cpf}"}
    assert call(world.operadora, "GET", path, params=params).status_code == 200


def test_while_it_is_interrupted_fhir_says_so_and_nothing_else_stops(world: World) -> None:
    made = world.run(
        "interruption", "declare", "--json", "fhir", "--texto", "manutenção do serviço FHIR", "--sem-previsao"
    )
    number = str(json.loads(made)["id"])
    try:
        eventually(lambda: search(world.operadora, identifier=p.MARIA.cpf).status_code == 503)
        answer = search(world.operadora, identifier=p.MARIA.cpf)
        assert int(answer.headers["retry-after"]) > 0
        assert code(answer)
        from tests.interop import messages as m
        from tests.interop.world import PDQ

        assert world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)).status_code == 200
    finally:
        world.run("interruption", "end", number)
    eventually(lambda: search(world.operadora, identifier=p.MARIA.cpf).status_code == 200)


def test_every_answer_says_what_is_left_of_the_limit(world: World) -> None:
    assert search(world.operadora, identifier=p.MARIA.cpf).headers["ratelimit-limit"] == "6000"
