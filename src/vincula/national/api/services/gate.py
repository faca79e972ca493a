"""The door of the services: who comes with which token or password, and how often he may. Nothing here asks the base.

A token is verified once and remembered until it ends, in a bounded store; that its credential is still active and its
key still published is looked at every time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password

from vincula.national.api.rules import Client
from vincula.national.api.services import tokens
from vincula.national.api.services.tokens import Claims
from vincula.national.api.services.view import Login, Watcher

REMEMBERED = 10_000  # tokens; some 1 KB each
PASSWORDS_FOR = 300.0  # seconds; argon2 costs 0.2 s each time
_SCHEMES = ("jwt ", "bearer ")


class Gate:
    """For one event loop: `by_token` is called from it alone; `by_password` may come from any thread."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._tokens: OrderedDict[str, Claims] = OrderedDict()
        self._passwords: dict[bytes, float] = {}
        self._secret = secrets.token_bytes(32)

    def by_token(self, authorization: str, thumbprint: str = "") -> Client | None:
        """The client of an Authorization header, of scheme jwt or Bearer. None for whatever does not hold.

        `thumbprint` (base64url of SHA-256) of the client certificate, where the listener sees one: it must then be the
        one that the token was given to.
        """
        scheme, token = authorization[:7].lower(), authorization
        if scheme.startswith(_SCHEMES[0]):
            token = authorization[4:].strip()
        elif scheme == _SCHEMES[1]:
            token = authorization[7:].strip()
        else:
            return None
        claims = self._tokens.get(token) or self._verified(token)
        view = self._watcher.view
        if claims is None or claims.expires <= time.time() or claims.kid not in view.verifying:
            self._tokens.pop(token, None)
            return None
        if thumbprint and not hmac.compare_digest(thumbprint, claims.thumbprint):
            return None
        client = view.clients.get(claims.client)
        return client if client is not None and client.active else None

    def _verified(self, token: str) -> Claims | None:
        claims = tokens.read(token, self._watcher.view.verifying)
        if claims is not None:
            self._tokens[token] = claims
            if len(self._tokens) > REMEMBERED:
                self._tokens.popitem(last=False)
        return claims

    def by_password(self, user: str, password: str) -> Client | None:
        """The client of a UsernameToken; as slow for an unknown user as for a wrong password."""
        login = self._watcher.view.logins.get(user)
        if login is None or not login.client.active:
            check_password(password[:200], _nobody())
            return None
        return login.client if self._knows(login, password[:200]) else None

    def remembered(self, user: str, password: str) -> Client | None:
        """The same, of a password that was right some minutes ago: without argon2, so in the event loop."""
        login = self._watcher.view.logins.get(user)
        if login is None or not login.client.active:
            return None
        known = self._passwords.get(self._mark(login, password[:200]), 0.0) > time.monotonic()
        return login.client if known else None

    def owner(self, user: str) -> str:
        """The id of the credential whose user this is, "" for nobody's: whom an alert is about."""
        login = self._watcher.view.logins.get(user)
        return "" if login is None else login.client.id

    def _mark(self, login: Login, password: str) -> bytes:
        text = f"{login.password}\0{password}".encode("utf-8", "replace")
        return hmac.digest(self._secret, text, hashlib.sha256)

    def _knows(self, login: Login, password: str) -> bool:
        """Checked once, then remembered for some minutes as a keyed hash of password and argon2 together."""
        mark, now = self._mark(login, password), time.monotonic()
        if self._passwords.get(mark, 0.0) > now:
            return True
        if not check_password(password, login.password):
            return False
        if len(self._passwords) > REMEMBERED:
            self._passwords.clear()
        self._passwords[mark] = now + PASSWORDS_FOR
        return True


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The argon2 of a password nobody has: what an unknown user is checked against."""
    return make_password(secrets.token_urlsafe())
