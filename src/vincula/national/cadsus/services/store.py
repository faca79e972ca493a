"""Reads and writes of whole batches, one statement each, the same on both engines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from vincula.common.bulk import as_list, in_list

T = TypeVar("T")
ATTEMPTS = 5


def fetch(query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def fetch_among(query: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
    """Run `query`, whose `{among}` stands after a column, for that column among `values`."""
    return fetch(query.format(among=in_list()), (as_list(values),)) if values else []


def run(query: str, parameters: Sequence[Any] = ()) -> int:
    """Run a statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return int(cursor.rowcount)


def run_many(query: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each of these parameters."""
    rows = list(rows)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(query, rows)


def whole(work: Callable[[], T]) -> T:
    """Do the work in one transaction. When another writer won a key or the engine broke a deadlock, do it
    again from the beginning, which then finds what the other wrote. Inside a caller's transaction only
    the keys can be tried again.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return work()
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS or connection.needs_rollback:
                raise
    raise AssertionError("unreachable")


def take_turn(name: str = "pessoa") -> int:
    """The next free number of a counter, holding its row until the transaction ends: writers that make
    persons or numbers take turns, in the order pessoa, cns, so that none waits for another in a circle.
    SQLite has one writer anyway.
    """
    lock = "" if connection.vendor == "sqlite" else " FOR UPDATE"
    query = f"SELECT proximo FROM cadsus_contador WHERE nome = %s{lock}"
    held = fetch(query, (name,))
    if not held:
        run(
            "INSERT INTO cadsus_contador (nome, proximo) VALUES (%s, 1) ON CONFLICT (nome) DO NOTHING",
            (name,),
        )
        held = fetch(query, (name,))
    return int(held[0][0])


def set_counter(name: str, proximo: int) -> None:
    """Note the next free number of a counter whose turn was taken."""
    run("UPDATE cadsus_contador SET proximo = %s WHERE nome = %s", (proximo, name))
