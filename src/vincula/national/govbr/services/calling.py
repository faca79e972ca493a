"""What is asked of gov.br itself: where to send the person, the id_token for a code, the public keys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client

from vincula.common.outcomes import Accepted, Outcome
from vincula.common.provider import Provider
from vincula.national.govbr import refusals
from vincula.national.govbr.services.attempts import Attempt

SCOPE = "openid email profile govbr_confiabilidades govbr_confiabilidades_idtoken"
_TIMEOUT = httpx.Timeout(10, connect=5)  # seconds
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def authorize_url(provider: Provider, back: str, state: str, attempt: Attempt) -> str:
    """Where to send the person, who comes back to `back`, an absolute address registered at gov.br."""
    url, _ = _client(provider, None).create_authorization_url(
        f"{provider.issuer}/authorize",
        state=state,
        nonce=attempt.nonce,
        code_verifier=attempt.verifier,
        redirect_uri=back,
    )
    return str(url)


def id_token_for(provider: Provider, back: str, code: str, attempt: Attempt) -> Outcome[str]:
    """The id_token that gov.br gives for the code, not yet looked at. The other tokens are dropped here.

    Refused: GOVBR_CODIGO_RECUSADO, GOVBR_CREDENCIAL_RECUSADA, GOVBR_PEDIDO_RECUSADO, GOVBR_SEM_RESPOSTA.
    """
    try:
        with _http(provider) as http:
            given = _client(provider, http).fetch_token(
                f"{provider.issuer}/token",
                grant_type="authorization_code",
                code=code,
                redirect_uri=back,
                code_verifier=attempt.verifier,
                auth=httpx.BasicAuth(provider.client, provider.secret),
            )
    except OAuth2Error as error:
        return refusals.AT_TOKEN.get(str(error.error).lower(), refusals.PROVIDER_ERROR)
    except httpx.HTTPStatusError as error:
        denied = error.response.status_code == httpx.codes.UNAUTHORIZED
        return refusals.INVALID_CLIENT if denied else refusals.UNREACHABLE
    except (
        httpx.HTTPError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # the last: of an answer that is no object
        return refusals.UNREACHABLE
    token = given.get("id_token") if isinstance(given, dict) else None
    return Accepted(token) if isinstance(token, str) and token else refusals.UNREACHABLE


def public_keys(provider: Provider) -> Any:
    """The JSON of `/jwk`. Raises httpx.HTTPError or ValueError where there is none to be had."""
    with _http(provider) as http:
        answer = http.get(f"{provider.issuer}/jwk")
        answer.raise_for_status()
        return answer.json()


def logout_url(provider: Provider, back: str) -> str:
    """Where the person's gov.br session ends; `back` is registered there too."""
    return f"{provider.issuer}/logout?{urlencode({'post_logout_redirect_uri': back})}"


def step_up_url(provider: Provider, levels: str, back: str) -> str:
    """Where the person raises the level of the account; `levels` as rules.STEP_UP has them."""
    wanted = {"client_id": provider.client, "niveis": levels, "redirect_uri": back}
    return f"{provider.step_up}?{urlencode(wanted)}"


def _client(provider: Provider, http: httpx.Client | None) -> Any:
    return OAuth2Client(http, client_id=provider.client, scope=SCOPE, code_challenge_method="S256")


def _http(provider: Provider) -> httpx.Client:
    """Redirects are not followed: a code and the secret go where the configuration says, and nowhere else."""
    near = urlsplit(provider.issuer).hostname in _LOOPBACK
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=not near)
