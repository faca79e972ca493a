"""What every load of a reference base reports: how far it is, what it did, which rows it did not take."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from vincula.common.bulk import Counts
from vincula.common.tabular import RefusedRows

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


def no_progress(_rows: int) -> None:
    """For who does not look."""


@contextlib.contextmanager
def bulk_memory() -> Iterator[None]:
    """For loops that make millions of small rows and no cycles: the collector of cycles, which would look
    at each of them again and again (a quarter of the time of a load), rests until the block ends.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# 256 MiB of pages in memory, and as many in the log before they are carried into the base.
_ROOM = {"cache_size": -262_144, "wal_autocheckpoint": 65_536}


@contextlib.contextmanager
def bulk_base() -> Iterator[None]:
    """For work that writes all over the base, a page of an index here and there: on SQLite the pages stay in memory
    until their commit, and are carried from the log into the base together and not after each commit (half the
    time of a load). What a commit promises is the same. PostgreSQL has its own memory.
    """
    if connection.vendor != "sqlite":
        yield
        return
    usual = {name: _pragma(name) for name in _ROOM}
    for name, value in _ROOM.items():
        _pragma(f"{name}={value}")
    try:
        yield
    finally:
        for name, value in usual.items():
            _pragma(f"{name}={value}")
        if not connection.in_atomic_block:  # else the next commit of somebody in a hurry would have to do it
            _pragma("wal_checkpoint(PASSIVE)")


def _pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def refresh_statistics(*tables: str) -> None:
    """After many rows PostgreSQL must look at a table again, or it plans the joins that follow for an
    empty one. SQLite joins by the keys without being told. A table may name columns: `pessoa (cpf, nome)`.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ANALYZE {table}")


def prefer_keys() -> None:
    """Until the transaction ends: look a few rows up by their key rather than read a whole base. PostgreSQL's own
    estimate of a look-up is that of a spinning disk. SQLite has no such estimate."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1.1")


@dataclass(slots=True)
class LoadReport:
    """Rows read, what became of them, and notes in Portuguese. `repeated`: rows that a later row of the
    file replaced.
    """

    rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    refused: RefusedRows = field(default_factory=RefusedRows)
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the file has no row but the names of the columns."""
        return not self.rows and not self.refused.count

    def add(self, counts: Counts) -> None:
        self.inserted += counts.inserted
        self.updated += counts.updated
        self.unchanged += counts.unchanged
