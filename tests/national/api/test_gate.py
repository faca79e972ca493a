"""The door: tokens and passwords, against what is granted at the moment."""

from __future__ import annotations

import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from tests.national.api.world import identity
from vincula.common import config
from vincula.common.outcomes import Accepted
from vincula.national.api import services as api
from vincula.national.api.models import ChavePublica, Credencial
from vincula.national.api.services import keys, tokens
from vincula.national.api.services.gate import Gate
from vincula.national.api.services.view import Watcher

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def gate(operadora: api.Credential) -> tuple[Gate, Watcher]:
    api.jwks()
    watcher = Watcher()
    keys.signer()
    watcher.look()
    return Gate(watcher), watcher


def token_of(one: api.Credential, mark: str = "a") -> str:
    issued = api.issue(identity(one.cnpj, mark))
    assert isinstance(issued, Accepted)
    return issued.value.access_token


def test_a_token_opens_while_it_holds(gate: tuple[Gate, Watcher], operadora: api.Credential) -> None:
    door, watcher = gate
    token = token_of(operadora)
    for _ in range(2):
        found = door.by_token(f"jwt {token}")
        assert found is not None
        assert found.id == operadora.identificador
        assert found.purpose == "INCLUSAO_BENEFICIARIO"
        assert found.release == frozenset({"nome", "sexo", "data_nascimento"})
    api.suspend(operadora.identificador, "teste", "x")
    watcher.look()
    assert door.by_token(f"jwt {token}") is None
    api.resume(operadora.identificador, "teste")
    watcher.look()
    assert door.by_token(f"jwt {token}") is not None


@pytest.mark.parametrize(("presented", "opens"), [("a", True), ("b", False)])
def test_where_a_certificate_is_seen_it_must_be_the_tokens_own(
    gate: tuple[Gate, Watcher], operadora: api.Credential, presented: str, opens: bool
) -> None:
    token = token_of(operadora)
    assert (gate[0].by_token(f"jwt {token}", tokens.thumbprint(presented * 64)) is not None) is opens


def claims(**changed: object) -> dict[str, object]:
    now = int(time.time())
    usual = {
        "iss": "vincula", "aud": "cadsus", "sub": Credencial.objects.get().identificador, "iat": now, "exp": now + 1800,
        "jti": "x", "cnf": {"x5t#S256": tokens.thumbprint("a" * 64)},
    }  # fmt: skip
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


BAD = {
    "expired": {"exp": 1_000_000_000},
    "no expiry": {"exp": None},
    "no moment of issue": {"iat": None},
    "no subject": {"sub": None},
    "no certificate": {"cnf": None},
    "a certificate that is none": {"cnf": "x"},
    "another issuer": {"iss": "outro"},
    "another audience": {"aud": "outro"},
    "a credential that does not exist": {"sub": "operadora-000000-00000000"},
    "an expiry that is no number": {"exp": "amanha"},
    "issued tomorrow": {"iat": int(time.time()) + 90_000},
}


@pytest.mark.parametrize("case", BAD)
def test_a_token_that_says_something_else_does_not_open(gate: tuple[Gate, Watcher], case: str) -> None:
    signer = keys.signer()
    right = jwt.encode(claims(), signer.key, algorithm="ES256", headers={"kid": signer.kid})
    assert gate[0].by_token(f"jwt {right}") is not None
    wrong = jwt.encode(claims(**BAD[case]), signer.key, algorithm="ES256", headers={"kid": signer.kid})
    assert gate[0].by_token(f"jwt {wrong}") is None


def test_other_signatures_do_not_open(gate: tuple[Gate, Watcher]) -> None:
    signer = keys.signer()
    stranger = ec.generate_private_key(ec.SECP256R1())
    public = ChavePublica.objects.get(kid=signer.kid).publica
    for wrong in (
        jwt.encode(claims(), stranger, algorithm="ES256", headers={"kid": signer.kid}),
        jwt.encode(claims(), stranger, algorithm="ES256"),
        jwt.encode(claims(), None, algorithm="none", headers={"kid": signer.kid}),
        jwt.encode(claims(), "uma chave de trinta e dois bytes!", algorithm="HS256", headers={"kid": signer.kid}),
        "..", "a.b.c", "", "eyJ", "é.ü.ñ", public,
    ):  # fmt: skip
        assert gate[0].by_token(f"jwt {wrong}") is None


def test_a_key_that_is_over_takes_its_tokens_along(
    gate: tuple[Gate, Watcher], operadora: api.Credential
) -> None:
    door, watcher = gate
    token = token_of(operadora)
    assert door.by_token(f"jwt {token}") is not None
    ChavePublica.objects.update(confere_ate=timezone.now() - timedelta(seconds=1))
    from vincula.national.api.services import version

    version.bump()
    watcher.look()
    assert door.by_token(f"jwt {token}") is None


def test_rotation(operadora: api.Credential) -> None:
    first = keys.signer()
    second = api.rotate("teste")
    assert keys.signer().kid == second != first.kid
    assert {one["kid"] for one in api.jwks()["keys"]} == {first.kid, second}
    folder = config.load().folder("chaves-do-token")
    assert [path.stem for path in folder.glob("*.pem")] == [second]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.glob("*.pem"))
    later = timezone.now() + timedelta(days=8)
    third = keys.signer(later)
    assert third.kid not in (first.kid, second)
    assert {one["kid"] for one in api.jwks(later)["keys"]} == {third.kid}


def test_passwords(cadop: None) -> None:
    made = api.grant(api.Kind.INTEGRADOR, "teste", cnpj="11222333000181", nome="SISTEMAS LTDA")
    assert isinstance(made, Accepted)
    told = api.set_password(made.value.identificador, "sistema", "teste")
    assert isinstance(told, Accepted)
    watcher = Watcher()
    watcher.look()
    door = Gate(watcher)
    assert door.by_password("sistema", told.value) is not None
    assert door.by_password("sistema", told.value) is not None
    assert door.by_password("sistema", told.value + "x") is None
    assert door.by_password("sistema", "") is None
    assert door.by_password("outro", told.value) is None
    new = api.set_password(made.value.identificador, "sistema", "teste")
    assert isinstance(new, Accepted)
    watcher.look()
    assert door.by_password("sistema", told.value) is None
    assert door.by_password("sistema", new.value) is not None


def test_a_listener_that_cannot_look_is_not_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = Watcher()
    assert not watcher.fresh
    watcher.look()
    assert watcher.fresh
    moment = time.monotonic() + 16
    monkeypatch.setattr("vincula.national.api.services.view.time.monotonic", lambda: moment)
    assert not watcher.fresh
