"""The identity listener: who gets a token, and what every other certificate is told (cadsus-services.md, 2.1)."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import pytest

from tests.interop.world import THIRD, Caller, World, eventually
from vincula.sandbox.authority import Profile, at_folder, e_cnpj, e_cpf, export_client, selo_eletronico

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)


def claims_of(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    return dict(json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


@pytest.mark.requirement("R086", "the token")
def test_a_certificate_with_a_credential_gets_exactly_four_fields(world: World) -> None:
    answer = world.operadora.ask_token()
    assert answer.status_code == 200
    body = answer.json()
    assert {**body, "access_token": ""} == {
        "access_token": "", "scope": "read write", "token_type": "jwt", "expires_in": 1_800_000,
    }  # fmt: skip
    claims = claims_of(body["access_token"])
    assert isinstance(claims["iat"], int)
    assert claims["exp"] == claims["iat"] + 1800


def test_the_published_keys_verify_it(world: World) -> None:
    for address in (world.identity, world.api):
        keys = world.operadora.http.get(f"{address}/.well-known/jwks.json").json()
        token = world.operadora.token
        kid = jwt.get_unverified_header(token)["kid"]
        key = next(jwt.PyJWK(one) for one in keys["keys"] if one["kid"] == kid)
        assert all("d" not in one for one in keys["keys"])
        claims = jwt.decode(token, key, algorithms=["ES256"], audience="cadsus")
        assert claims["sub"] == world.operadora.credential


def test_it_is_bound_to_the_certificate(world: World) -> None:
    pem = (world.operadora.folder / "client.pem").read_text()
    der = ssl.PEM_cert_to_DER_cert(
        pem[: pem.index("-----END CERTIFICATE-----") + len("-----END CERTIFICATE-----\n")]
    )
    import hashlib

    bound = claims_of(world.operadora.token)["cnf"]
    assert isinstance(bound, dict)
    assert urlsafe_b64decode(bound["x5t#S256"] + "=") == hashlib.sha256(der).digest()


def _presenting(world: World, tmp_path: Path, profile: Profile, **dates: datetime) -> httpx.Client:
    issuer = at_folder(world.stage.data / "autoridade-de-teste")
    export_client(issuer.issue(profile, **dates), tmp_path)
    context = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
    context.load_cert_chain(tmp_path / "client.pem", tmp_path / "client.key")
    return httpx.Client(verify=context)


CNPJ = "11222333000181"
AR = "97000001000108"
REFUSED = {
    "a company without a credential": (e_cnpj(CNPJ, "SEM CREDENCIAL LTDA"), 403, "SEM_CREDENCIAL"),
    "the same in the new profile": (selo_eletronico(CNPJ, "SEM CREDENCIAL LTDA"), 403, "SEM_CREDENCIAL"),
    "a natural person": (e_cpf("52998224725", "FULANO DE TESTE"), 401, "SEM_EMPRESA"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_certificates_are_told_why(world: World, tmp_path: Path, name: str) -> None:
    profile, status, code = REFUSED[name]
    with _presenting(world, tmp_path, profile) as client:
        answer = client.get(f"{world.identity}/api/osb/token")
    assert answer.status_code == status
    body = answer.json()
    assert body["error"] in ("invalid_client", "unauthorized_client")
    if status == 403:
        assert body["codigo"] == code
    assert len(body["error_description"]) > 40


def test_an_expired_certificate_ends_in_the_handshake_or_is_refused(world: World, tmp_path: Path) -> None:
    profile = e_cnpj(CNPJ, "VENCIDA LTDA")
    with (
        _presenting(
            world, tmp_path, profile, start=NOW - timedelta(days=9), end=NOW - timedelta(days=1)
        ) as client,
        contextlib.suppress(httpx.HTTPError),
    ):
        assert client.get(f"{world.identity}/api/osb/token").status_code == 401


def test_a_certificate_of_another_chain_is_not_let_in(world: World, tmp_path: Path) -> None:
    stranger = at_folder(tmp_path / "outra")
    export_client(stranger.issue(e_cnpj(CNPJ, "OUTRA CADEIA LTDA")), tmp_path / "cliente")
    context = world.operadora.context(certificate=False)
    context.load_cert_chain(tmp_path / "cliente" / "client.pem", tmp_path / "cliente" / "client.key")
    with httpx.Client(verify=context) as client, contextlib.suppress(httpx.HTTPError):
        assert client.get(f"{world.identity}/api/osb/token").status_code == 401


def test_without_a_certificate_one_is_told_what_is_missing(world: World) -> None:
    with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
        answer = client.get(f"{world.identity}/api/osb/token")
    assert (answer.status_code, answer.json()["codigo"]) == (401, "SEM_CERTIFICADO")


def test_a_certificate_in_a_header_is_nobodys(world: World) -> None:
    """No proxy is configured here: whoever writes the header of one is still without certificate."""
    from urllib.parse import quote

    pem = (world.operadora.folder / "client.pem").read_text()
    forged = {
        "X-Vincula-Certificado": quote(pem), "X-Vincula-Certificado-Verificado": "SUCCESS",
        "X-Forwarded-For": "127.0.0.1", "X_Vincula_Certificado": quote(pem),
    }  # fmt: skip
    with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
        answer = client.get(f"{world.identity}/api/osb/token", headers=forged)
    assert (answer.status_code, answer.json()["codigo"]) == (401, "SEM_CERTIFICADO")


def test_a_revoked_certificate_gets_none(world: World, tmp_path: Path) -> None:
    issuer = at_folder(world.stage.data / "autoridade-de-teste")
    own = issuer.issue(e_cnpj(_cnpj(world.operadora), "REVOGADA LTDA"))
    export_client(own, tmp_path)
    context = world.operadora.context(certificate=False)
    context.load_cert_chain(tmp_path / "client.pem", tmp_path / "client.key")
    with httpx.Client(verify=context) as client:
        assert client.get(f"{world.identity}/api/osb/token").status_code == 200
        issuer.revoke(own.certificate)
        answer = client.get(f"{world.identity}/api/osb/token")
    assert answer.status_code == 401


def _cnpj(caller: Caller) -> str:
    listed = json.loads(caller.world.run("credential", "list", "--json"))
    return str(next(one["cnpj"] for one in listed if one["identificador"] == caller.credential))


@pytest.mark.requirement("R087", "no call works before the credential is granted, nor once it is taken")
def test_suspended_and_revoked_credentials_get_none_and_their_tokens_stop(world: World) -> None:
    from tests.interop import messages

    caller = world.caller(THIRD, "operadora")
    asked = messages.by_cpf("11144477735")
    assert caller.post("/cadsus/v2/PDQSupplierJWT", asked).status_code == 200
    world.run("credential", "suspend", caller.credential, "--motivo", "teste")
    eventually(lambda: caller.post("/cadsus/v2/PDQSupplierJWT", asked).status_code == 401)
    assert caller.ask_token().json()["codigo"] == "CREDENCIAL_SUSPENSA"
    world.run("credential", "resume", caller.credential)
    eventually(lambda: caller.post("/cadsus/v2/PDQSupplierJWT", asked).status_code == 200)
    world.run("credential", "revoke", caller.credential, "--motivo", "teste")
    eventually(lambda: caller.post("/cadsus/v2/PDQSupplierJWT", asked).status_code == 401)
    assert caller.ask_token().json()["codigo"] == "SEM_CREDENCIAL"


def test_after_a_rotation_old_tokens_hold_and_new_ones_have_the_new_key(world: World) -> None:
    from tests.interop import messages

    old = world.operadora.token
    kid = json.loads(world.run("credential", "rotate-key", "--json"))["chave"]
    new = world.operadora.ask_token().json()["access_token"]
    assert jwt.get_unverified_header(new)["kid"] == kid != jwt.get_unverified_header(old)["kid"]
    asked = messages.by_cpf("11144477735")
    for token in (old, new):
        eventually(
            lambda token=token: (
                world.operadora.post(
                    "/cadsus/v2/PDQSupplierJWT", asked, authorization=f"jwt {token}"
                ).status_code
                == 200
            )
        )


def test_a_token_serves_at_once_however_young_its_key_is(world: World) -> None:
    """Also while strangers with bad tokens make the listener look all the time: it must not think that it has looked."""
    from tests.interop import messages

    asked, path = messages.by_cpf("11144477735"), f"{world.api}/cadsus/v2/PDQSupplierJWT"
    over = threading.Event()

    def strangers() -> None:
        with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
            while not over.is_set():
                assert (
                    client.post(path, content=asked, headers={"authorization": "jwt a.b.c"}).status_code
                    == 401
                )

    stranger = threading.Thread(target=strangers)
    stranger.start()
    try:
        for _ in range(5):
            world.run("credential", "rotate-key")
            token = world.operadora.ask_token().json()["access_token"]
            answer = world.operadora.post("/cadsus/v2/PDQSupplierJWT", asked, authorization=f"jwt {token}")
            assert answer.status_code == 200
    finally:
        over.set()
        stranger.join()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/osb/token", 405),
        ("PUT", "/api/osb/token", 405),
        ("GET", "/api/token", 404),
        ("GET", "/", 404),
        ("GET", "/api/osb/token/..%2f", 404),
    ],
)
def test_other_methods_and_addresses_are_refused(world: World, method: str, path: str, status: int) -> None:
    answer = world.operadora.http.request(method, f"{world.identity}{path}")
    assert answer.status_code == status
    assert answer.json()["error_description"]


def test_asking_for_the_headers_alone_issues_no_token(world: World) -> None:
    before = len(world.audit("acao = 'api:token:emitido'"))
    answer = world.operadora.http.head(f"{world.identity}/api/osb/token")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert len(world.audit("acao = 'api:token:emitido'")) == before
    assert world.operadora.http.head(f"{world.identity}/.well-known/jwks.json").status_code == 200


def test_clients_that_hold_their_connections_keep_nobody_out(world: World) -> None:
    """A hundred that send nothing, and thirty that never end their request."""
    import socket
    from urllib.parse import urlsplit

    place = urlsplit(world.identity)
    address = (place.hostname or "", place.port or 0)
    held: list[socket.socket] = [socket.create_connection(address, timeout=20) for _ in range(100)]
    for _ in range(30):
        wire = world.operadora.context().wrap_socket(
            socket.create_connection(address, timeout=20), server_hostname="localhost"
        )
        wire.sendall(b"GET /api/osb/token HTTP/1.1\r\nHost: localhost\r\nX-Demora: ")
        held.append(wire)
    try:
        answer = world.operadora.ask_token()
        assert answer.status_code == 200
        assert answer.elapsed.total_seconds() < 8
    finally:
        for one in held:
            one.close()
