"""What a proxy says of the visitor is believed from the proxy alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.common.installation import Installation, copied
from vincula.common import config
from vincula.common.outcomes import RefusedError
from vincula.site.proxy import BehindProxy

PROXY, VISITOR, OTHER = "10.0.0.1", "203.0.113.7", "198.51.100.9"


def seen(peer: str, proxies: tuple[str, ...] = (PROXY,), **headers: str) -> dict[str, Any]:
    """The environ that the site gets."""
    found: dict[str, Any] = {}

    def site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **{f"HTTP_{k}": v for k, v in headers.items()}}
    BehindProxy(site, tuple(ip_network(one) for one in proxies))(environ, None)
    return found


def who(environ: dict[str, Any]) -> tuple[str, str]:
    return environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("label", "peer", "headers", "expected"),
    [
        ("from the proxy", PROXY, (VISITOR, "https"), (VISITOR, "https")),
        ("from the proxy, plain", PROXY, (VISITOR, "http"), (VISITOR, "http")),
        ("the proxy says nothing", PROXY, ("", ""), (PROXY, "http")),
        ("forged by a visitor who comes directly", OTHER, (VISITOR, "https"), (OTHER, "http")),
        ("forged in front of the proxy", PROXY, (f"{OTHER}, {VISITOR}", "https"), (VISITOR, "https")),
        (
            "forged with the proxy's own address",
            PROXY,
            (f"{OTHER}, {VISITOR}, {PROXY}", ""),
            (VISITOR, "http"),
        ),
        ("scheme forged in front of the proxy", PROXY, (VISITOR, "https, http"), (VISITOR, "http")),
        ("no address at all", PROXY, ("unknown", "ftp"), (PROXY, "http")),
        ("an address with a line in it", PROXY, (f"{VISITOR}\r\nX: y", "https\0"), (PROXY, "http")),
        ("the proxy, mapped into IPv6", f"::ffff:{PROXY}", (VISITOR, "https"), (VISITOR, "https")),
        ("a visitor with IPv6", PROXY, ("2001:db8::7", "https"), ("2001:db8::7", "https")),
        ("a peer without address", "", (VISITOR, "https"), ("", "http")),
    ],
)
def test_who_the_visitor_is(
    label: str, peer: str, headers: tuple[str, str], expected: tuple[str, str]
) -> None:
    address, scheme = headers
    assert who(seen(peer, X_FORWARDED_FOR=address, X_FORWARDED_PROTO=scheme)) == expected


def test_two_proxies_and_a_network_of_them() -> None:
    chain = f"{OTHER}, {VISITOR}, 10.0.0.9"
    assert who(seen(PROXY, ("10.0.0.0/24",), X_FORWARDED_FOR=chain))[0] == VISITOR


@given(st.sampled_from([PROXY, OTHER, ""]), st.text(), st.text())
def test_nothing_behind_sees_the_headers_and_only_the_proxy_changes_anything(
    peer: str, address: str, scheme: str
) -> None:
    told = ("FORWARDED", "X_FORWARDED_HOST", "X_FORWARDED_PORT", "X_REAL_IP", "X_FORWARDED_SSL")
    environ = seen(peer, X_FORWARDED_FOR=address, X_FORWARDED_PROTO=scheme, **dict.fromkeys(told, address))
    assert not [name for name in environ if "FORWARDED" in name or "REAL_IP" in name]
    if peer != PROXY:
        assert who(environ) == (peer, "http")


def test_without_a_proxy_nobody_is_believed() -> None:
    assert who(seen(PROXY, (), X_FORWARDED_FOR=VISITOR, X_FORWARDED_PROTO="https")) == (PROXY, "http")


# -- the variables ------------------------------------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    def with_variables(**variables: str) -> config.Config:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return config.load.__wrapped__()

    return with_variables


def test_names_become_origins(read: Any) -> None:
    made = read(
        VINCULA_HTTPS="sim", VINCULA_HOSTS="sib.exemplo.br, .exemplo.br,*", VINCULA_PROXY="10.0.0.1, ::1"
    )
    assert made.https
    assert made.origins == ("https://sib.exemplo.br", "https://*.exemplo.br")
    assert made.proxies == (ip_network("10.0.0.1"), ip_network("::1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VINCULA_HTTPS", "talvez"),
        ("VINCULA_PROXY", "proxy.local"),
        ("VINCULA_PROXY", "10.0.0.1/8"),
        ("VINCULA_HOSTS", "*"),
        ("VINCULA_HOSTS", "*, .exemplo.br"),
    ],
)
def test_a_value_that_does_not_serve_is_refused_by_name(read: Any, name: str, value: str) -> None:
    with pytest.raises(RefusedError) as raised:
        read(**{name: value})
    assert name in raised.value.refused.message


# -- logging in -----------------------------------------------------------------------------------------------------

LOGIN = """
import os, sys
from vincula.site import ready
ready.setup()
from django.test import Client
from vincula.common.accounts.services import create_person
from vincula.site.wsgi import application
from django.test.client import ClientHandler
create_person("52998224725", "ANA", password="Senha@12")
class Fronted(ClientHandler):
    def __call__(self, environ):
        kept = {}
        def site(seen, start): kept.update(seen); return []
        from vincula.site.proxy import BehindProxy
        BehindProxy(site, application._networks)(environ, None)
        return super().__call__(kept)
