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

    def add(self, counts: Counts) -> None:
        self.inserted += counts.inserted
        self.updated += counts.updated
        self.unchanged += counts.unchanged
