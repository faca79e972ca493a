"""gunicorn's threads for the identity listener, with a bound on how long a client may hold one.

A thread is kept for a connection from its handshake to the end of its request. Without a bound, as many clients as
there are threads could keep everybody else out by sending nothing, or a byte now and then.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

from gunicorn.workers import gthread

SECONDS = 10.0  # for the handshake and the whole request
IDLE_SECONDS = 0.5  # a connection that sends nothing waits without a thread after so long
gthread.DEFAULT_WORKER_DATA_TIMEOUT = IDLE_SECONDS


class _Patient(socket.socket):
    """A socket whose blocking has an end. Blocking again, as gunicorn does before each request, sets it anew."""

    until = float("inf")

    def setblocking(self, flag: bool, /) -> None:
        if not flag:
            super().setblocking(False)
            return
        self.until = time.monotonic() + SECONDS
        self.settimeout(SECONDS)

    def recv(self, *arguments: Any) -> bytes:
        with self._in_time():
            return super().recv(*arguments)

    @contextlib.contextmanager
    def _in_time(self) -> Iterator[None]:
        """What is left of the time, for one call; a client that is too slow has, to gunicorn, gone away."""
        if self.gettimeout():
            self.settimeout(max(self.until - time.monotonic(), 0.001))
        try:
            yield
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None


class _PatientTls(_Patient, ssl.SSLSocket):
    def do_handshake(self, block: bool = False) -> None:
        if self.until == float("inf"):
            self.setblocking(True)
        with self._in_time():
            super().do_handshake(block)


def patient(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context, making sockets whose blocking has an end."""
    context.sslsocket_class = _PatientTls
    return context


class Worker(gthread.ThreadWorker):  # type: ignore[misc]
    """Each connection has a bound on the time that it may hold a thread."""

    def accept(self, listener: Any) -> None:
        try:
            accepted, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        own = _Patient(fileno=accepted.detach())
        self.enqueue_req(gthread.TConn(self.cfg, own, address, listener.getsockname()))
