"""Computers without a platform authenticator: what a browser may send, and what nobody gets in with."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from webauthn.helpers import encode_cbor

from tests.common.threads import at_once
from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, INSIDE, OPERATOR, Machine
from vincula.common.audit.models import Registro
from vincula.national.sgop import services
from vincula.national.sgop.models import Computador, Desafio, Solicitacao
from vincula.national.sgop.rules.words import Perfil, Tipo
from vincula.national.sgop.services import challenges, computers, keys
from vincula.national.sgop.services.places import Place

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
HERE = Place("http://testserver", "testserver")


@pytest.fixture
def client() -> Client:
    world.country()
    world.administrator()
    world.ask(OPERATOR, CNES, Tipo.ESTABELECIMENTO, Perfil.OPERADOR)
    return world.entered(OPERATOR)


def challenge(client: Client) -> str:
    return str(client.post("/operador/computador/desafio/").json()["desafio"])


def send(client: Client, answer: str, label: str = "Mesa 2") -> bool:
    """Whether the computer was taken."""
    before = Computador.objects.count()
    client.post("/operador/computador/", {"cnes": CNES, "rotulo": label, "resposta": answer})
    return Computador.objects.count() > before


@pytest.mark.requirement("R045", "R048")
def test_a_browser_registers_its_key_and_asks_for_approval(client: Client) -> None:
    machine = Machine.new()
    assert send(client, machine.registration(challenge(client)))
    row = Solicitacao.objects.get(cpf=OPERATOR, tipo="COMPUTADOR")
    assert row.estado == "PENDENTE"
    assert row.computador is not None
    assert row.computador.credencial == keys.name_of(machine.half)
    page = client.get("/operador/computador/").content.decode()
    assert "faz as vezes do módulo de segurança WARSAW" in page
    assert "nunca" in page


def test_a_challenge_serves_once_one_session_one_person_one_purpose(client: Client) -> None:
    machine, text = Machine.new(), challenge(client)
    other = world.entered(DIRECTOR)
    assert not send(other, machine.registration(text)), "another person's"
    again = world.entered(OPERATOR)
    assert not send(again, machine.registration(text)), "another session of the same person"
    proof = client.post("/segcartao/desafio/", {"cnes": CNES}).json()["desafio"]
    assert not send(client, machine.registration(proof)), "made for the entry"
    assert send(client, machine.registration(text))
    Solicitacao.objects.filter(tipo="COMPUTADOR", cpf=OPERATOR).update(estado="CANCELADO")
    assert not send(client, Machine.new().registration(text)), "used already"


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_of_many_who_use_a_challenge_at_once_one_does() -> None:
    made = challenges.make("sessao", OPERATOR, challenges.ENTER)
    seen: list[bool] = []
    at_once([lambda: seen.append(challenges.use("sessao", OPERATOR, challenges.ENTER, made))] * 6)
    assert sorted(seen) == [False] * 5 + [True]


def test_a_challenge_ends(client: Client) -> None:
    text = challenge(client)
    Desafio.objects.update(valido_ate=timezone.now())
    assert not send(client, Machine.new().registration(text))
    assert challenges.purge(timezone.now() + timedelta(seconds=1)) == 1


@pytest.mark.parametrize("what", ["signature", "origin", "purpose", "key", "curve", "kind"])
def test_what_does_not_match_is_refused(client: Client, what: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    machine, text = Machine.new(), challenge(client)
    larger = ec.generate_private_key(ec.SECP384R1()).public_key()
    changed = {
        "signature": {"assinatura": Machine.new().sign("cadastrar", text)},
        "origin": {"assinatura": machine.sign("cadastrar", text, "http://outro.example")},
        "purpose": {"assinatura": machine.sign("entrar", text)},
        "key": {"chave": world.b64(Machine.new().half)},
        "curve": {"chave": world.b64(larger.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))},
        "kind": {"tipo": "WEBAUTHN"},
    }[what]
    assert not send(client, machine.registration(text, **changed))


def test_the_same_key_is_registered_once_and_by_one_person(client: Client) -> None:
    machine = Machine.new()
    assert send(client, machine.registration(challenge(client)))
    other = world.entered(DIRECTOR)
    assert not send(other, machine.registration(challenge(other)))


def test_where_the_request_is_refused_no_computer_is_kept(client: Client) -> None:
    world.grade(OPERATOR, 10)
    assert not send(client, Machine.new().registration(challenge(client)))
    world.grade(OPERATOR, 90)
    assert not send(client, "", "sem resposta")
    assert not send(client, Machine.new().registration(challenge(client)), "a\u202eb")


def test_a_proof_is_not_replayed(client: Client) -> None:
    machine = Machine.new()
    services.cancel(OPERATOR, Solicitacao.objects.get(cpf=OPERATOR).pk)
    world.operator(machine=machine)
    text = client.post("/segcartao/desafio/", {"cnes": CNES}).json()["desafio"]
    said = {"cnes": CNES, "resposta": machine.proof(text)}
    assert INSIDE in client.post("/segcartao/entrar/", said, follow=True).content.decode()
    assert Computador.objects.get(credencial=keys.name_of(machine.half)).ultimo_uso is not None
    assert INSIDE not in client.post("/segcartao/entrar/", said, follow=True).content.decode()


def test_a_browser_that_has_none_of_the_keys_is_told_so(client: Client) -> None:
    services.cancel(OPERATOR, Solicitacao.objects.get(cpf=OPERATOR).pk)
    world.operator(machine=Machine.new())
    page = client.post("/segcartao/entrar/", {"cnes": CNES, "resposta": ""}, follow=True).content.decode()
    assert INSIDE not in page
    assert "não tem a chave de nenhum computador seu" in page


def test_a_page_written_by_somebody_is_shown_as_text(client: Client) -> None:
    assert send(client, Machine.new().registration(challenge(client)), "<script>alert(1)</script>")
    boss = world.entered(DIRECTOR)
    for browser, address in ((client, "/operador/computador/"), (boss, "/operador/aprovacoes/pendentes/")):
        text = browser.get(address).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def deep(levels: int) -> str:
    return world.b64(b"[" * levels)


@pytest.mark.parametrize(
    "answer",
    [
        '{"tipo": "CHAVE", "nome": "\\ud800"}',
        '{"tipo": "WEBAUTHN", "resposta": {"id": "\\udfff"}}',
        json.dumps({"tipo": "WEBAUTHN", "resposta": {"response": {"clientDataJSON": deep(14_000)}}}),
    ],
)
def test_what_no_browser_would_make_is_refused_as_any_wrong_answer(client: Client, answer: str) -> None:
    assert not send(client, answer)
    entering = client.post("/segcartao/entrar/", {"cnes": CNES, "resposta": answer}, follow=True)
    assert entering.status_code == 200
    assert INSIDE not in entering.content.decode()


def platform(said: str, name: bytes) -> str:
    """What the authenticator of a platform answers that calls its new key by this name (attestation: none)."""
    point = Machine.new().key.public_key().public_numbers()
    key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    there_and_attested = b"\x41"
    data = hashlib.sha256(b"testserver").digest() + there_and_attested + bytes(4)
    data += bytes(16) + len(name).to_bytes(2, "big") + name + encode_cbor(key)
    asked = {"type": "webauthn.create", "challenge": said, "origin": "http://testserver"}
    response = {
        "clientDataJSON": world.b64(json.dumps(asked).encode()),
        "attestationObject": world.b64(encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})),
    }
    called = world.b64(name)
    answer = {"id": called, "rawId": called, "type": "public-key", "response": response}
    return json.dumps({"tipo": "WEBAUTHN", "resposta": answer})


@pytest.mark.parametrize(("size", "taken"), [(16, True), (1023, True), (1024, False), (2_000, False)])
def test_a_key_of_the_platform_is_called_by_at_most_1023_bytes(
    client: Client, size: int, taken: bool
) -> None:
    assert send(client, platform(challenge(client), b"n" * size)) is taken


def test_what_was_not_kept_is_not_in_the_audit(client: Client) -> None:
    first, second = Machine.new(), Machine.new()
    assert send(client, first.registration(challenge(client)))
    before = Registro.objects.filter(acao="sgop:computador:cadastrado").count()
    assert not send(client, second.registration(challenge(client))), "one is pending already"
    assert Registro.objects.filter(acao="sgop:computador:cadastrado").count() == before


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
answers = st.one_of(
    st.text(max_size=200),
    json_values.map(json.dumps),
    st.fixed_dictionaries(
        {
            "tipo": st.sampled_from(("WEBAUTHN", "CHAVE", "\0")) | json_values,
            "nome": json_values,
            "chave": json_values,
        },
        optional={
            "desafio": json_values,
            "assinatura": json_values,
            "resposta": st.fixed_dictionaries({}, optional={"id": json_values, "response": json_values})
            | json_values,
        },
    ).map(json.dumps),
)


@given(answers)
def test_nothing_that_a_browser_may_send_is_a_fault_or_gets_in(answer: str) -> None:
    from vincula.common.outcomes import Refused

    assert isinstance(computers.prove("sessao", OPERATOR, answer, HERE), Refused)
    made = computers.register("sessao", OPERATOR, CNES, Perfil.OPERADOR, "Mesa", answer, HERE)
    assert isinstance(made, Refused)
