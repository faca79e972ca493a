"""A client that sends nothing, or a byte now and then, holds a thread of the identity listener for so long and no longer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from vincula.site import patient

LIMIT = 0.4


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[socket.socket, socket.socket]]:
    monkeypatch.setattr(patient, "SECONDS", LIMIT)
    ours, theirs = socket.socketpair()
    own = patient._Patient(fileno=ours.detach())
    own.setblocking(True)
    yield own, theirs
    own.close()
    theirs.close()


def test_what_comes_in_time_is_read(pair: tuple[socket.socket, socket.socket]) -> None:
    own, theirs = pair
    theirs.sendall(b"GET /")
    assert own.recv(100) == b"GET /"


def test_nothing_is_waited_for_so_long(pair: tuple[socket.socket, socket.socket]) -> None:
    started = time.monotonic()
    with pytest.raises(ConnectionResetError):
        pair[0].recv(100)
    assert LIMIT * 0.9 <= time.monotonic() - started < LIMIT * 5


def test_a_byte_now_and_then_does_not_help(pair: tuple[socket.socket, socket.socket]) -> None:
    own, theirs = pair

    def trickle() -> None:
        for _ in range(20):
            try:
                theirs.sendall(b"x")
            except OSError:
                return
            time.sleep(LIMIT / 4)

    sender = threading.Thread(target=trickle)
    sender.start()
    started = time.monotonic()
    got = b"x"
    with contextlib.suppress(ConnectionResetError):
        while got:
            got = own.recv(100)
    assert got == b"x"
    assert time.monotonic() - started < LIMIT * 5
    own.close()
    sender.join()


def test_the_next_request_has_its_own_time(pair: tuple[socket.socket, socket.socket]) -> None:
    own, theirs = pair
    time.sleep(LIMIT * 1.2)
    own.setblocking(True)
    theirs.sendall(b"again")
    assert own.recv(100) == b"again"
    own.setblocking(False)
    with pytest.raises(BlockingIOError):
        own.recv(100)
