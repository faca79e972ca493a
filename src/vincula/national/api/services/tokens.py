"""The token: who may have one, what it says, and reading it (cadsus-services.md, 2.1).

A JWT signed with ES256. Beside numeric `iat` and `exp`, which is all that is known of CadSUS's own, it names the
credential (`sub`) and the certificate that it was given to (`cnf`, RFC 8705).
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.api.rules import TOKEN_LIFE, State
from vincula.national.api.services import credentials, keys
from vincula.national.icp.services import Identity

ISSUER = "vincula"
AUDIENCE = "cadsus"
MAX_LENGTH = 2_048  # ours have some 400 characters


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """What the client gets. `expires_in` in milliseconds."""

    access_token: str
    expires_in: int

    def body(self) -> dict[str, str | int]:
        """Exactly the four fields that clients read."""
        return {
            "access_token": self.access_token,
            "scope": "read write",
            "token_type": "jwt",
            "expires_in": self.expires_in,
        }


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token that holds says. `expires`: seconds since 1970; `thumbprint`: of the certificate, base64url."""

    client: str
    kid: str
    expires: int
    thumbprint: str


def issue(identity: Identity, now: datetime | None = None) -> Outcome[Token]:
    """A token for the company of a certificate that holds. Refused: SEM_CREDENCIAL, CREDENCIAL_SUSPENSA."""
    now = now or timezone.now()
    credential = credentials.in_force_for(identity.cnpj)
    if credential is None:
        return Refused(
            "SEM_CREDENCIAL",
            "O CNPJ do certificado não tem credencial para esta API.",
            "Peça a credencial a quem mantém este serviço; o certificado tem de ser do mesmo CNPJ.",
        )
    if credential.estado != State.ATIVA.value:
        return Refused(
            "CREDENCIAL_SUSPENSA", "A credencial está suspensa.", "Procure quem mantém este serviço."
        )
    signer = keys.signer(now)
    issued = int(now.timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": credential.identificador,
        "iat": issued,
        "exp": issued + int(TOKEN_LIFE.total_seconds()),
        "jti": secrets.token_hex(8),
        "cnf": {"x5t#S256": thumbprint(identity.sha256)},
    }
    text = jwt.encode(claims, signer.key, algorithm=keys.ALGORITHM, headers={"kid": signer.kid})
    details = {"certificado": identity.sha256, "politica": identity.policy, "jti": claims["jti"]}
    record(
        Event(
            f"credencial:{credential.identificador}",
            "api:token:emitido",
            f"cnpj:{identity.cnpj}",
            details=details,
        )
    )
    return Accepted(Token(text, int(TOKEN_LIFE.total_seconds()) * 1_000))


def read(text: str, verifying: dict[str, ec.EllipticCurvePublicKey]) -> Claims | None:
    """What the token says if one of these keys signed it and it is in force; None whatever else it may be."""
    if len(text) > MAX_LENGTH:
        return None
    try:
        kid = str(jwt.get_unverified_header(text).get("kid", ""))
        key = verifying.get(kid)
        if key is None:
            return None
        claims = jwt.decode(
            text,
            key,
            algorithms=[keys.ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["exp", "iat", "sub", "cnf"]},
        )
        return Claims(str(claims["sub"]), kid, int(claims["exp"]), str(claims["cnf"]["x5t#S256"]))
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        return None


def thumbprint(sha256: str) -> str:
    """A SHA-256 in hexadecimal as RFC 8705 writes it."""
    return urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode("ascii")
