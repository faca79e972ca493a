"""The rules L1 to L10 of access.md, as far as they touch the API: each held against the running services."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.interop import feeds as w
from tests.interop import linked
from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_bulk import answers, ask, place, worker
from tests.interop.test_cadsus_service import CADSUS, consulting
from tests.interop.test_fhir import BASE, call, code, match, patients, reasons, search
from tests.interop.test_pdq import ask as pdq
from tests.interop.test_pdq import found_cns, outcome
from tests.interop.world import PDQ, Caller, World, eventually
from vincula.national.api.rules import PURPOSES

pytestmark = pytest.mark.django_db
LEGACY = "/cadsus/PDQSupplier"


@pytest.mark.requirement("R088", "L1")
def test_l1_every_look_up_has_a_purpose_of_the_closed_list(world: World) -> None:
    search(world.operadora, identifier=p.MARIA.cpf)
    world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf))
    asked = world.audit("acao LIKE 'api:%:consultada' OR acao LIKE 'api:%:sem-resultado'")
    assert asked
    assert {one[3] for one in asked} <= set(PURPOSES)
    refused = call(
        world.operadora,
        "GET",
        f"{BASE}/Patient",
        params={"identifier": p.MARIA.cpf},
        headers={"x-finalidade": "SELECAO_DE_RISCO"},
    )
    assert (refused.status_code, code(refused)) == (403, "FINALIDADE")


@pytest.mark.requirement("R088", "L1 over SOAP")
@pytest.mark.parametrize(
    ("path", "kind", "by_password"),
    [
        (PDQ, "operadora", False),
        (LEGACY, "integrador", True),
        (w.PIX, "integrador", False),
        (CADSUS, "integrador", False),
        (CADSUS, "integrador", True),
    ],
)
def test_l1_another_purpose_of_the_credential_is_named_by_the_header(
    world: World, path: str, kind: str, by_password: bool
) -> None:
    caller = getattr(world, kind)
    body = {w.PIX: w.cross(m.CPF, p.MARIA.cpf), CADSUS: consulting(p.MARIA.cns).decode()}.get(
        path, m.by_cpf(p.MARIA.cpf)
    )
    more = {}
    if by_password:
        body = body.replace("<soap:Header/>", m.username_token(*world.password(caller)))
        more["authorization"] = ""
    answer = caller.post(path, body, x_finalidade="emissao_carteirinha", **more)
    assert answer.status_code == 200, answer.text
    assert world.audit("acao LIKE 'api:%:consultada'")[-1][3] == "EMISSAO_CARTEIRINHA"
    assert caller.post(path, body, **more).status_code == 200
    assert world.audit("acao LIKE 'api:%:consultada'")[-1][3] == PURPOSES_OF[kind]
    for other in ("SELECAO_DE_RISCO", "-"):
        refused = caller.post(path, body, x_finalidade=other, **more)
        assert (refused.status_code, outcome(refused)) == (403, "VINC-FINALIDADE")
        assert "EMISSAO_CARTEIRINHA" in refused.text
        assert p.MARIA.cns not in refused.text


PURPOSES_OF = {"operadora": "INCLUSAO_BENEFICIARIO", "integrador": "CADASTRO_SUS"}


@pytest.fixture(scope="module")
def owner(world: World) -> Caller:
    return linked.operadora(world)


STRANGER = p.NAMESAKES[5]
# The number, and whether it is of the operadora's own: by itself, or through the person it leads to.
ASKED_BY_L2 = {
    "a CPF of its own": (m.CPF, p.MARIA.cpf, p.MARIA.cns),
    "the card of who has that CPF": (m.CNS, p.MARIA.cns, p.MARIA.cns),
    "an older card of his": (m.CNS, p.MARIA.outros[0], p.MARIA.cns),
    "a card of its own": (m.CNS, p.JOSE.cns, p.JOSE.cns),
    "the CPF of a stranger": (m.CPF, STRANGER.cpf, ""),
    "the card of a stranger": (m.CNS, STRANGER.cns, ""),
    "the CPF of a VIP": (m.CPF, p.FAMOSA.cpf, ""),
    "the card of a VIP": (m.CNS, p.FAMOSA.cns, ""),
    "a CPF of nobody": (m.CPF, p.NOBODY_CPF, ""),
    "a card of nobody": (m.CNS, p.NOBODY_CNS, ""),
}


@pytest.mark.requirement("R088", "L2")
@pytest.mark.parametrize("case", ASKED_BY_L2)
def test_l2_an_operadora_looks_up_its_own(world: World, owner: Caller, case: str) -> None:
    root, number, cns = ASKED_BY_L2[case]
    by_soap = pdq(owner, m.identifier(root, number))
    by_fhir = search(owner, identifier=number)
    crossed = call(
        owner, "GET", f"{BASE}/Patient/$ihe-pix", params={"sourceIdentifier": f"urn:oid:{root}|{number}"}
    )
    if cns:
        assert found_cns(by_soap) == [cns]
        assert [one["identifier"][0]["value"] for one in patients(by_fhir)] == [cns]
        assert crossed.status_code == 200
        return
    assert outcome(by_soap) == "VINC-SEM_VINCULO"
    assert [(one.status_code, code(one)) for one in (by_fhir, crossed)] == [(403, "SEM_VINCULO")] * 2
    kind = "cpf" if root == m.CPF else "cns"
    asked = world.audit(f"acao LIKE '%:sem-vinculo' AND assunto = '{kind}:{number}'")
    who = f"credencial:{owner.credential}"
    assert {
        (who, f"api:{one}:sem-vinculo", f"{kind}:{number}", "CORRECAO_SIB") for one in ("pdq", "fhir")
    } == set(asked)
    named = {"x-finalidade": "INCLUSAO_BENEFICIARIO"}
    prospective = call(owner, "GET", f"{BASE}/Patient", params={"identifier": number}, headers=named)
    assert prospective.status_code == 200, "the purpose is the declaration"
    assert outcome(owner.post(PDQ, m.envelope(m.query(m.identifier(root, number))), x_finalidade=named["x-finalidade"])) == outcome(
        pdq(world.operadora, m.identifier(root, number))
    ), "and a SOAP door takes it likewise"  # fmt: skip


@pytest.mark.requirement("R088", "L2 tells nothing")
def test_l2_a_refusal_is_the_same_bytes_whether_anybody_has_the_number(owner: Caller) -> None:
    for root, numbers in (
        (m.CPF, (STRANGER.cpf, p.FAMOSA.cpf, p.DISPUTADA[0].cpf, p.NOBODY_CPF)),
        (m.CNS, (STRANGER.cns, p.FAMOSA.cns, p.UNIDA[1].cns, p.NOBODY_CNS)),
    ):
        described = {"name": [{"text": STRANGER.nome}], "birthDate": STRANGER.nascimento}
        doors = (
            {pdq(owner, m.identifier(root, one)).content for one in numbers},
            {search(owner, identifier=one).content for one in numbers},
            {match(owner, {"identifier": [{"value": one}], **described}).content for one in numbers},
        )
        assert [len(one) for one in doors] == [1, 1, 1]


@pytest.mark.requirement("R088", "L2 by description")
def test_l2_who_is_described_and_not_its_own_is_nobody(world: World, owner: Caller) -> None:
    def told(name: str, birth: str) -> Any:
        return {**search(owner, name=name, birthdate=birth).json(), "meta": None}

    assert told(STRANGER.nome, STRANGER.nascimento) == told(
        "PESSOA QUE NAO EXISTE NUNCA", STRANGER.nascimento
    )
    by_soap = pdq(owner, m.demographics(STRANGER.nome, STRANGER.nascimento.replace("-", "")))
    assert found_cns(by_soap) == []
    assert {
        one[1:] for one in world.audit("assunto = 'pesquisa:nome+nascimento' AND acao LIKE '%:sem-vinculo'")
    } == {(f"api:{one}:sem-vinculo", "pesquisa:nome+nascimento", "CORRECAO_SIB") for one in ("pdq", "fhir")}
    own = search(owner, name=p.MARIA.nome, birthdate=p.MARIA.nascimento)
    assert [one["identifier"][0]["value"] for one in patients(own)] == [p.MARIA.cns]


@pytest.mark.requirement("R088", "L2 in the bulk look-up")
def test_l2_holds_for_each_line_of_a_batch(world: World, owner: Caller) -> None:
    lines = [{"cpf": p.MARIA.cpf}, {"cpf": STRANGER.cpf}, {"cpf": p.NOBODY_CPF}, {"cns": p.JOSE.cns}]
    with worker(world):
        told = answers(owner, place(ask(owner, lines), world))
        open_ = answers(owner, place(ask(owner, lines, x_finalidade="INCLUSAO_BENEFICIARIO"), world))
    assert [one["resultado"] for one in told] == ["ENCONTRADO", "RECUSADO", "RECUSADO", "ENCONTRADO"]
    assert {**told[1], "linha": 3} == told[2]
    assert [one["resultado"] for one in open_] == ["ENCONTRADO", "ENCONTRADO", "NAO_ENCONTRADO", "ENCONTRADO"]
    asked = {one[2] for one in world.audit("acao = 'api:lote:sem-vinculo'")}
    assert asked == {f"cpf:{STRANGER.cpf}", f"cpf:{p.NOBODY_CPF}"}


@pytest.mark.requirement("R088", "L2", "L6")
def test_l2_refusals_count_as_misses(world: World, owner: Caller) -> None:
    for serial in range(765_000_000, 765_000_030):
        owner.post(PDQ, m.by_cpf(p.cpf(serial)))

    def alerted() -> bool:
        told = json.loads(world.run("credential", "alerts", "--json"))
        return (owner.credential, "NUMEROS_SEGUIDOS") in {(one["credencial"], one["tipo"]) for one in told}

    eventually(alerted)


@pytest.mark.requirement("R088", "L3")
def test_l3_no_door_lets_out_more_than_the_release(world: World) -> None:
    with worker(world):
        where = place(ask(world.operadora, [{"cpf": p.MARIA.cpf}]), world)
        bulk = json.dumps(answers(world.operadora, where))
    described = {"name": [{"text": p.MARIA.nome}], "birthDate": p.MARIA.nascimento}
    doors = (
        search(world.operadora, identifier=p.MARIA.cns).text,
        match(world.operadora, described).text,
        bulk,
    )
    kept = (
        p.MARIA.mae,
        p.MARIA.cpf,
        p.MARIA.outros[0],
        "maria@example.org",
        "900000000",
        "DAS FLORES",
        p.MARIA.mais["pis"],
    )
    for text in doors:
        assert p.MARIA.cns in text
        assert [value for value in kept if value in text] == []


def _restrict(world: World, person: p.Person, column: str, value: bool) -> None:
    """As a registration with the flag would: no command sets it."""
    code = (
        "from django.db import connection\n"
        "import vincula.site.cli.base as base\n"
        "real = base.open_base\n"
        "def opened():\n"
        "    real()\n"
        "    with connection.cursor() as cursor:\n"
        f"        cursor.execute('UPDATE cadsus_pessoa SET {column} = %s WHERE cpf = %s', [{value}, '{person.cpf}'])\n"
        "base.open_base = opened\n"
        "import vincula.site.cli.cns, vincula.site.cli.audit\n"
        "vincula.site.cli.audit.open_base = opened\n"
    )
    ended = world.stage.run("audit", "about", f"cpf:{person.cpf}", code=code)
    assert ended.status == 0, ended.err


@pytest.mark.requirement("R088", "L5")
@pytest.mark.parametrize(("person", "column"), [(p.FAMOSA, "vip"), (p.PROTEGIDA, "protegida")])
def test_l5_restricted_persons_are_nobody_to_operadoras(world: World, person: p.Person, column: str) -> None:
    def told(number: str, name: str, birth: str) -> list[Any]:
        by_number = search(world.operadora, identifier=number).json()
        described = search(world.operadora, identifier=number, name=name, birthdate=birth).json()
        alone = search(world.operadora, name=name, birthdate=birth).json()
        return [{**one, "meta": None} for one in (by_number, described, alone)]

    _restrict(world, person, column, True)
    try:
        unknown = told(p.NOBODY_CPF, "PESSOA QUE NAO EXISTE NUNCA", person.nascimento)
        assert told(person.cpf, person.nome, person.nascimento) == unknown
        with worker(world):
            where = place(ask(world.operadora, [{"cpf": person.cpf}, {"cpf": p.NOBODY_CPF}]), world)
            first, second = answers(world.operadora, where)
        assert {**first, "linha": 2} == second
        assert [one["active"] for one in patients(search(world.integrador, identifier=person.cpf))] == [True]
        assert found_cns(world.integrador.post(PDQ, m.by_cpf(person.cpf))) == [person.cns]
    finally:
        _restrict(world, person, column, False)


@pytest.mark.requirement("R088", "L6")
def test_l6_numbers_tried_out_raise_an_alert(world: World) -> None:
    for serial in range(760_000_000, 760_000_030):
        assert patients(search(world.integrador, identifier=p.cpf(serial))) == []
    eventually(lambda: "NUMEROS_SEGUIDOS" in world.run("credential", "alerts", "--json"))


@pytest.mark.requirement("R088", "L7")
def test_l7_a_person_can_be_told_who_looked_him_up_when_and_for_what(world: World) -> None:
    person = p.NAMESAKES[3]
    search(world.operadora, identifier=person.cpf)
    with worker(world):
        answers(world.operadora, place(ask(world.operadora, [{"cns": person.cns}]), world))
    told = json.loads(world.run("audit", "about", f"cpf:{person.cpf}", "--json"))["registros"]
    asked = {(one["acao"], one["quem"]): one for one in told}
    for action in ("api:fhir:consultada", "api:lote:consultada"):
        record = asked[action, f"credencial:{world.operadora.credential}"]
        assert record["finalidade"] == "INCLUSAO_BENEFICIARIO"
        assert record["quando"]


@pytest.mark.requirement("R088", "L8")
def test_l8_the_chains_of_the_services_hold(world: World) -> None:
    search(world.operadora, identifier=p.MARIA.cpf)
    assert json.loads(world.run("audit", "verify", "--json"))["registros"] > 0


@pytest.mark.requirement("R088", "BALP")
def test_the_questions_about_persons_can_be_had_as_balp_audit_events(world: World) -> None:
    search(world.operadora, identifier=p.MARIA.cpf)
    out = world.stage.out / "auditoria.ndjson"
    told = json.loads(
        world.run(
            "audit",
            "export",
            "--format",
            "balp",
            "--assunto",
            f"cpf:{p.MARIA.cpf}",
            "--out",
            str(out),
            "--json",
        )
    )
    events = [json.loads(line) for line in out.read_text().splitlines()]
    assert told["registros"] == len(events) > 0
    last = events[-1]
    assert last["resourceType"] == "AuditEvent"
    assert last["meta"]["profile"] == [
        "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientQuery"
    ]
    assert last["agent"][0]["who"]["identifier"]["value"] == world.operadora.credential
    assert last["agent"][0]["network"]["address"] in ("127.0.0.1", "::1")
    assert last["purposeOfEvent"][0]["coding"][0]["code"] == "INCLUSAO_BENEFICIARIO"
    assert p.MARIA.cpf in json.dumps(last)
    assert out.stat().st_mode & 0o777 == 0o600
    chain = next(one for one in last["entity"] if one["type"]["code"] == "registro")
    assert len(chain["detail"][0]["valueString"]) == 64


def test_a_csv_of_the_audit_holds_every_record_of_the_days_asked(world: World) -> None:
    out = world.stage.out / "auditoria.csv"
    told = json.loads(world.run("audit", "export", "--format", "csv", "--out", str(out), "--json"))
    text = out.read_text("utf-8-sig")
    assert text.count("\n") == told["registros"] + 1
    assert "api:token:emitido" in text
    assert "auditoria:registros:exportados" in text
    empty = json.loads(
        world.run("audit", "export", "--format", "csv", "--ate", "2001-01-01", "--out", str(out), "--json")
    )
    assert empty["registros"] == 0
    ended = world.stage.run("audit", "export", "--format", "csv", "--desde", "ontem", "--out", str(out))
    assert ended.status == 1
    assert "AAAA-MM-DD" in ended.err


def test_what_is_exported_of_a_person_is_the_same_by_each_of_her_numbers(world: World) -> None:
    """Also by the card that came with a registration unified since."""
    principal, united = p.UNIDA
    world.operadora.post(PDQ, m.by_cns(united.cns))
    out = world.stage.out / "pessoa.csv"
    told = []
    for key in (f"cpf:{principal.cpf}", f"cns:{principal.cns}", f"cns:{united.cns}"):
        world.run("audit", "export", "--format", "csv", "--assunto", key, "--out", str(out))
        told.append(out.read_text("utf-8-sig").count(":consultada"))
    assert told[0] > 0
    assert told == [told[0]] * 3


@pytest.mark.requirement("R088", "L10")
def test_l10_no_answer_holds_anything_about_health(world: World) -> None:
    """What an operadora is told is fixed, and no field of it is about health; nor may a credential be granted one."""
    allowed = {"resourceType", "id", "identifier", "active", "name", "gender", "birthDate"}
    (patient,) = patients(search(world.operadora, identifier=p.MARIA.cpf))
    assert set(patient) <= allowed
    ended = world.stage.run(
        "credential", "grant", "--kind", "operadora", "--registro", "999997", "--campo", "diagnostico"
    )
    assert ended.status == 1
    assert "diagnostico" in ended.err
    assert reasons(search(world.operadora, identifier=p.MARIA.cpf)) == {"cpf": "confere"}
