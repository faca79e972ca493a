"""gov.br's protocol by Authlib's provider classes, with what the guide has of its own: PKCE with S256, state and nonce
are mandatory; the client shows its secret by Basic alone; an id_token lives 60 seconds."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import RSAKey

from vincula.sandbox.govbr import claims
from vincula.sandbox.govbr.keeping import CLIENT, KID
from vincula.sandbox.govbr.people import Person
from vincula.sandbox.govbr.store import Code, Sessions

SCOPES = frozenset(
    (
        "openid", "email", "phone", "profile",
        "govbr_confiabilidades", "govbr_confiabilidades_idtoken", "govbr_empresa",
    )
)  # fmt: skip
ID_TOKEN_SECONDS, EXPIRES_IN = 60, 3599
Answer = tuple[int, Any, list[tuple[str, str]]]


class Client:
    """The one client there is. `registered` says whether a return address is."""

    def __init__(self, secret: str, registered: Callable[[str], bool]) -> None:
        self._secret = secret
        self._registered = registered

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> None:
        return None  # it has to be said

    def get_allowed_scope(self, scope: str | None) -> str | None:
        asked = (scope or "").split()
        return " ".join(asked) if asked and set(asked) <= SCOPES else None

    def check_redirect_uri(self, address: str) -> bool:
        return self._registered(address)

    def check_client_secret(self, secret: str) -> bool:
        return secrets.compare_digest(self._secret.encode(), secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Request(OAuth2Request):  # type: ignore[misc]
    """A request as Authlib reads it. Its check of https is passed by: the simulation answers on loopback alone."""

    def __init__(self, method: str, path: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> None:
        super().__init__(method, f"https://simulado{path}", headers=dict(headers))
        self.payload = BasicOAuth2Payload(dict(fields))
        self._args = dict(parse_qsl(urlsplit(path).query))

    @property
    def args(self) -> dict[str, str]:
        return self._args

    @property
    def form(self) -> dict[str, str]:
        return dict(self.payload.data) if self.method == "POST" else {}


class Server(AuthorizationServer):  # type: ignore[misc]
    """`issuer`: the address without a final slash; the tokens have it with one, as the guide's samples do."""

    def __init__(self, issuer: str, key: RSAKey, client: Client, sessions: Sessions) -> None:
        super().__init__(scopes_supported=list(SCOPES))
        self.issuer, self.key, self.client, self.sessions = f"{issuer}/", key, client, sessions
        bearer = BearerTokenGenerator(self._access_token, expires_generator=EXPIRES_IN)
        self.register_token_generator("default", bearer)
        self.register_grant(Grant, [Pkce(required=True), IdToken(self)])

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        self.sessions.tokens.put(token["access_token"], request.user)

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        return status, body, headers

    def signed(self, told: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": KID}, told, self.key, ["RS256"])

    def _access_token(self, client: Client, grant_type: str, user: Person, scope: str) -> str:
        now = int(time.time())
        told = {
            "aud": CLIENT, "sub": user.cpf, "scope": scope.split(), "amr": ["passwd"], "iss": self.issuer,
            "preferred_username": user.cpf, "iat": now, "exp": now + EXPIRES_IN, "jti": secrets.token_urlsafe(16),
        }  # fmt: skip
        return self.signed(told)


class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def validate_authorization_request(self) -> str:
        address: str = super().validate_authorization_request()
        if not self.request.payload.state:
            raise InvalidRequestError("Missing 'state' in request.", redirect_uri=address)
        return address

    def save_authorization_code(self, code: str, request: Request) -> None:
        said = request.payload.data
        made = Code(
            request.user, CLIENT, request.payload.redirect_uri, request.scope, said["nonce"],
            said["code_challenge"], said["code_challenge_method"], int(time.time()),
        )  # fmt: skip
        self.server.sessions.codes.put(code, made)
        self.server.sessions.nonces.put(said["nonce"], True)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        """Good once, whatever comes of it: who shows it a second time finds nothing."""
        found: Code | None = self.server.sessions.codes.take(code)
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """It is gone already."""

    def authenticate_user(self, authorization_code: Code) -> Person:
        return authorization_code.person


class Pkce(CodeChallenge):  # type: ignore[misc]
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Grant, redirect_uri: str) -> None:
        said = grant.request.payload.data
        if not said.get("code_challenge") or said.get("code_challenge_method") != "S256":
            raise InvalidRequestError("'code_challenge' with method 'S256' is mandatory.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):  # type: ignore[misc]
    def __init__(self, server: Server) -> None:
        super().__init__(require_nonce=True)
        self.server = server

    def exists_nonce(self, nonce: str, request: Request) -> bool:
        """Used from its code on: the request itself is looked at twice, before and after the person is chosen."""
        return bool(self.server.sessions.nonces.get(nonce))

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self.server.key

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": KID}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.server.issuer, "aud": CLIENT, "iat": now, "exp": now + ID_TOKEN_SECONDS}

    def generate_user_info(self, user: Person, scope: str) -> dict[str, Any]:
        return claims.of_id_token(user, scope)
