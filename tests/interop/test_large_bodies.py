"""Large messages: who sends one is known before it is waited for or parsed, at the door for passwords as well."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator

import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_cadsus_service import CADSUS, consulting, told
from tests.interop.world import World

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024
DECLARED = ("content-length: 4000000", "transfer-encoding: chunked")
BEGINNING = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">{header}<soap:Body><a>'
    + "x" * 100_000
)


def _begun(world: World, how: str, text: str) -> tuple[str, float]:
    """The first line of the answer to a message whose rest never comes, and after how many seconds."""
    host, port = world.api.removeprefix("https://").split(":")
    context = world.integrador.context(certificate=False)
    body = text.encode()
    if "chunked" in how:
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    with (
        socket.create_connection((host, int(port)), timeout=30) as raw,
        context.wrap_socket(raw, server_hostname=host) as line,
    ):
        head = f"POST {CADSUS} HTTP/1.1\r\nhost: {host}:{port}\r\ncontent-type: application/soap+xml\r\n{how}\r\n\r\n"
        began = time.monotonic()
        line.sendall(head.encode() + body)
        return _first_line(line), time.monotonic() - began


def _first_line(line: ssl.SSLSocket) -> str:
    return line.recv(4096).split(b"\r\n")[0].decode()


@pytest.mark.parametrize("how", DECLARED)
@pytest.mark.parametrize(
    ("who", "header", "status"),
    [
        ("nobody", "<soap:Header/>", "401"),
        ("nobody, without a header", "", "401"),
        ("a wrong password", m.username_token("ninguem", "errada"), "401"),
        ("a password that cannot be checked", m.username_token("x", "y", kind="PasswordDigest"), "401"),
        ("no XML", "<soap:Header><a></b>", "400"),
    ],
)
def test_who_is_not_let_in_is_told_so_before_he_has_sent_the_rest(
    world: World, how: str, who: str, header: str, status: str
) -> None:
    told_first, seconds = _begun(world, how, BEGINNING.format(header=header))
    assert told_first.split()[1] == status, who
    assert seconds < 10, "a body has twenty seconds to come: this one was waited for"


@pytest.mark.parametrize("pieces", [False, True], ids=["at once", "in pieces"])
@pytest.mark.parametrize("size", [60_000, 70_000, 3 * MIB])
def test_a_large_message_of_somebody_is_answered(world: World, size: int, pieces: bool) -> None:
    header = m.username_token(*world.password(world.integrador))
    body = consulting(p.MARIA.cns).decode().replace("<soap:Header/>", header)
    body = body.replace("</soap:Body>", f"<!--{'x' * size}--></soap:Body>")
    sent = _in_pieces(body.encode()) if pieces else body.encode()
    answer = world.integrador.http.post(
        f"{world.api}{CADSUS}", content=sent, headers={"content-type": "application/soap+xml; charset=utf-8"}
    )
    assert p.MARIA.cns in told(answer, "numeroCNS")


def _in_pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


def test_what_is_broken_behind_the_header_is_told_to_somebody(world: World) -> None:
    header = m.username_token(*world.password(world.integrador))
    for authorization, status in ((header, 400), ("<soap:Header/>", 401)):
        body = BEGINNING.format(header=authorization) + "</b>"
        answer = world.integrador.post(CADSUS, body, authorization="")
        assert answer.status_code == status, answer.text


def test_too_large_is_told_whoever_asks(world: World) -> None:
    body = BEGINNING.format(header="") + "x" * (4 * MIB) + "</a></soap:Body></soap:Envelope>"
    assert world.integrador.post(CADSUS, body, authorization="").status_code == 413
