"""Records that have passed their retention are removed so that the rest still verifies.

First an event announces the cuts (which chains, up to which record, with which hash), then the cuts are
stored, then the records go, in bounded commits. Killed in between, the next purge finishes; the triggers
let nothing else go.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.db import connections, transaction

from vincula.common import config, locks
from vincula.common.audit import anchors
from vincula.common.audit.cuts import ACTION, LOCK, Cut, digest
from vincula.common.audit.events import Event, Receipt
from vincula.common.audit.models import Corte
from vincula.common.audit.writer import STORE, process_writer

_BATCH = 5_000
_CHAINS_PER_BATCH = 1_000


def purge(now: datetime) -> int:
    """Remove what is older than VINCULA_RETENTION_AUDIT days before `now`; answers how many went."""
    limit = now.astimezone(UTC) - timedelta(days=config.load().retention_audit)
    with locks.exclusive(LOCK):
        made = _due(limit.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        for start in range(0, len(made), _CHAINS_PER_BATCH):
            _announce(made[start : start + _CHAINS_PER_BATCH])
        return _remove()


def _due(limit: str) -> list[Cut]:
    """How far each chain may be cut: up to its first record that must stay, and further than it is."""
    with connections[STORE].cursor() as cursor:
        cursor.execute(
            "SELECT r.escritor, r.seq, r.hash FROM auditoria_registro r JOIN ("
            " SELECT velho.escritor, coalesce((SELECT min(novo.seq) FROM auditoria_registro novo"
            "  WHERE novo.escritor = velho.escritor AND novo.quando >= %s) - 1, max(velho.seq)) AS seq"
            " FROM auditoria_registro velho WHERE velho.quando < %s GROUP BY velho.escritor"
            ") ate ON ate.escritor = r.escritor AND ate.seq = r.seq"
            " WHERE NOT EXISTS (SELECT 1 FROM auditoria_corte c"
            "  WHERE c.escritor = r.escritor AND c.seq >= r.seq)"
            " ORDER BY r.escritor",
            [limit, limit],
        )
        return [Cut(*row) for row in cursor.fetchall()]


def _announce(made: list[Cut]) -> None:
    batch = uuid.uuid4().hex
    if not connections[STORE].in_atomic_block:
        anchors.anchor()  # what is cut was anchored: its end cannot be disputed later
    event = Event(
        "sistema", ACTION, f"lote:{batch}", "retencao", {"cadeias": len(made), "sha256": digest(made)}
    )
    receipt: Receipt = process_writer.record([event])[0]
    with transaction.atomic(using=STORE):
        Corte.objects.bulk_create(
            Corte(
                lote=batch,
                escritor=c.writer,
                seq=c.seq,
                hash=c.hash,
                evento_escritor=receipt.writer,
                evento_seq=receipt.seq,
            )
            for c in made
        )


def _remove() -> int:
    """Remove what the cuts cover, in bounded commits, so that records go on being written meanwhile."""
    removed = 0
    while True:
        with transaction.atomic(using=STORE), connections[STORE].cursor() as cursor:
            cursor.execute(
                "DELETE FROM auditoria_registro WHERE id IN (SELECT r.id FROM auditoria_registro r"
                " JOIN auditoria_corte c ON c.escritor = r.escritor AND r.seq <= c.seq LIMIT %s)",
                [_BATCH],
            )
            count = int(cursor.rowcount)
        removed += count
        if count < _BATCH:
            return removed
