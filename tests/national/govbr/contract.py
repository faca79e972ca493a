"""What our client counts on at gov.br, message by message: the same checks for the simulation and for the real one.

For the simulation pytest runs them (test_contract.py). For the homologation environment, by somebody who has credentials and
an account there:

    CONTRATO_EMISSOR=https://sso.staging.acesso.gov.br CONTRATO_CLIENTE=… CONTRATO_SEGREDO_ARQUIVO=… \
    CONTRATO_RETORNO=https://…/govbr/retorno/ python -m tests.national.govbr.contract

Each entry is made by hand: open the address that is printed, log in, and paste the address you are sent back to. The
id_token is verified with another library than the product's.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import jwt

SCOPE = "openid email profile govbr_confiabilidades govbr_confiabilidades_idtoken"
LONGEST_LIFE = 600  # seconds: 60 by the guide's text, 600 in its sample


@dataclass(frozen=True)
class Target:
    """A gov.br with a client of ours. `login`: an authorize address in, the address one is sent back to out."""

    issuer: str
    client: str
    secret: str
    back: str
    login: Callable[[str], str]

    @property
    def http(self) -> httpx.Client:
        return httpx.Client(
            timeout=20, follow_redirects=False, trust_env=not self.issuer.startswith("http://127.")
        )

    def asking(self, verifier: str, **changed: str | None) -> str:
        """An authorize address; `changed`: None leaves a field out."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        fields = {
            "response_type": "code", "client_id": self.client, "scope": SCOPE, "redirect_uri": self.back,
            "state": secrets.token_urlsafe(16), "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge, "code_challenge_method": "S256",
        } | changed  # fmt: skip
        return f"{self.issuer}/authorize?{urlencode({k: v for k, v in fields.items() if v is not None})}"

    def code(self, verifier: str, **changed: str | None) -> tuple[str, dict[str, str]]:
        """A code, and what was asked."""
        url = self.asking(verifier, **changed)
        asked = fields_of(url)
        said = fields_of(self.login(url))
        assert said.get("state") == asked["state"], "the state comes back as it was sent"
        return said["code"], asked

    def token(self, code: str, verifier: str | None, secret: str = "", **changed: str) -> httpx.Response:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.back} | changed
        if verifier is not None:
            form["code_verifier"] = verifier
        with self.http as http:
            return http.post(f"{self.issuer}/token", data=form, auth=(self.client, secret or self.secret))

    def entry(self, **changed: str | None) -> tuple[dict[str, Any], dict[str, str]]:
        """A whole entry: what `/token` said, and what was asked."""
        verifier = secrets.token_urlsafe(64)
        code, asked = self.code(verifier, **changed)
        answer = self.token(code, verifier)
        assert answer.status_code == 200, answer.text
        return answer.json(), asked

    def verified(self, token: str) -> dict[str, Any]:
        with self.http as http:
            keys = jwt.PyJWKSet.from_dict(http.get(f"{self.issuer}/jwk").json())
        kid = jwt.get_unverified_header(token)["kid"]
        claims: dict[str, Any] = jwt.decode(
            token, keys[kid].key, algorithms=["RS256"], audience=self.client, leeway=10
        )
        return claims


def fields_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def the_keys_are_rsa_with_a_name(target: Target) -> None:
    with target.http as http:
        keys = http.get(f"{target.issuer}/jwk").json()["keys"]
    assert keys
    assert all(key["kty"] == "RSA" and key["kid"] and key["n"] and key["e"] for key in keys)
    assert not any("d" in key for key in keys)


def the_answer_to_the_code_is_that_of_the_guide(target: Target) -> None:
    told, _ = target.entry()
    assert told["token_type"].lower() == "bearer"
    assert isinstance(told["scope"], str)
    assert told["expires_in"] > 0
    assert told["access_token"]
    assert told["id_token"]


def the_id_token_is_signed_for_us_and_for_now(target: Target) -> None:
    told, asked = target.entry()
    claims, now = target.verified(told["id_token"]), time.time()
    assert claims["nonce"] == asked["nonce"]
    assert claims["iss"].rstrip("/") == target.issuer
    assert abs(now - claims["iat"]) <= 30, "the clocks"
    assert 0 < claims["exp"] - claims["iat"] <= LONGEST_LIFE


def the_id_token_says_who_and_how_sure(target: Target) -> None:
    told, _ = target.entry()
    claims = target.verified(told["id_token"])
    assert re.fullmatch(r"\D*(\d\D*){11}", claims["sub"]), "a CPF, with or without punctuation"
    assert claims["name"]
    if "email" in claims:
        assert str(claims["email_verified"]).lower() == "true", "an e-mail is told only when it is confirmed"
    level = claims.get("reliability_info", {}).get("level")
    assert level in (None, "gold", "silver", "bronze")


