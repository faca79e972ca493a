"""The simulated gov.br as a WSGI application: the addresses of the official guide, for callers on this machine."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2.base import OAuth2Error
from joserfc.jwk import RSAKey

from vincula.sandbox.govbr import claims, pages
from vincula.sandbox.govbr.keeping import STEP_UP_PATH
from vincula.sandbox.govbr.people import Person, everybody
from vincula.sandbox.govbr.protocol import Client, Request, Server
from vincula.sandbox.govbr.store import Sessions

COOKIE = "govbr_simulado"
RETURNS = ("/govbr/retorno/", "/govbr/saida/", "/govbr/nivel/retorno/")
_HERE = ("127.0.0.1", "localhost")
_LARGEST = 65_536  # bytes of a body
_ORDER = ("", "bronze", "silver", "gold")
_HEADERS = [
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]
Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    body: str
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read: `path` with its query, `query` and `form` with the last of each name."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    cookie: str


def registered_for(hosts: Iterable[str]) -> Callable[[str], bool]:
    """Which return addresses are registered: the site's own, by any of these names or on this machine."""
    names = {*_HERE, *(host.lower() for host in hosts)}

    def registered(address: str) -> bool:
        try:
            parts = urlsplit(address)
            return (
                address.isprintable()
                and parts.scheme in ("http", "https")
                and "@" not in parts.netloc
                and (parts.hostname or "") in names
                and parts.path in RETURNS
                and not parts.query
                and not parts.fragment
            )
        except ValueError:
            return False

    return registered