client = Client(enforce_csrf_checks=True)
client.handler = Fronted(enforce_csrf_checks=True)
told = {"HTTP_HOST": "sib.exemplo.br", "REMOTE_ADDR": sys.argv[1], "HTTP_X_FORWARDED_FOR": "203.0.113.7",
        "HTTP_X_FORWARDED_PROTO": "https"}
page = client.get("/entrar/", **told)
token = client.cookies["csrftoken"].value
answer = client.post("/entrar/", {"cpf": "52998224725", "password": "Senha@12", "csrfmiddlewaretoken": token},
                     HTTP_ORIGIN=sys.argv[2], **told)
session = client.cookies.get("sessionid")
from vincula.common.audit.services import about
opened = [one.dados["origem"] for one in about("cpf:52998224725") if one.acao == "contas:sessao:aberta"]
print(answer.status_code, bool(session and session["secure"]), answer.wsgi_request.is_secure(), *opened)
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("variables", "peer", "origin", "expected"),
    [
        (
            {"VINCULA_HTTPS": "sim", "VINCULA_PROXY": PROXY},
            PROXY,
            "https://sib.exemplo.br",
            f"302 True True {VISITOR}",
        ),
        ({"VINCULA_HTTPS": "sim"}, PROXY, "https://sib.exemplo.br", f"302 True False {PROXY}"),
        (
            {"VINCULA_HTTPS": "sim", "VINCULA_PROXY": PROXY},
            OTHER,
            "https://sib.exemplo.br",
            f"302 True False {OTHER}",
        ),
        (
            {"VINCULA_HTTPS": "sim", "VINCULA_PROXY": PROXY},
            PROXY,
            "https://outro.exemplo.br",
            "403 False True",
        ),
        ({}, PROXY, "https://sib.exemplo.br", "403 False False"),
    ],
    ids=["behind its proxy", "https alone", "not from the proxy", "from another site", "http"],
)
def test_logging_in_behind_a_proxy_with_tls(
    fresh_installation: Installation,
    tmp_path: Path,
    variables: dict[str, str],
    peer: str,
    origin: str,
    expected: str,
) -> None:
    with copied(fresh_installation, tmp_path / "dados") as place:
        assert login(place, variables, peer, origin) == expected


def login(place: Installation, variables: dict[str, str], peer: str, origin: str) -> str:
    env = {**os.environ, **place.env, "VINCULA_HOSTS": "sib.exemplo.br", **variables}
    ended = subprocess.run(
        [sys.executable, "-c", LOGIN, peer, origin],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()
