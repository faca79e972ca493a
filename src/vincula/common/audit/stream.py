"""The audit for an event loop: whoever answers awaits a future, one thread commits for all that wait.

While it commits, records gather in the loop, without a lock; the next commit takes them all. A thread that took them
itself would commit every other record alone, at ten times the cost, and stop the loop as often. The loop is told once
per commit. A chain of its own, so that it never waits for another writer's.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Sequence
from queue import SimpleQueue

from django.db import connections

from vincula.common.audit import services
from vincula.common.audit.events import Event
from vincula.common.audit.writer import COMMIT_LIMIT, STORE, Writer, unavailable
from vincula.common.log import get_logger

log = get_logger(__name__)
_Ticket = tuple[Sequence[Event], "asyncio.Future[None]"]


class Stream:
    """Records events for a loop, from whose thread alone it is called. `close` waits until what was handed over is
    durable."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._writer = Writer()
        self._waiting: list[_Ticket] = []
        self._busy = False  # something is handed over, or is about to be
        self._closed = False
        self._batches: SimpleQueue[list[_Ticket]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="auditoria", daemon=True)
        self._thread.start()

    def record(self, events: Sequence[Event]) -> asyncio.Future[None]:
        """Done when all of these (at most COMMIT_LIMIT) are on the disk; raises RefusedError where they are not."""
        future: asyncio.Future[None] = self._loop.create_future()
        if self._closed:
            future.set_exception(unavailable())
            return future
        self._waiting.append((events, future))
        if not self._busy:
            self._soon()
        return future

    def close(self) -> None:
        self._closed = True
        while self._waiting:
            self._batches.put(self._take())
        self._batches.put([])
        self._thread.join()

    def _soon(self) -> None:
        """Not at once: what the loop does before it comes to that may record too."""
        self._busy = True
        self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        if self._waiting:
            self._batches.put(self._take())
        else:  # the end has come in between
            self._busy = False

    def _take(self) -> list[_Ticket]:
        """What waits, as much as goes into one commit."""
        count = taken = 0
        for events, _ in self._waiting:
            if taken and count + len(events) > COMMIT_LIMIT:
                break
            count += len(events)
            taken += 1
        tickets, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return tickets

    def _run(self) -> None:
        while tickets := self._batches.get():
            error: Exception | None = None
            try:
                self._writer.record([event for events, _ in tickets for event in events])
                services.anchor_daily()
            except Exception as failure:
                log.error("audit.stream_failed", kind=type(failure).__name__)
                error = failure
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._settle, tickets, error)
        connections[STORE].close()

    def _settle(self, tickets: list[_Ticket], error: Exception | None) -> None:
        self._busy = False
        if self._waiting:
            self._soon()
        for _, future in tickets:
            if future.done():  # the caller has gone meanwhile
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(unavailable())
