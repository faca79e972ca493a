"""The keys that tokens are signed with: one signs for a week, then another; each verifies until its last token is over.

The private half is a file of the installation that issues tokens, its owner's only; the public half is in the base,
where every listener finds it and from where it is published. The file is written first: a kill in between leaves a key
that nobody knows, which the next one in turn replaces.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.db import transaction
from django.utils import timezone
from jwt.algorithms import ECAlgorithm

from vincula.common import config
from vincula.common.audit.services import Event, record
from vincula.common.files import write_private
from vincula.common.locks import exclusive
from vincula.national.api.models import ChavePublica
from vincula.national.api.rules import SIGNING_LIFE, TOKEN_LIFE
from vincula.national.api.services import version

ALGORITHM = "ES256"
_FOLDER = "chaves-do-token"
_SLACK = TOKEN_LIFE  # clocks of two machines differ


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    kid: str
    key: ec.EllipticCurvePrivateKey


def signer(now: datetime | None = None) -> Signer:
    """The key that signs now; made, or replaced, where it is time."""
    now = now or timezone.now()
    return _held(now) or _renewed(now)


def rotate(actor: str) -> str:
    """Sign with a new key from now on, whatever the old one's age; what was signed goes on verifying. Its kid."""
    with exclusive("api:chaves"):
        return _make(timezone.now(), actor).kid


def jwks(now: datetime | None = None) -> dict[str, list[dict[str, Any]]]:
    """The public keys with which tokens may be verified now (RFC 7517)."""
    kept = ChavePublica.objects.filter(confere_ate__gt=now or timezone.now()).order_by("-criada_em")
    return {"keys": [_as_jwk(one.kid, one.publica) for one in kept]}


def verifying(now: datetime | None = None) -> dict[str, ec.EllipticCurvePublicKey]:
    """kid → public key, of those that may still verify."""
    found = {}
    for one in ChavePublica.objects.filter(confere_ate__gt=now or timezone.now()):
        key = load_pem_public_key(one.publica.encode())
        assert isinstance(key, ec.EllipticCurvePublicKey)
        found[one.kid] = key
    return found


def _as_jwk(kid: str, pem: str) -> dict[str, Any]:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return {**json.loads(ECAlgorithm.to_jwk(key)), "kid": kid, "use": "sig", "alg": ALGORITHM}


def _renewed(now: datetime) -> Signer:
    with exclusive("api:chaves"):
        return _held(now) or _make(now, "sistema")


def _held(now: datetime) -> Signer | None:
    """The newest key that may still sign and whose private half is here."""
    for kid in (
        ChavePublica.objects.filter(assina_ate__gt=now).order_by("-criada_em").values_list("kid", flat=True)
    ):
        path = _path(kid)
        if path.is_file():
            key = load_pem_private_key(path.read_bytes(), password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                return Signer(kid, key)
    return None


def _make(now: datetime, actor: str) -> Signer:
    key, kid = ec.generate_private_key(ec.SECP256R1()), secrets.token_hex(8)
    write_private(_path(kid), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
    with transaction.atomic():
        ChavePublica.objects.filter(assina_ate__gt=now).update(
            assina_ate=now, confere_ate=now + TOKEN_LIFE + _SLACK
        )
        until = now + SIGNING_LIFE
        ChavePublica.objects.create(
            kid=kid, publica=public, criada_em=now, assina_ate=until, confere_ate=until + TOKEN_LIFE + _SLACK
        )
        version.bump()
        record(Event(actor, "api:chave:criada", f"chave:{kid}"))
    _forget(now)
    return Signer(kid, key)


def _forget(now: datetime) -> None:
    """Remove private halves whose keys no longer sign."""
    signing = set(ChavePublica.objects.filter(assina_ate__gt=now).values_list("kid", flat=True))
    for path in _folder().glob("*.pem"):
        if path.stem not in signing:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return config.load().folder(_FOLDER)


def _path(kid: str) -> Path:
    return _folder() / f"{kid}.pem"
