"""The audit's public face: `record` before any answer that reveals a person leaves, and before a change is
committed.

record(Event("cpf:52998224725", "sib:arquivo:recebido", "operadora:301234", details={"linhas": 10}))
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator

from django.db import connections

from vincula.common.audit import anchors, subjects
from vincula.common.audit.events import Event, Receipt
from vincula.common.audit.models import Registro
from vincula.common.audit.retention import purge
from vincula.common.audit.verify import Report, verify
from vincula.common.audit.writer import COMMIT_LIMIT, STORE, process_writer, utc_now
from vincula.common.bulk import batches
from vincula.common.log import get_logger

__all__ = [
    "Event",
    "Receipt",
    "Report",
    "about",
    "anchor_daily",
    "between",
    "purge",
    "record",
    "record_many",
    "verify",
]

log = get_logger(__name__)
_RETRY_SECONDS = 600.0
_anchored_on = ""
_retry_at = float("-inf")


def record(event: Event) -> Receipt:
    """Record one event; it is on the disk when this returns. Raises RefusedError(AUDITORIA_INDISPONIVEL) if
    not.
    """
    return record_many([event])[0]


def record_many(events: Iterable[Event]) -> list[Receipt]:
    """Record events in order; all are on the disk when this returns.

    More than COMMIT_LIMIT are committed in parts, so that others' records are not held back: should a part
    fail (RefusedError), the parts before it stand.
    """
    receipts: list[Receipt] = []
    for part in batches(events, COMMIT_LIMIT):
        receipts += process_writer.record(part)
    anchor_daily()
    return receipts


def anchor_daily() -> None:
    """Anchor the chains once a day; called by every process that records, and by the worker's loop.

    Costs nothing when it was done. A failure is logged, does not fail what was recorded, and is tried again
    later.
    """
    global _anchored_on, _retry_at
    today = utc_now()[:10]
    if _anchored_on == today or time.monotonic() < _retry_at or connections[STORE].in_atomic_block:
        return
    try:
        anchors.anchor_daily()
        _anchored_on = today
    except Exception as error:
        _retry_at = time.monotonic() + _RETRY_SECONDS
        log.error("audit.anchor_failed", kind=type(error).__name__)


def about(*of: str, limit: int | None = 1_000) -> Iterator[Registro]:
    """Who looked one of these subjects up or changed it, newest first (LGPD: the person's own report); all of
    them where `limit` is None.
    """
    return subjects.records(subjects.about(of)[::-1][:limit])


def between(since: str, until: str, of: Collection[str] = ()) -> Iterator[Registro]:
    """The records from one moment to before another (`AAAA-MM-DDThh:mm:ss`, UTC; "" for no bound), oldest first,
    streamed. `of`: only what is about one of these subjects."""
    if of:
        return subjects.records(subjects.about(of, since, until))
    found = Registro.objects.order_by("quando", "id")
    if since:
        found = found.filter(quando__gte=since)
    if until:
        found = found.filter(quando__lt=until)
    return found.iterator(chunk_size=2_000)
