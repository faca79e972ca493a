"""PDQ by CPF, whole, against a bare handler on the same server that does the same look-up and sends the same bytes.

Beside it, what a generic Python SOAP server takes for an echo of as many bytes.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import connection

from bench import load, setup
from bench.data import OPERADORA, World
from bench.report import Row
from vincula.common.outcomes import Accepted
from vincula.national.api import services as api
from vincula.national.icp.services import Identity

PDQ = "/cadsus/v2/PDQSupplierJWT"
PERSONS, RUNS, SECONDS = 5_000, 3, 4.0
SHARE = {"sqlite": 0.55, "postgresql": 0.45}
P99_MS = 20.0


def run(world: World, engine: str) -> list[Row]:
    """Paired runs, the two servers up at once and one of them idle."""
    setup.cadsus(world)
    token = _token()
    asked = [_request(cpf, token) for cpf in _cpfs()]
    with _server("vincula.site.api:application") as ours, _server("bench.bare:application") as bare:
        for port in (ours, bare):
            load.hammer(port, asked, seconds=1.0)
        rates: list[tuple[float, float]] = []
        slowest: list[tuple[float, float]] = []
        for _ in range(RUNS):
            limit, own = load.hammer(bare, asked, seconds=SECONDS), load.hammer(ours, asked, seconds=SECONDS)
            assert not limit.failures
            assert not own.failures, own
            rates.append((limit.rate, own.rate))
            slowest.append((limit.p99, own.p99))
        paced = load.hammer(ours, asked, seconds=2 * SECONDS, pace=median(one for _, one in rates) / 2)
        assert not paced.failures
    bare_slowest, own_slowest = median(one for one, _ in slowest), median(one for _, one in slowest)
    limit_rate, own_rate = median(one for one, _ in rates), median(one for _, one in rates)
    return [
        Row(
            "PDQ by CPF", engine, world.people, "bare handler", limit_rate, own_rate,
            target=SHARE[engine], at_least=True, unit="/s",
        ),
        Row(
            "PDQ by CPF, p99 at 64 connections", engine, world.people, "20 ms", P99_MS, own_slowest,
            target=1.0, unit="ms",
        ),
        Row(
            "the same, beside what this machine can do", engine, world.people, "bare handler", bare_slowest,
            own_slowest, unit="ms",
        ),
        Row(
            f"the same, asked {paced.rate:.0f} times a second", engine, world.people, "20 ms", P99_MS, paced.p99,
            unit="ms",
        ),
        *_echo(world, engine, len(asked[0]), own_rate, own_slowest),
    ]  # fmt: skip


def _echo(world: World, engine: str, size: int, own_rate: float, own_p99: float) -> list[Row]:
    """The PDQ beside a generic SOAP server's echo; no row where that one does not run (Python 3.12 and later)."""
    if importlib.util.find_spec("spyne") is None:
        print("  not measured: the echo of a generic SOAP server (spyne is not installed)", flush=True)
        return []
    from bench import generic

    with _server("bench.generic:application", interface="wsgi") as port:
        asked = [generic.request(size)]
        load.hammer(port, asked, seconds=1.0)
        echo = load.hammer(port, asked, seconds=SECONDS)
    assert not echo.failures
    server = "echo, generic SOAP"
    return [
        Row("PDQ by CPF", engine, world.people, server, echo.rate, own_rate, unit="/s"),
        Row("PDQ by CPF, p99 at 64 connections", engine, world.people, server, echo.p99, own_p99, unit="ms"),
    ]


def _token() -> str:
    """A credential whose limit is out of the way, and a token of it."""
    granted = api.grant(api.Kind.OPERADORA, "bench", registro=OPERADORA, limit=10_000_000)
    assert isinstance(granted, Accepted), granted
    now = datetime.now(UTC)
    identity = Identity(
        granted.value.cnpj, "PJ", "A1", "CN=BENCH", "CN=BENCH", "1", "0" * 64, now, now + timedelta(days=1)
    )
    issued = api.issue(identity)
    assert isinstance(issued, Accepted)
    return issued.value.access_token


def _cpfs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cadsus_identificador")
        step = max(1, cursor.fetchone()[0] // PERSONS)
        cursor.execute(
            "SELECT valor FROM cadsus_identificador WHERE tipo = 1 AND NOT disputado ORDER BY pessoa_id"
        )
        return [row[0] for row in cursor.fetchall()[::step]]


def _request(cpf: str, token: str) -> bytes:
    from tests.interop.messages import by_cpf

    body = by_cpf(cpf).encode()
    head = (
        f"POST {PDQ} HTTP/1.1\r\nHost: localhost\r\nAuthorization: jwt {token}\r\n"
        f"Content-Type: application/soap+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def _server(application: str, interface: str = "rsgi") -> Iterator[int]:
    """As `vincula serve` starts the API, without TLS."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", interface, "--http", "1", "--no-ws", "--port", str(port),
            "--workers", "1", "--no-access-log", "--log-level", "error", application,
        ],
        env={**os.environ, "VINCULA_PROXY": "127.0.0.1"},
    )  # fmt: skip
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)
