"""What all services of the listener share: the door, the limits, the audit, and threads for what takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import close_old_connections, connections

from vincula.common.audit.stream import Stream
from vincula.common.outcomes import Refused
from vincula.national.api.rules import Client
from vincula.national.api.services.alerts import raise_alert
from vincula.national.api.services.brake import FREE, Brake
from vincula.national.api.services.gate import Gate
from vincula.national.api.services.limits import Limiter
from vincula.national.api.services.view import Stopped, Watcher
from vincula.national.api.services.watch import Finding, Watch
from vincula.national.api.services.wrong_passwords import WrongPasswords
from vincula.national.api.wire.patience import Patience

T = TypeVar("T")
LOOK_AGAIN = 0.2  # seconds; so that strangers with bad tokens cannot keep the base busy
THREADS = 4  # for searches and registrations: they wait for the base, not for each other
WAITING = 256  # more than these at once are told to come back


AT_DOOR = 8  # passwords that wait to be checked, at a fifth of a second each


class BrakedError(Exception):
    """Too many wrong passwords; `seconds` until the next may be tried."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class BusyError(Exception):
    """More work waits than the listener takes on."""


BUSY = Refused(
    "SERVICO_OCUPADO",
    "O serviço está com muitas consultas ao mesmo tempo.",
    "Repita em alguns segundos.",
)


class Engine:
    """One per listener process. Made in its event loop's thread; `start` before the first request."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.watcher = Watcher()
        self.gate = Gate(self.watcher)
        self.limiter = Limiter()
        self.watch = Watch()
        self.patience = Patience(loop)
        self.brake = Brake()
        self.wrong_passwords = WrongPasswords()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="servico")
        # argon2 is slow on purpose: strangers who make it run must not stand in the way of searches.
        self._door = ThreadPoolExecutor(1, thread_name_prefix="senhas")
        self._at_door = 0
        self._waiting = 0
        self._look: asyncio.Task[None] | None = None
        self._looked_at = float("-inf")

    def start(self) -> None:
        self.watcher.start()
        self.audit = Stream(self.loop)

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._door.shutdown(wait=True, cancel_futures=True)
        self.audit.close()
        self.watcher.stop()

    async def client_of(self, authorization: str, thumbprint: str) -> Client | None:
        """As Gate.by_token. A token may be younger than what we know of: nobody is sent away before one more look."""
        found = self.gate.by_token(authorization, thumbprint)
        if found is None and authorization:
            if self._look is None:
                self._look = self.loop.create_task(self._look_again())
            await asyncio.shield(self._look)
            found = self.gate.by_token(authorization, thumbprint)
        return found

    async def _look_again(self) -> None:
        """One look for all who came before it began; it begins LOOK_AGAIN after the last one did."""
        await asyncio.sleep(max(0.0, self._looked_at + LOOK_AGAIN - self.loop.time()))
        self._looked_at, self._look = self.loop.time(), None
        await self.aside(self.watcher.look)

    async def client_by_password(self, user: str, password: str, address: str) -> Client | None:
        """As Gate.by_password. Raises BusyError where many wait for that, BrakedError after too many wrong ones."""
        known = self.gate.remembered(user, password)
        if known is not None:
            return known
        seconds = self.brake.wait(user, address)
        if seconds:
            raise BrakedError(seconds)
        if self._at_door >= AT_DOOR:
            raise BusyError
        self._at_door += 1
        try:
            found = await self.loop.run_in_executor(self._door, self.gate.by_password, user, password)
        finally:
            self._at_door -= 1
        if found is not None:
            self.brake.right(user, address)
        elif self.brake.wrong(user, address) and (owner := self.gate.owner(user)):
            self.alert(owner, ("SENHAS", {"seguidas": FREE}))
        return found

    def interrupted(self, service: str) -> Stopped | None:
        """As Watcher.interrupted."""
        return self.watcher.interrupted(service)

    async def aside(self, work: Callable[..., T], *arguments: Any) -> T:
        """Do it in a thread, with that thread's own connection to the base. Raises BusyError."""
        if self._waiting >= WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await self.loop.run_in_executor(self._pool, _with_connections, work, arguments)
        finally:
            self._waiting -= 1

    def alert(self, client: str, finding: Finding | None) -> None:
        """Note what was found, without waiting for it."""
        if finding is not None:
            self._pool.submit(_with_connections, raise_alert, (client, *finding))


def _with_connections(work: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    close_old_connections()
    try:
        return work(*arguments)
    finally:
        for connection in connections.all(initialized_only=True):
            if connection.in_atomic_block or connection.needs_rollback:
                connection.close()
