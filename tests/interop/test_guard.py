"""Who must not be seen, how often one may ask, what looks like abuse, and services that are interrupted."""

from __future__ import annotations

import json
import time

import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import ask, found_cns, outcome
from tests.interop.world import PDQ, World, eventually

pytestmark = pytest.mark.django_db


def _without_numbers(text: str) -> str:
    """The answer without what differs between any two answers."""
    import re

    return re.sub(r'(extension|root|value)="[^"]*"', "", text)


@pytest.mark.requirement("R088", "restricted persons")
@pytest.mark.parametrize("who", [p.FAMOSA, p.PROTEGIDA], ids=["VIP", "witness under protection"])
def test_restricted_persons_are_nobody_to_an_operadora(world: World, who: p.Person) -> None:
    """L5 of access.md: the same answer as "not found", by number and by name."""
    nobody = ask(world.operadora, m.identifier(m.CPF, p.NOBODY_CPF))
    for number in (m.identifier(m.CPF, who.cpf), m.identifier(m.CNS, who.cns)):
        answer = ask(world.operadora, number)
        assert (answer.status_code, outcome(answer)) == (200, "NF")
        assert _without_numbers(answer.text) == _without_numbers(nobody.text)
    searched = m.demographics(who.nome, who.nascimento.replace("-", ""), who.mae)
    assert outcome(ask(world.operadora, searched)) == "NF"
    assert found_cns(ask(world.integrador, m.identifier(m.CPF, who.cpf)))[0] == who.cns
    assert found_cns(ask(world.integrador, searched))[0] == who.cns


def test_after_a_unification_every_number_leads_to_the_principal(world: World) -> None:
    principal, united = p.UNIDA
    for number in (
        m.identifier(m.CNS, united.cns),
        m.identifier(m.CNS, principal.cns),
        m.identifier(m.CPF, principal.cpf),
    ):
        assert found_cns(ask(world.operadora, number))[0] == principal.cns


def test_over_the_limit_one_is_told_when_to_come_back(world: World) -> None:
    caller = world.limited("000001", 6)
    answers = [ask(caller, m.identifier(m.CPF, p.MARIA.cpf)) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 429, 429]
    assert int(answers[1].headers["retry-after"]) >= 1
    assert outcome(answers[1]) == "VINC-LIMITE"
    assert answers[1].headers["ratelimit-remaining"] == "0"
    assert ask(world.operadora, m.identifier(m.CPF, p.MARIA.cpf)).status_code == 200


def test_consecutive_numbers_raise_an_alert(world: World) -> None:
    """L6 of access.md."""
    for one in p.NAMESAKES + p.CROWD[:30]:
        ask(world.operadora, m.identifier(m.CPF, one.cpf))

    def alerted() -> bool:
        listed = json.loads(world.run("credential", "alerts", "--todos", "--json"))
        return any(
            one["tipo"] == "NUMEROS_SEGUIDOS" and one["credencial"] == world.operadora.credential
            for one in listed
        )

    eventually(alerted)
    (first, *_) = json.loads(world.run("credential", "alerts", "--json"))
    left = json.loads(world.run("credential", "alerts", "--visto", str(first["numero"]), "--json"))
    assert first["numero"] not in [one["numero"] for one in left]
    assert not any(one.cpf in json.dumps(left) for one in p.CROWD)


@pytest.mark.requirement("R066", "the services over the wire")
@pytest.mark.requirement("R067", "R068")
@pytest.mark.parametrize("service", ["pdq", "api"])
def test_an_interrupted_service_says_so_and_when_to_come_back(world: World, service: str) -> None:
    declared = json.loads(
        world.run(
            "interruption",
            "declare",
            service,
            "--texto",
            "Manutenção do centro de dados",
            "--previsao",
            "30min",
            "--json",
        )
    )
    try:
        eventually(lambda: world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)).status_code == 503)
        answer = world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf))
        assert outcome(answer) == "VINC-SERVICO_INTERROMPIDO"
        assert "Manutenção do centro de dados" in answer.text
        assert 60 <= int(answer.headers["retry-after"]) <= 1_900
        assert world.operadora.http.get(f"{world.api}{PDQ}?wsdl").status_code == 200
    finally:
        world.run("interruption", "end", str(declared["id"]))
    eventually(lambda: world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)).status_code == 200)


