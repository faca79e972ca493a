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
    pace: float = 0.0,
    ok: bytes = b"HTTP/1.1 200",
) -> Load:
    """Send `requests` in turn for so long; whatever is not `ok` is a failure.

    Each connection asks again as soon as it is answered; with a `pace`, so many in a second over all of them, and a
    latency counts from when the request was due, so that one that had to wait for a connection is not flattered.
    """
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        wire = socket.create_connection(("127.0.0.1", port))
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(wire, selectors.EVENT_READ, _Connection(wire))
    free = [key.data for key in selector.get_map().values()]
    latencies: list[float] = []
    failures = turn = 0
    started = now = time.perf_counter()
    while now - started < seconds:
        due = started + turn / pace if pace else now
        while free and due <= now:
            one = free.pop()
            one.sent = due
            one.wire.send(requests[turn % len(requests)])
            turn += 1
            due = started + turn / pace if pace else now
        for key, _ in selector.select(max(due - now, 0.0) if free else 1.0):
            one = key.data
            if not _answered(one):
                continue
            now = time.perf_counter()
            latencies.append(now - one.sent)
            failures += not one.got.startswith(ok)
            one.got = b""
            free.append(one)
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


def _answered(one: _Connection) -> bool:
    """Take what came; whether that was the rest of an answer."""
    part = one.wire.recv(262_144)
    if not part:
        raise ConnectionError("the server closed the connection")
    one.got = one.got + part if one.got else part
    return _whole(one.got)


def _whole(got: bytes) -> bool:
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return False
    at = got.find(b"content-length: ", 0, end)
    return len(got) >= end + 4 + int(got[at + 16 : got.find(b"\r", at)])


if __name__ == "__main__":
    print(hammer(int(sys.argv[1]), [b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"], ok=b"HTTP/1.1"))
