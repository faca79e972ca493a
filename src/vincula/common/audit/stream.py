"""The audit for an event loop: whoever answers awaits a future, one thread commits for all that wait.

The loop is told once per commit, not once per record. A chain of its own, so that it never waits for another writer's.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import structlog

from vincula.common.audit import services
from vincula.common.audit.events import Event
from vincula.common.audit.writer import COMMIT_LIMIT, Writer, unavailable

log = structlog.get_logger(__name__)
_Ticket = tuple[Sequence[Event], "asyncio.Future[None]"]


class Stream:
    """Records events for a loop. `close` waits until what was handed over is durable."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._writer = Writer()
        self._waiting: list[_Ticket] = []
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="auditoria", daemon=True)
        self._thread.start()

    def record(self, events: Sequence[Event]) -> asyncio.Future[None]:
        """Done when all of these (at most COMMIT_LIMIT) are on the disk; raises RefusedError where they are not."""
        future: asyncio.Future[None] = self._loop.create_future()
        with self._wake:
            if self._closed:
                future.set_exception(unavailable())
                return future
            self._waiting.append((events, future))
            if len(self._waiting) == 1:
                self._wake.notify()
        return future

    def close(self) -> None:
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while tickets := self._take():
            error: Exception | None = None
            try:
                self._writer.record([event for events, _ in tickets for event in events])
                services.anchor_daily()
            except Exception as failure:
                log.error("audit.stream_failed", kind=type(failure).__name__)
                error = failure
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(_settle, tickets, error)

    def _take(self) -> list[_Ticket]:
        """What waits, as much as goes into one commit; nothing once closed and empty."""
        with self._wake:
            while not self._waiting and not self._closed:
                self._wake.wait()
            count = taken = 0
            for events, _ in self._waiting:
                if taken and count + len(events) > COMMIT_LIMIT:
                    break
                count += len(events)
                taken += 1
            tickets, self._waiting = self._waiting[:taken], self._waiting[taken:]
            return tickets


def _settle(tickets: list[_Ticket], error: Exception | None) -> None:
    for _, future in tickets:
        if future.done():  # the caller has gone meanwhile
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(unavailable())
