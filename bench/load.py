"""A load generator: many kept-alive HTTP/1.1 connections, one request in flight on each, latencies noted."""

from __future__ import annotations

import selectors
import socket
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float
    failures: int


@dataclass
class _Connection:
    wire: socket.socket
    sent: float = 0.0
    got: bytes = b""


def hammer(
    port: int,
    requests: list[bytes],
    *,
    connections: int = 64,
    seconds: float = 5.0,
    ok: bytes = b"HTTP/1.1 200",
) -> Load:
    """Send `requests` in turn for so long; whatever is not `ok` is a failure."""
    selector = selectors.DefaultSelector()
    turn, count = 0, len(requests)
    for _ in range(connections):
        wire = socket.create_connection(("127.0.0.1", port))
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one = _Connection(wire)
        selector.register(wire, selectors.EVENT_READ, one)
        one.sent = time.perf_counter()
        wire.sendall(requests[turn % count])
        turn += 1
    latencies: list[float] = []
    failures = 0
    started = now = time.perf_counter()
    while now - started < seconds:
        for key, _ in selector.select(1.0):
            one = key.data
            one.got = one.got + one.wire.recv(262_144) if one.got else one.wire.recv(262_144)
            if not one.got:
                raise ConnectionError("the server closed the connection")
            if not _whole(one.got):
                continue
            now = time.perf_counter()
            latencies.append(now - one.sent)
            failures += not one.got.startswith(ok)
            one.got = b""
            one.sent = now
            one.wire.send(requests[turn % count])
            turn += 1
        now = time.perf_counter()
    for key in list(selector.get_map().values()):
        key.data.wire.close()
    selector.close()
    latencies.sort()
    return Load(
        len(latencies) / (now - started),
        latencies[len(latencies) // 2] * 1_000,
        latencies[int(len(latencies) * 0.99)] * 1_000,
        failures,
    )


def _whole(got: bytes) -> bool:
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return False
    at = got.find(b"content-length: ", 0, end)
    return len(got) >= end + 4 + int(got[at + 16 : got.find(b"\r", at)])


if __name__ == "__main__":
    print(hammer(int(sys.argv[1]), [b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"], ok=b"HTTP/1.1"))
