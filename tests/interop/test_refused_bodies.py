"""Who is refused while he is still sending reads why: what he sends is taken for a while, and thrown away."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_cadsus_service import CADSUS
from tests.interop.test_pdq import found_cns
from tests.interop.world import PDQ, Caller, World
from vincula.national.api.wire.body import DROPPED, DROPPED_FOR

pytestmark = pytest.mark.django_db
MB = 1_000_000
IN_A_ROW = 10


@contextmanager
def _plain_client(world: World) -> Iterator[http.client.HTTPSConnection]:
    """One that writes all it has before it reads anything, and asks nobody's leave (no Expect)."""
    place = urlsplit(world.api)
    line = http.client.HTTPSConnection(
        place.hostname or "", place.port, context=world.operadora.context(), timeout=30
    )
    try:
        yield line
    finally:
        line.close()


def _ask(
    line: http.client.HTTPSConnection,
    method: str,
    path: str,
    size: int,
    chunked: bool,
    headers: dict[str, str],
) -> tuple[int, str]:
    """Status and text of the answer."""
    if chunked:
        pieces = (b"x" * 50_000 for _ in range(size // 50_000))
        line.request(method, path, pieces, {**headers, "Transfer-Encoding": "chunked"}, encode_chunked=True)
    else:
        line.request(method, path, b"x" * size, headers)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def _with_token(caller: Caller) -> dict[str, str]:
    return {"Authorization": f"jwt {caller.token}"}


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "chunked"])
@pytest.mark.parametrize("size", [1 * MB, 5 * MB, 7 * MB])
@pytest.mark.parametrize(
    ("known", "status", "code"), [(False, 401, "VINC-TOKEN"), (True, 413, "VINC-CORPO_GRANDE")]
)
def test_the_reason_arrives_however_much_was_under_way(
    world: World, known: bool, status: int, code: str, size: int, chunked: bool
) -> None:
    headers = _with_token(world.operadora) if known else {}
    for _ in range(IN_A_ROW):
        with _plain_client(world) as line:
            told, text = _ask(line, "POST", PDQ, size, chunked, headers)
        assert (told, code in text) == (status, True)


REFUSED = {
    "another method": ("PUT", PDQ, {}, 405, "VINC-METODO"),
    "an address that is none": ("POST", "/nada", {}, 404, "VINC-NAO_ENCONTRADO"),
    "a name that is not ours": ("POST", PDQ, {"Host": "mau.example"}, 421, "VINC-ENDERECO_ALHEIO"),
    "no password": ("POST", CADSUS, {}, 400, "VINC-MENSAGEM"),
    "FHIR without a token": ("POST", "/fhir/r4/Patient/_search", {}, 401, "TOKEN"),
    "FHIR by another method": ("PUT", "/fhir/r4/Patient", {}, 405, "METODO"),
    "a batch of nobody": ("POST", "/fhir/r4/$consulta-em-lote", {}, 401, "TOKEN"),
}


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "chunked"])
@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_arrives(world: World, case: str, chunked: bool) -> None:
    method, path, headers, status, code = REFUSED[case]
    with _plain_client(world) as line:
        told, text = _ask(line, method, path, 3 * MB, chunked, headers)
    assert (told, code in text) == (status, True), text


def test_the_connection_goes_on_behind_a_refused_body(world: World) -> None:
    with _plain_client(world) as line:
        assert _ask(line, "POST", PDQ, 3 * MB, False, {})[0] == 401
        line.request("POST", PDQ, m.by_cpf(p.MARIA.cpf).encode(), _with_token(world.operadora))
        assert line.getresponse().status == 200


# -- nobody gains by it -----------------------------------------------------------------------------------------------


@contextmanager
def _raw(world: World, *headers: str) -> Iterator[ssl.SSLSocket]:
    """A line on which the head of a message without a token was sent."""
    place = urlsplit(world.api)
    head = "\r\n".join([f"POST {PDQ} HTTP/1.1", f"Host: {place.netloc}", *headers, "", ""])
    with (
        socket.create_connection((place.hostname or "", place.port or 0), timeout=30) as raw,
        world.operadora.context().wrap_socket(raw, server_hostname=place.hostname) as line,
    ):
        line.sendall(head.encode())
        yield line


def _answer(line: ssl.SSLSocket) -> str:
    """Its head and what came with it."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = line.recv(65_536)
        assert part, got
        got += part
    return got.decode()


def _until_closed(line: ssl.SSLSocket) -> float:
    began = time.monotonic()
    try:
        while line.recv(65_536):
            pass
    except (ConnectionError, ssl.SSLEOFError):
        pass
    return time.monotonic() - began


def _sent_until_closed(line: ssl.SSLSocket, part: bytes, *, most: int, pause: float = 0) -> int:
    """How often `part` could be sent."""
    for sent in range(most):
        try:
            line.sendall(part)
        except OSError:
            return sent
        time.sleep(pause)
    return most


def test_who_announces_much_and_sends_nothing_is_told_at_once_and_left_soon(world: World) -> None:
    began = time.monotonic()
    with _raw(world, f"Content-Length: {5 * MB}") as line:
        assert _answer(line).startswith("HTTP/1.1 401")
        assert time.monotonic() - began < DROPPED_FOR
        assert _until_closed(line) < DROPPED_FOR + 3


@pytest.mark.parametrize(
    ("how", "drop"), [(f"Content-Length: {5 * MB}", b"x"), ("Transfer-Encoding: chunked", b"1\r\nx\r\n")]
)
def test_who_trickles_is_left_as_soon(world: World, how: str, drop: bytes) -> None:
    with _raw(world, how) as line:
        assert _answer(line).startswith("HTTP/1.1 401")
        began = time.monotonic()
        _sent_until_closed(line, drop, most=200, pause=0.05)
        assert time.monotonic() - began < DROPPED_FOR + 3


def test_what_is_beyond_all_measure_is_not_taken(world: World) -> None:
    """The answer was on its way before; who only reads when he is through (docs/protocols) does not see it."""
    most = DROPPED + 16 * MB  # what stands in buffers on the way
    with _raw(world, f"Content-Length: {100 * MB}") as line:
        assert _answer(line).startswith("HTTP/1.1 401")
        assert _sent_until_closed(line, b"x" * MB, most=100) * MB < most
    assert found_cns(world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf)))[0] == p.MARIA.cns


def test_who_asks_leave_to_send_is_spared_it(world: World) -> None:
    """He may keep the body or send it; the connection ends either way, so that nothing is taken for it."""
    for body in (b"", b"x" * MB):
        with _raw(world, f"Content-Length: {MB}", "Expect: 100-continue") as line:
            head = _answer(line)
            assert head.startswith("HTTP/1.1 401"), "not told to go on"
            assert "connection: close" in head
            line.sendall(body)
            assert _until_closed(line) < DROPPED_FOR + 3