class Simulation:
    """One gov.br. `people`: whoever has an account there."""

    def __init__(
        self,
        issuer: str,
        secret: str,
        key: RSAKey,
        registered: Callable[[str], bool],
        people: Callable[[], list[Person]] = everybody,
    ) -> None:
        self._sessions = Sessions()
        self._registered = registered
        self._people = people
        self._key = key
        self._server = Server(issuer, key, Client(secret, registered), self._sessions)
        self._addresses = {
            "/authorize": self._authorize,
            "/token": self._token,
            "/jwk": self._jwk,
            "/userinfo/": self._userinfo,
            "/logout": self._logout,
            STEP_UP_PATH: self._step_up,
            "/estilo.css": self._style,
        }

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        answer = self._answered(environ)
        content = answer.body.encode()
        length = ("Content-Length", str(len(content)))
        start_response(
            f"{answer.status} -", [("Content-Type", answer.kind), length, *_HEADERS, *answer.headers]
        )
        return [content]

    def _answered(self, environ: Environ) -> Answer:
        host = environ.get("HTTP_HOST", "").rsplit(":", 1)[0]
        if host not in _HERE:  # a name of somebody's that leads here (DNS rebinding)
            return Answer(pages.told("Endereço errado", "Use o endereço 127.0.0.1."), 421)
        answers = self._addresses.get(environ.get("PATH_INFO", ""))
        if answers is None:
            return Answer(pages.told("Não há nada aqui", "O endereço não existe nesta simulação."), 404)
        call = _read(environ)
        if call is None:
            return Answer(pages.told("Pedido grande demais", "O pedido não pôde ser lido."), 413)
        return answers(call)

    # -- the person ---------------------------------------------------------------------------------------------------

    def _of(self, cpf: str | None) -> Person | None:
        found = next((one for one in self._people() if one.cpf == cpf), None) if cpf else None
        raised = self._sessions.raised.get(found.cpf) if found else None
        return replace(found, level=raised) if found and raised else found

    def _authorize(self, call: Call) -> Answer:
        request = Request("GET", call.path, call.query, call.headers)
        try:
            grant = self._server.get_consent_grant(request)
        except OAuth2Error as error:
            return self._error(request, error)
        if call.method == "POST":
            person, chosen = self._of(call.form.get("pessoa")), True
        else:
            person, chosen = self._of(self._sessions.browsers.get(call.cookie)), False
            if person is None:
                return Answer(pages.choose(self._known(), call.path))
        status, _, headers = self._server.create_authorization_response(
            request=request, grant_user=person, grant=grant
        )
        return Answer("", status, headers=[*headers, *(self._logged_in(person) if chosen and person else [])])

    def _known(self) -> list[Person]:
        return [self._of(one.cpf) or one for one in self._people()]

    def _logged_in(self, person: Person) -> list[tuple[str, str]]:
        token = secrets.token_urlsafe(32)
        self._sessions.browsers.put(token, person.cpf)
        return [("Set-Cookie", f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax")]

    def _error(self, request: Request, error: OAuth2Error) -> Answer:
        """Back to the client where its return address is good, else a page: nobody is sent to a stranger's address."""
        status, body, headers = self._server.handle_error_response(request, error)
        if status == 302:
            return Answer("", status, headers=headers)
        code = json.dumps(dict(body).get("error", ""))
        return Answer(pages.told("Pedido recusado", f"O pedido do sistema não foi aceito: {code}."), 400)

    # -- the client ---------------------------------------------------------------------------------------------------

    def _token(self, call: Call) -> Answer:
        request = Request(call.method, call.path, call.form, call.headers)
        status, body, headers = self._server.create_token_response(request)
        return Answer(json.dumps(body), status, "application/json", _own(headers))

    def _jwk(self, call: Call) -> Answer:
        return _json({"keys": [self._key.as_dict(private=False)]})

    def _userinfo(self, call: Call) -> Answer:
        kind, _, token = call.headers.get("Authorization", "").partition(" ")
        person = self._sessions.tokens.get(token) if kind.lower() == "bearer" else None
        if person is None:
            # The misspelt name is the guide's.
            return _json(
                {"error": "ACCESSTOKEN_MUSTBEVALID", "erro_description": "access token inválido"}, 401
            )
        return _json(claims.of_userinfo(person))

    # -- out, and up --------------------------------------------------------------------------------------------------

    def _logout(self, call: Call) -> Answer:
        self._sessions.browsers.take(call.cookie)
        back = (call.form | call.query).get("post_logout_redirect_uri", "")
        gone = ("Set-Cookie", f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
        if self._registered(back):
            return Answer("", 302, headers=[("Location", back), gone])
        return Answer(
            pages.told("Você saiu", "O endereço de volta não está cadastrado."), 400, headers=[gone]
        )

    def _step_up(self, call: Call) -> Answer:
        back, person = call.query.get("redirect_uri", ""), self._of(self._sessions.browsers.get(call.cookie))
        if not self._registered(back):
            return Answer(pages.told("Pedido recusado", "O endereço de volta não está cadastrado."), 400)
        if person is None:
            again = urlencode({"redirect_uri": back, "niveis": call.query.get("niveis", "")})
            if (chosen := self._of(call.form.get("pessoa"))) is None:
                return Answer(pages.choose(self._known(), f"{STEP_UP_PATH}?{again}"))
            here = [("Location", f"{STEP_UP_PATH}?{again}"), *self._logged_in(chosen)]
            return Answer("", 303, headers=here)
        level = _wanted(call.query.get("niveis", ""))
        if call.method == "POST" and call.form.get("nivel") == level:
            if _ORDER.index(person.level) < _ORDER.index(level):
                self._sessions.raised[person.cpf] = level
            return Answer("", 303, headers=[("Location", back)])
        return Answer(pages.raise_level(person, level, call.path))

    def _style(self, call: Call) -> Answer:
        return Answer(pages.STYLE, kind="text/css; charset=utf-8")


def _wanted(levels: str) -> str:
    """The lowest level of "(2/3)" (any of them), the highest of "2,3" (all of them)."""
    numbers = [int(one) for one in "123" if one in levels] or [3]
    return _ORDER[min(numbers) if levels.startswith("(") else max(numbers)]


def _json(body: dict[str, Any], status: int = 200) -> Answer:
    return Answer(json.dumps(body), status, "application/json")


def _own(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those that every answer has."""
    return [one for one in headers if one[0] not in ("Content-Type", "Cache-Control")]


def _read(environ: Environ) -> Call | None:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    if not 0 <= length <= _LARGEST:
        return None
    form = environ["wsgi.input"].read(length).decode("utf-8", "replace") if length else ""
    query = environ.get("QUERY_STRING", "")
    cookies = dict(one.strip().partition("=")[::2] for one in environ.get("HTTP_COOKIE", "").split(";"))
    headers = {"Authorization": environ["HTTP_AUTHORIZATION"]} if environ.get("HTTP_AUTHORIZATION") else {}
    return Call(
        environ["REQUEST_METHOD"],
        f"{environ['PATH_INFO']}?{query}",
        dict(parse_qsl(query)),
        dict(parse_qsl(form)),
        headers,
        cookies.get(COOKIE, ""),
    )
