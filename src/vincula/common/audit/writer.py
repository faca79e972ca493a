"""Group commit: many threads record at once, one of them commits for all, and none returns before its own
is durable.

Each process writes a chain of its own, so that processes never wait for one another's hash. Where the chain
stands is read from the store inside the transaction that extends it: a commit whose outcome is unknown, or
one rolled back, leaves nothing to repair.
"""

from __future__ import annotations

import json
import os
import threading
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError, InterfaceError, connections, transaction
from django.db.backends.utils import CursorWrapper

from vincula.common.audit.events import COLUMNS, GENESIS, Event, Receipt, Row, chained
from vincula.common.bulk import insert_rows
from vincula.common.log import get_logger
from vincula.common.outcomes import Refused, RefusedError

STORE = "audit"
COMMIT_LIMIT = 1_000  # events in one commit, so that nobody waits long for another's

TABLE = "auditoria_registro"

_FROM_JSON = f"""
    INSERT INTO {TABLE} ({", ".join(COLUMNS)})
    SELECT {", ".join(f"value ->> {place}" for place in range(len(COLUMNS)))} FROM json_each(%s)
"""
_HEAD = "SELECT seq, hash, quando FROM auditoria_registro WHERE escritor = %s ORDER BY seq DESC LIMIT 1"

log = get_logger(__name__)


@dataclass(slots=True)
class _Ticket:
    """Events that wait for a commit, and what became of them."""

    events: Sequence[Event]
    receipts: list[Receipt] | None = None
    error: Exception | None = None

    @property
    def settled(self) -> bool:
        return self.receipts is not None or self.error is not None


def utc_now() -> str:
    """Now, in the form in which records keep it: `AAAA-MM-DDThh:mm:ss.ffffffZ`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def unavailable() -> RefusedError:
    """Nothing that needs an audit record goes on without one."""
    return RefusedError(
        Refused(
            "AUDITORIA_INDISPONIVEL",
            "O registro de auditoria não pôde ser gravado, por isso a operação não foi feita.",
            "Verifique o espaço em disco e o banco da auditoria e repita.",
        )
    )


class Writer:
    """One chain, safe for threads. A process has one (`audit.services`); tests make more."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin a chain of its own: at the start, and in a child after a fork."""
        self.id = uuid.uuid4().hex
        self.commits = 0
        self._queue: deque[_Ticket] = deque()
        self._leading = threading.Lock()

    def record(self, events: Sequence[Event]) -> list[Receipt]:
        """Record at most COMMIT_LIMIT events in one transaction. Raises RefusedError when they are not
        durable.
        """
        ticket = _Ticket(events)
        if connections[STORE].in_atomic_block:
            # Inside the caller's transaction nothing can be durable; `durable=True` says so (except to a
            # test case).
            with self._leading:
                ticket.receipts = self._write([ticket])[0]
            return ticket.receipts
        self._queue.append(ticket)
        with self._leading:
            while not ticket.settled:
                self._commit(self._take())
        if ticket.receipts is None:
            raise unavailable() from ticket.error
        return ticket.receipts

    def _take(self) -> list[_Ticket]:
        tickets = [self._queue.popleft()]
        count = len(tickets[0].events)
        while self._queue and count + len(self._queue[0].events) <= COMMIT_LIMIT:
            tickets.append(self._queue.popleft())
            count += len(tickets[-1].events)
        return tickets

    def _commit(self, tickets: list[_Ticket]) -> None:
        try:
            receipts = self._write_or_retry(tickets)
        except Exception as error:
            log.error("audit.commit_failed", kind=type(error).__name__)
            for ticket in tickets:
                ticket.error = error
            return
        self.commits += 1
        for ticket, given in zip(tickets, receipts, strict=True):
            ticket.receipts = given

    def _write_or_retry(self, tickets: list[_Ticket]) -> list[list[Receipt]]:
        """A connection that the server has closed meanwhile is opened again, once."""
        try:
            return self._write(tickets)
        except (DatabaseError, InterfaceError):
            connections[STORE].close()
            return self._write(tickets)

    def _write(self, tickets: list[_Ticket]) -> list[list[Receipt]]:
        with transaction.atomic(using=STORE, durable=True), connections[STORE].cursor() as cursor:
            cursor.execute(_HEAD, [self.id])
            seq, head, last = cursor.fetchone() or (0, GENESIS, "")
            when = max(utc_now(), last)  # a clock set back does not reorder a chain
            rows: list[Row] = []
            receipts: list[list[Receipt]] = []
            for ticket in tickets:
                given: list[Receipt] = []
                for event in ticket.events:
                    seq += 1
                    row = chained(self.id, seq, when, event, head)
                    head = row[-1]
                    rows.append(row)
                    given.append(Receipt(self.id, seq, head))
                receipts.append(given)
            _insert(cursor, rows)
        return receipts


def _insert(cursor: CursorWrapper, rows: list[Row]) -> None:
    if connections[STORE].vendor == "postgresql":
        # By COPY, even a single record costs the server less than by a statement.
        insert_rows(TABLE, COLUMNS, [(*row[:1], str(row[1]), *row[2:]) for row in rows], using=STORE)
    else:
        # One statement for all. Row by row, SQLite's driver would give way to the other threads after each, and in a
        # busy process wait for its turn as often.
        cursor.execute(_FROM_JSON, [json.dumps(rows)])


process_writer = Writer()
os.register_at_fork(after_in_child=process_writer.restart)
