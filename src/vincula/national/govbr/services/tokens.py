"""The id_token: believed only when gov.br's key signed it, for this client and this attempt, and it is of now."""

from __future__ import annotations

import hmac
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import Claims, JWTClaimsRegistry

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.provider import Provider
from vincula.national.govbr import refusals, rules
from vincula.national.govbr.services.keys import keys_of

ALGORITHMS = ("RS256",)
LEEWAY = 10  # seconds that the two clocks may differ
_LONGEST = 16_384  # characters


def claims_of(provider: Provider, token: str, nonce: str) -> Outcome[Claims]:
    """What the id_token says, once all of it has been checked.

    Refused: GOVBR_IDENTIFICACAO_INVALIDA, GOVBR_RELOGIO, GOVBR_SEM_RESPOSTA.
    """
    if len(token) > _LONGEST:
        return refusals.INVALID_TOKEN
    signed = _signed(provider, token)
    if isinstance(signed, Refused):
        return signed
    claims = signed.value
    if refused := _out_of_time(claims):
        return refused
    said = claims.get("nonce")
    expected = (
        rules.is_issuer(claims.get("iss"), provider.issuer)
        and rules.is_about(claims, provider.client)
        and isinstance(said, str)
        and hmac.compare_digest(said.encode(), nonce.encode())
    )
    return Accepted(claims) if expected else refusals.INVALID_TOKEN


def _signed(provider: Provider, token: str) -> Outcome[Claims]:
    for newer in (False, True):
        keys = keys_of(provider, newer=newer)
        if keys is None:
            return refusals.UNREACHABLE
        try:
            return Accepted(_decoded(token, keys))
        except InvalidKeyIdError:
            continue  # a key newer than ours, perhaps
        except (JoseError, ValueError, TypeError):
            return refusals.INVALID_TOKEN
    return refusals.INVALID_TOKEN


def _decoded(token: str, keys: KeySet) -> dict[str, Any]:
    return jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims


def _out_of_time(claims: Claims) -> Refused | None:
    """Expired, or issued in the future: either the token is old, or one of the clocks is wrong."""
    if not all(isinstance(claims.get(name), int | float) for name in ("exp", "iat")):
        return refusals.INVALID_TOKEN
    try:
        JWTClaimsRegistry(leeway=LEEWAY).validate(
            {name: claims[name] for name in ("exp", "iat", "nbf") if name in claims}
        )
    except (ExpiredTokenError, InvalidClaimError):
        return refusals.CLOCK
    return None