def userinfo_answers_the_access_token(target: Target) -> None:
    told, _ = target.entry()
    with target.http as http:
        got = http.get(
            f"{target.issuer}/userinfo/", headers={"Authorization": f"Bearer {told['access_token']}"}
        )
        none = http.get(f"{target.issuer}/userinfo/", headers={"Authorization": "Bearer x"})
    assert re.sub(r"\D", "", got.json()["sub"]) == re.sub(r"\D", "", target.verified(told["id_token"])["sub"])
    assert none.status_code == 401


def a_code_is_good_once(target: Target) -> None:
    verifier = secrets.token_urlsafe(64)
    code, _ = target.code(verifier)
    assert target.token(code, verifier).status_code == 200
    again = target.token(code, verifier)
    assert again.status_code in (400, 401)
    assert "id_token" not in again.text


def a_code_needs_its_verifier(target: Target) -> None:
    for other in (None, secrets.token_urlsafe(64)):
        code, _ = target.code(secrets.token_urlsafe(64))
        answer = target.token(code, other)
        assert answer.status_code in (400, 401)
        assert "id_token" not in answer.text


def a_code_needs_the_secret(target: Target) -> None:
    verifier = secrets.token_urlsafe(64)
    code, _ = target.code(verifier)
    answer = target.token(code, verifier, secret="errado")
    assert answer.status_code == 401
    assert "id_token" not in answer.text


def what_is_mandatory_is_asked_for(target: Target) -> None:
    """Without state, nonce or PKCE, or with plain PKCE, nobody is asked to log in, and no code is given."""
    for changed in (
        {"state": None},
        {"nonce": None},
        {"code_challenge": None},
        {"code_challenge_method": "plain"},
    ):
        with target.http as http:
            answer = http.get(target.asking(secrets.token_urlsafe(64), **changed))
        assert answer.status_code in (302, 303, 400, 401), changed
        assert "code=" not in answer.headers.get("Location", "")


def an_address_that_is_not_registered_gets_nobody(target: Target) -> None:
    for back in (
        "https://mau.exemplo/govbr/retorno/",
        target.back + "x",
        target.back.replace("://", "://a@"),
    ):
        with target.http as http:
            answer = http.get(target.asking(secrets.token_urlsafe(64), redirect_uri=back))
        assert not answer.headers.get("Location", "").startswith(back), back


def logout_leads_back_to_a_registered_address_alone(target: Target) -> None:
    out = target.back.replace("/retorno/", "/saida/")
    with target.http as http:
        known = http.get(f"{target.issuer}/logout", params={"post_logout_redirect_uri": out})
        strange = http.get(
            f"{target.issuer}/logout", params={"post_logout_redirect_uri": "https://mau.exemplo/"}
        )
    assert known.status_code in (302, 303)
    assert not strange.headers.get("Location", "").startswith("https://mau.exemplo")


CHECKS: tuple[Callable[[Target], None], ...] = (
    the_keys_are_rsa_with_a_name,
    the_answer_to_the_code_is_that_of_the_guide,
    the_id_token_is_signed_for_us_and_for_now,
    the_id_token_says_who_and_how_sure,
    userinfo_answers_the_access_token,
    a_code_is_good_once,
    a_code_needs_its_verifier,
    a_code_needs_the_secret,
    what_is_mandatory_is_asked_for,
    an_address_that_is_not_registered_gets_nobody,
    logout_leads_back_to_a_registered_address_alone,
)


def by_hand(url: str) -> str:
    print(f"\nAbra e entre:\n{url}\nCole o endereço a que foi levado:")
    return input().strip()


def main() -> int:
    given = {
        name: os.environ.get(f"CONTRATO_{name}", "")
        for name in ("EMISSOR", "CLIENTE", "SEGREDO_ARQUIVO", "RETORNO")
    }
    if not all(given.values()):
        print(__doc__)
        return 2
    secret = Path(given["SEGREDO_ARQUIVO"]).read_text().strip()
    target = Target(given["EMISSOR"].rstrip("/"), given["CLIENTE"], secret, given["RETORNO"], by_hand)
    failed = 0
    for check in CHECKS:
        try:
            check(target)
            print(f"ok      {check.__name__}")
        except (AssertionError, KeyError, httpx.HTTPError, jwt.PyJWTError) as error:
            failed += 1
            print(f"FALHOU  {check.__name__}: {type(error).__name__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