@pytest.mark.requirement("R070", "R071")
def test_another_service_interrupted_or_a_part_of_it_stops_nothing_here(world: World) -> None:
    declared = [
        json.loads(world.run("interruption", "declare", *argv, "--json"))["id"]
        for argv in (
            ("cadsus-web", "--texto", "Consulta individual interrompida"),
            ("pdq", "--texto", "Lentidão", "--parcial", "--rotinas", "pesquisa por nome"),
            ("fhir", "--texto", "Fora"),
        )
    ]
    try:
        time.sleep(2.5)
        assert world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)).status_code == 200
        assert world.operadora.ask_token().status_code == 200
    finally:
        for number in declared:
            world.run("interruption", "end", str(number))


def test_an_interrupted_token_service(world: World) -> None:
    declared = json.loads(
        world.run("interruption", "declare", "token", "--texto", "Troca de chaves", "--json")
    )
    try:
        answer = world.operadora.ask_token()
        assert answer.status_code == 503
        assert answer.headers["retry-after"].isdigit()
        assert answer.json()["error"] == "temporarily_unavailable"
        assert world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)).status_code == 200
    finally:
        world.run("interruption", "end", str(declared["id"]))


def test_the_legacy_door(world: World) -> None:
    """UsernameToken, of an integrador alone, as the legacy clients write it."""
    user, password = world.password(world.integrador)
    path = "/cadsus/PDQSupplier"
    question = m.query(m.identifier(m.CPF, p.MARIA.cpf))

    def ask_with(header: str) -> object:
        return world.integrador.post(path, m.envelope(question, header=header), authorization="")

    eventually(lambda: ask_with(m.username_token(user, password)).status_code == 200)  # type: ignore[attr-defined]
    for header in (
        m.username_token(user, password, kind=""),
        m.username_token(
            user,
            password,
            extra='<wsse:Nonce EncodingType="x#Base64Binary">YWJj</wsse:Nonce><wsu:Created xmlns:wsu="urn:wsu">2026-01-01T00:00:00Z</wsu:Created>',
        ),
    ):
        answer = ask_with(header)
        assert answer.status_code == 200  # type: ignore[attr-defined]
        assert found_cns(answer)[0] == p.MARIA.cns  # type: ignore[arg-type]
    for header in (
        "",
        m.username_token(user, password + "x"),
        m.username_token("ninguem", password),
        m.username_token(user, password, kind="PasswordDigest"),
        m.username_token(user, ""),
    ):
        answer = ask_with(header)
        assert answer.status_code == 401  # type: ignore[attr-defined]
        assert "OSB_SEM_AUTENTICACAO" in answer.text  # type: ignore[attr-defined]
    token = world.integrador.post(path, m.envelope(question))
    assert token.status_code == 401


def test_a_wrong_password_leaves_a_record_without_what_was_written(world: World) -> None:
    """Before the refusal leaves; one an hour for each credential, and one for the users that nobody has."""
    out = str(world.stage.out / "senhas")
    town = ["--cnpj", "44556677000186", "--nome", "MUNICIPIO DE EXEMPLO", "--kind", "integrador"]
    given = json.loads(world.run("sandbox", "credential", *town, "--out", out, "--json"))
    user = given["usuario"]
    question = m.query(m.identifier(m.CPF, p.MARIA.cpf))
    time.sleep(2)  # the listener looks for new credentials each second
    tried = [
        (user, "errada-de-verdade"),
        (user, "outra-errada"),
        ("um-estranho", "x"),
        ("outro-estranho", "x"),
    ]
    for one in tried:
        header = m.username_token(*one)
        answer = world.operadora.post(
            "/cadsus/PDQSupplier", m.envelope(question, header=header), authorization=""
        )
        assert answer.status_code == 401
    kept = world.audit("acao = 'api:senha:recusada'")
    assert len([row for row in kept if row[2] == f"credencial:{given['credencial']}"]) == 1
    assert len([row for row in kept if row[2] == "usuario:desconhecido"]) == 1
    assert not any(word in str(kept) for pair in tried for word in pair)
