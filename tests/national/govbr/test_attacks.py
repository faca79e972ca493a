"""What the return from gov.br withstands: every message here is forged, repeated, taken from somebody else, or too late."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.national.govbr.world import BRONZE, GOLD, Visitor, World, local, said
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person
from vincula.common.outcomes import Accepted
from vincula.national.govbr.services import attempts, keys
from vincula.national.sgop import services as sgop
from vincula.national.support import services as support

pytestmark = [pytest.mark.django_db(databases=["default", "audit"]), pytest.mark.requirement("R021")]


def entered(client: Client) -> bool:
    return bool(client.get("/").wsgi_request.user.is_authenticated)


def code_of(client: Client, answer: Any) -> str:
    """The code of the refusal that the browser is shown; that nobody came in."""
    assert (answer.status_code, answer["Location"]) == (302, "/govbr/recusado/"), (
        "the address with the code is left at once"
    )
    page = client.get("/govbr/recusado/")
    text = page.content.decode()
    assert page.status_code == 409
    assert "O que fazer:" in text
    assert not entered(client)
    return text.split("Código ")[1].split("<")[0]


def private_pem(world: World) -> bytes:
    return world.key.as_pem(private=True)


def claims(world: World, nonce: str, /, **changed: Any) -> dict[str, Any]:
    """Those of a good id_token, but for what is changed; None leaves a claim out."""
    now = int(time.time())
    good = {
        "iss": f"{world.provider.issuer}/", "aud": "vincula-sandbox", "sub": GOLD.cpf, "name": GOLD.name, "nonce": nonce,
        "iat": now, "exp": now + 60, "reliability_info": {"level": "gold", "reliabilities": [{"id": "801"}]},
    }  # fmt: skip
    return {name: value for name, value in (good | changed).items() if value is not None}


@contextmanager
def told(world: World, token: str) -> Iterator[None]:
    """The provider's address answers the code with this id_token."""
    body = {
        "access_token": "x",
        "token_type": "Bearer",
        "expires_in": 3599,
        "scope": "openid",
        "id_token": token,
    }
    with world.instead("/token", "200 OK", json.dumps(body).encode()):
        yield


def back_with(world: World, client: Client, token: Any) -> Any:
    """The return of an entry whose id_token is `token(nonce)`."""
    asked = said(client.get("/govbr/entrar/")["Location"])
    with told(world, token(asked["nonce"])):
        return client.get("/govbr/retorno/", {"code": "qualquer", "state": asked["state"]})


def signed(
    world: World, key: Any = None, alg: str = "RS256", kid: str | None = "rsa1", **changed: Any
) -> Any:
    headers = {"kid": kid} if kid else {}
    return lambda nonce: jwt.encode(
        claims(world, nonce, **changed), private_pem(world) if key is None else key, alg, headers=headers
    )


def test_the_forger_of_these_tests_can_write_a_good_token(govbr: World, client: Client) -> None:
    """With another library than the product's: what is refused below is refused for what was changed."""
    assert back_with(govbr, client, signed(govbr))["Location"] == "/"
    assert entered(client)


