"""A simulated gov.br on loopback, over real HTTP, and somebody at a browser in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx
from joserfc.jwk import RSAKey

from vincula.common.provider import Provider
from vincula.sandbox.govbr.application import Simulation, registered_for
from vincula.sandbox.govbr.people import CASES, Person

SECRET = "segredo-de-teste"
GOLD, SILVER, BRONZE, NO_LEVEL, UNVERIFIED, SOCIAL = CASES


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    application_of_now: Any = None


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@dataclass(frozen=True)
class World:
    """`key` signs as the provider does; `server.set_app` puts somebody else at the provider's address."""

    provider: Provider
    key: RSAKey
    server: WSGIServer

    @contextmanager
    def instead(
        self, path: str, status: str, body: bytes, kind: str = "application/json"
    ) -> Iterator[list[dict[str, str]]]:
        """At `path` the provider answers this; what was sent to it is listed."""
        real, sent = self.server.get_app(), list[dict[str, str]]()

        def application(environ: dict[str, Any], start: Any) -> Any:
            if environ["PATH_INFO"] != path:
                return real(environ, start)
            length = int(environ.get("CONTENT_LENGTH") or 0)
            sent.append(dict(parse_qsl(environ["wsgi.input"].read(length).decode())))
            start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
            return [body]

        self.server.set_app(application)
        try:
            yield sent
        finally:
            self.server.set_app(real)


@cache
def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "rsa1", "alg": "RS256", "use": "sig"}, private=True)


@contextmanager
def world(*hosts: str) -> Iterator[World]:
    """`hosts`: names of the site, whose return addresses are registered."""
    key = _key()
    with make_server("127.0.0.1", 0, lambda e, s: [], server_class=_Server, handler_class=_Quiet) as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        server.set_app(Simulation(issuer, SECRET, key, registered_for(hosts), lambda: list(CASES)))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            step_up = f"{issuer}/confiabilidades"
            yield World(Provider(issuer, "vincula-sandbox", SECRET, step_up), key, server)
        finally:
            server.shutdown()
            thread.join()


class Visitor:
    """Somebody at the provider's pages, with the provider's cookies."""

    def __init__(self) -> None:
        self.http = httpx.Client(trust_env=False)

    def chooses(self, authorize: str, person: Person | None) -> str:
        """Goes to the page of choice and takes the person (None: cancels); the address he is sent back to."""
        page = self.http.get(authorize)
        if page.status_code == 302:
            return page.headers["Location"]
        assert page.status_code == 200, page.text
        assert "não é o gov.br" in page.text
        answer = self.http.post(authorize, data={"pessoa": person.cpf if person else ""})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def said(url: str) -> dict[str, str]:
    """The query of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def local(url: str) -> str:
    """The path and query of an address of the site."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
