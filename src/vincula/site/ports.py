"""The ports of `vincula serve`: held from the check on, and waited for until somebody answers."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable

ANSWERS_WITHIN = 60.0  # seconds
_held: list[socket.socket] = []


def hold(address: str, port: int) -> None:
    """Keep others of our kind from this port from now on, though nobody listens yet. Raises OSError (EADDRINUSE) where
    one has it. Linux: a name that goes with the process; elsewhere the check of the port has to do."""
    if sys.platform != "linux":
        return
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0vincula-{address}-{port}")
    except OSError:
        name.close()
        raise
    _held.append(name)


def wait(address: str, ports: list[int], given_up: Callable[[], bool]) -> list[int]:
    """Until somebody listens at each port; the ports where nobody does, after ANSWERS_WITHIN or when given up."""
    end = time.monotonic() + ANSWERS_WITHIN
    left = list(ports)
    while left and time.monotonic() < end and not given_up():
        left = [port for port in left if not _listens(address, port)]
        if left:
            time.sleep(0.1)
    return left


def _listens(address: str, port: int) -> bool:
    place = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - asked, not bound
    try:
        with socket.create_connection((place, port), timeout=1):
            return True
    except OSError:
        return False