NOW = int(time.time())
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("a nonce of another entry", {"nonce": "outro"}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("no nonce", {"nonce": None}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("a nonce that is no text", {"nonce": ["a"]}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("for another client", {"aud": "outro-sistema"}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("for another client too", {"aud": ["vincula-sandbox", "outro"]}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("for nobody", {"aud": None}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("of another issuer", {"iss": "https://sso.acesso.gov.br/"}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("of no issuer", {"iss": None}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("expired", {"iat": NOW - 700, "exp": NOW - 100}, "GOVBR_RELOGIO"),
    ("issued in the future", {"iat": NOW + 3600, "exp": NOW + 3660}, "GOVBR_RELOGIO"),
    ("without an end", {"exp": None}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("without a beginning", {"iat": None}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("an end that is no number", {"exp": "amanhã"}, "GOVBR_IDENTIFICACAO_INVALIDA"),
    ("no CPF", {"sub": None}, "GOVBR_SEM_CPF"),
    ("a CPF of wrong digits", {"sub": "99010020199"}, "GOVBR_SEM_CPF"),
    ("a CPF that is no text", {"sub": "['" + GOLD.cpf + "']x"}, "GOVBR_SEM_CPF"),
    ("no name, and no account yet", {"name": " "}, "GOVBR_SEM_NOME"),
]


@pytest.mark.parametrize(("label", "changed", "code"), WRONG, ids=[row[0] for row in WRONG])
def test_an_id_token_that_is_not_for_this_entry(
    govbr: World, client: Client, label: str, changed: dict[str, Any], code: str
) -> None:
    assert code_of(client, back_with(govbr, client, signed(govbr, **changed))) == code
    assert not Pessoa.objects.exists()


def stranger() -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def hmac_with(secret: bytes, header: dict[str, Any], body: dict[str, Any]) -> str:
    import hashlib
    import hmac

    text = f"{_part(header)}.{_part(body)}"
    mac = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


FORGED = {
    "a stranger's key under the name of the provider's": lambda w: signed(w, stranger()),
    "a key that nobody knows": lambda w: signed(w, stranger(), kid="rsa2"),
    "a stranger's key without a name": lambda w: signed(w, stranger(), kid=None),
    "no signature": lambda w: lambda n: f"{_part({'alg': 'none', 'kid': 'rsa1'})}.{_part(claims(w, n))}.",
    "the public key as a shared secret": lambda w: lambda n: hmac_with(
        w.key.as_pem(private=False), {"alg": "HS256", "kid": "rsa1"}, claims(w, n)
    ),
    "the client's secret as a shared one": lambda w: lambda n: hmac_with(
        w.provider.secret.encode(), {"alg": "HS256", "kid": "rsa1"}, claims(w, n)
    ),
    "another algorithm of the right key": lambda w: signed(w, alg="PS256"),
    "a body of one token with the signature of another": lambda w: lambda n: ".".join(
        [
            signed(w)(n).split(".")[0],
            _part(claims(w, n, sub=BRONZE.cpf)),
            signed(w)(n).split(".")[2],
        ]
    ),
    "not a token": lambda w: lambda n: "isto não é um token",
    "a token without end": lambda w: lambda n: "e" * 20_000,
    "a body that is no object": lambda w: lambda n: jwt.api_jws.encode(b"[1]", private_pem(w), "RS256", {"kid": "rsa1"}),
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_an_id_token_that_the_provider_has_not_signed(govbr: World, client: Client, how: str) -> None:
    assert code_of(client, back_with(govbr, client, FORGED[how](govbr))) == "GOVBR_IDENTIFICACAO_INVALIDA"
    assert not Pessoa.objects.exists()


def test_a_state_is_good_once(govbr: World, client: Client, visitor: Visitor) -> None:
    back = local(visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD))
    assert client.get(back)["Location"] == "/"
    client.post("/sair/")
    assert code_of(client, client.get(back)) == "GOVBR_SEM_INICIO"


def test_a_code_is_good_once_with_whatever_state(govbr: World, client: Client, visitor: Visitor) -> None:
    back = visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD)
    client.get(local(back))
    client.post("/sair/")
    state = said(client.get("/govbr/entrar/")["Location"])["state"]
    again = client.get("/govbr/retorno/", {"code": said(back)["code"], "state": state})
    assert code_of(client, again) == "GOVBR_CODIGO_RECUSADO"


def test_a_return_without_a_beginning(govbr: World, client: Client) -> None:
    assert code_of(client, client.get("/govbr/retorno/?code=abc&state=def")) == "GOVBR_SEM_INICIO"
    assert code_of(client, client.get("/govbr/retorno/")) == "GOVBR_SEM_INICIO"


def test_a_return_that_somebody_else_began(govbr: World, client: Client, visitor: Visitor) -> None:
    """Who logs a victim in as himself would read what the victim then writes."""
    theirs = Client()
    back = visitor.chooses(theirs.get("/govbr/entrar/")["Location"], GOLD)
    assert code_of(client, client.get(local(back))) == "GOVBR_SEM_INICIO"


def test_a_code_of_somebody_else_in_an_entry_of_ones_own(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    """PKCE: the code is bound to the entry that began it."""
    theirs = Client()
    stolen = said(visitor.chooses(theirs.get("/govbr/entrar/")["Location"], GOLD))["code"]
    state = said(client.get("/govbr/entrar/")["Location"])["state"]
    answer = client.get("/govbr/retorno/", {"code": stolen, "state": state})
    assert code_of(client, answer) == "GOVBR_CODIGO_RECUSADO"


def test_an_entry_that_took_too_long(
    govbr: World, client: Client, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = local(visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD))
    real = time.time
    monkeypatch.setattr(attempts.time, "time", lambda: real() + attempts.LIFE + 1)
    answer = client.get(back)
    monkeypatch.undo()
    assert answer["Location"] == "/govbr/recusado/"
    assert not entered(client)


def test_two_tabs_do_not_disturb_each_other(govbr: World, client: Client, visitor: Visitor) -> None:
    first = client.get("/govbr/entrar/?next=/mapa/")["Location"]
    second = client.get("/govbr/entrar/?next=/acessibilidade/")["Location"]
    assert client.get(local(visitor.chooses(second, GOLD)))["Location"] == "/acessibilidade/"
    assert client.get(local(visitor.chooses(first, GOLD)))["Location"] == "/mapa/"
    assert entered(client)


def test_a_few_entries_at_a_time_are_kept(govbr: World, client: Client) -> None:
    states = [said(client.get("/govbr/entrar/")["Location"])["state"] for _ in range(attempts.AT_MOST + 3)]
    assert list(client.session["govbr_entradas"]) == states[-attempts.AT_MOST :]


@pytest.mark.parametrize(
    "target",
    [
        "https://mau.exemplo/", "//mau.exemplo/", "/\\mau.exemplo", "\\\\mau.exemplo", "javascript:alert(1)", "http:mau.exemplo",
        "///mau.exemplo", " //mau.exemplo", "mau.exemplo/",
    ],
)  # fmt: skip
def test_the_page_wanted_is_of_this_site(govbr: World, client: Client, visitor: Visitor, target: str) -> None:
    away = client.get("/govbr/entrar/", {"next": target})["Location"]
    assert client.get(local(visitor.chooses(away, GOLD)))["Location"] == "/"


def test_a_session_that_was_planted_is_worth_nothing_afterwards(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    client.get("/govbr/entrar/")
    planted = client.cookies["sessionid"].value
    client.get(local(visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD)))
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not entered(thief)


ANSWERS: list[tuple[str, str, bytes, str]] = [
    ("a code that is not accepted", "400 -", b'{"error": "invalid_grant"}', "GOVBR_CODIGO_RECUSADO"),
    ("an unknown client", "400 -", b'{"error": "invalid_client"}', "GOVBR_CREDENCIAL_RECUSADA"),
    ("a wrong secret", "401 -", b'{"error": "unauthorized", "error_description": "Bad credentials"}', "GOVBR_CREDENCIAL_RECUSADA"),
    ("a wrong secret, as a page", "401 -", b"<html>Bad credentials</html>", "GOVBR_CREDENCIAL_RECUSADA"),
    ("a scope that is missing", "400 -", b'{"error": "ACCESSTOKEN_SCOPE_MUSTCONTAINSEXPECTEDSCOPE"}', "GOVBR_PEDIDO_RECUSADO"),
    ("a fault of the provider", "500 -", b"{}", "GOVBR_SEM_RESPOSTA"),
    ("a page instead of an answer", "200 -", b"<html>manuten\xc3\xa7\xc3\xa3o</html>", "GOVBR_SEM_RESPOSTA"),
    ("a list instead of an object", "200 -", b"[]", "GOVBR_SEM_RESPOSTA"),
    ("a list that is not empty", "200 -", b'["id_token"]', "GOVBR_SEM_RESPOSTA"),
    ("no id_token", "200 -", b'{"access_token": "x", "token_type": "Bearer"}', "GOVBR_SEM_RESPOSTA"),
    ("an id_token that is no text", "200 -", b'{"access_token": "x", "id_token": {"a": 1}}', "GOVBR_SEM_RESPOSTA"),
    ("an error that is no text", "400 -", b'{"error": ["x"]}', "GOVBR_PEDIDO_RECUSADO"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "status", "body", "code"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_what_the_provider_may_answer_to_the_code(
    govbr: World, client: Client, label: str, status: str, body: bytes, code: str
) -> None:
    state = said(client.get("/govbr/entrar/")["Location"])["state"]
    with govbr.instead("/token", status, body) as sent:
        answer = client.get("/govbr/retorno/", {"code": "abc", "state": state})
    assert code_of(client, answer) == code
    assert sorted(sent[0]) == ["code", "code_verifier", "grant_type", "redirect_uri"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("access_denied", "GOVBR_CANCELADO"), ("invalid_request", "GOVBR_PEDIDO_RECUSADO"),
        ("<script>alert(1)</script>", "GOVBR_PEDIDO_RECUSADO"), ("", "GOVBR_PEDIDO_RECUSADO"),
    ],
)  # fmt: skip
def test_what_the_provider_may_say_at_the_return(govbr: World, client: Client, error: str, code: str) -> None:
    state = said(client.get("/govbr/entrar/")["Location"])["state"]
    assert code_of(client, client.get("/govbr/retorno/", {"error": error, "state": state})) == code
    assert "<script>alert" not in client.get("/govbr/recusado/").content.decode()


def test_redirects_of_the_token_address_are_not_followed(govbr: World, client: Client) -> None:
    """The code, the verifier and the secret go to the configured address alone."""
    state = said(client.get("/govbr/entrar/")["Location"])["state"]
    with govbr.instead("/token", "302 -", b"{}"):
        assert (
            code_of(client, client.get("/govbr/retorno/", {"code": "a", "state": state}))
            == "GOVBR_SEM_RESPOSTA"
        )


def test_a_new_key_of_the_provider_is_fetched_but_not_for_every_stranger(
    govbr: World, client: Client
) -> None:
    back_with(govbr, client, signed(govbr))
    client.post("/sair/")
    key = rsa.generate_private_key(65537, 2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": "rsa2", "use": "sig"}
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    published = json.dumps({"keys": [govbr.key.as_dict(private=False), public]}).encode()
    with govbr.instead("/jwk", "200 OK", published) as asked:
        for _ in range(3):  # moments after the first look
            refused = back_with(govbr, client, signed(govbr, pem, kid="rsa2"))
            assert code_of(client, refused) == "GOVBR_IDENTIFICACAO_INVALIDA"
        assert asked == []
        keys._kept[govbr.provider.issuer].asked -= keys.BETWEEN
        assert back_with(govbr, client, signed(govbr, pem, kid="rsa2"))["Location"] == "/"
        assert len(asked) == 1


@pytest.mark.parametrize(
    "body", [b"{}", b'{"keys": []}', b'{"keys": 1}', b"<html>", b'{"keys": [{"kty": "EC"}]}', b"[]"]
)
def test_without_keys_nobody_is_believed(govbr: World, client: Client, body: bytes) -> None:
    with govbr.instead("/jwk", "200 OK", body):
        assert code_of(client, back_with(govbr, client, signed(govbr))) == "GOVBR_SEM_RESPOSTA"


def test_whoever_registered_a_strangers_cpf_is_out_when_the_stranger_comes_by_govbr(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    made = create_person(GOLD.cpf, "Quem Quer Que Seja", email="ladrao@exemplo.invalid", password="Senha@123")
    assert isinstance(made, Accepted)
    Pessoa.objects.filter(cpf=GOLD.cpf).update(autocadastro=True)  # as the link of the registration does
    thief = Client()
    assert thief.post("/entrar/", {"cpf": GOLD.cpf, "password": "Senha@123"}).status_code == 302
    away = client.get("/govbr/entrar/")["Location"]
    page = client.get(local(visitor.chooses(away, GOLD)), follow=True).content.decode()
    assert "a senha e o e-mail de antes não valem mais" in page
    assert not entered(thief)
    assert thief.post("/entrar/", {"cpf": GOLD.cpf, "password": "Senha@123"}).status_code == 200
    assert Pessoa.objects.get(cpf=GOLD.cpf).nome == GOLD.name
    assert entered(client)


def test_what_whoever_registered_a_strangers_cpf_said_in_his_name_is_undone(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    made = create_person(GOLD.cpf, "Quem Quer Que Seja", email="ladrao@exemplo.invalid", password="Senha@123")
    assert isinstance(made, Accepted)
    Pessoa.objects.filter(cpf=GOLD.cpf).update(autocadastro=True)
    thief = Client()
    thief.post("/entrar/", {"cpf": GOLD.cpf, "password": "Senha@123"})
    thief.post("/operador/termos/")
    asked = {
        "area": "sgop",
        "assunto": "Autorizem",
        "texto": "Sou o diretor.",
        "contato": "ladrao@exemplo.invalid",
    }
    thief.post("/atendimento/abrir/", asked)
    assert sgop.registered(GOLD.cpf)
    assert set(support.asking_about((GOLD.cpf,), ("sgop",))) == {GOLD.cpf}
    client.get(local(visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD)), follow=True)
    assert not sgop.registered(GOLD.cpf)
    assert support.asking_about((GOLD.cpf,), ("sgop",)) == {}
    (ticket,) = support.tickets_of(GOLD.cpf)
    assert "abra outro" in client.get(f"/atendimento/chamados/{ticket.numero}/").content.decode()


def test_the_key_of_a_session_changes_when_it_becomes_one_of_govbr(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    assert isinstance(create_person(GOLD.cpf, "MARIA", password="Senha@123"), Accepted)
    client.post("/entrar/", {"cpf": GOLD.cpf, "password": "Senha@123"})
    before = client.cookies["sessionid"].value
    client.get(local(visitor.chooses(client.get("/govbr/entrar/")["Location"], GOLD)))
    assert client.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not entered(thief)
