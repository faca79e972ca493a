"""Many rows into a table or out of a query, the same call on both engines: COPY on PostgreSQL, plain SQL on SQLite.

Rows are tuples in the order of `columns`. Table and column names come from our own code, never from input.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, transaction

T = TypeVar("T")
Row = Sequence[Any]


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def in_list(*, using: str = "default") -> str:
    """The SQL test `… IN the list that is the next parameter`; give the list through `as_list`."""
    return (
        "= ANY(%s)" if connections[using].vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    )


def as_list(values: Collection[Any], *, using: str = "default") -> Any:
    """A list as one parameter of the engine in use: thousands of placeholders cost more than the look-up."""
    return list(values) if connections[using].vendor == "postgresql" else json.dumps(list(values))


FEW = 16


@contextmanager
def at_once(rows: int) -> Iterator[None]:
    """On PostgreSQL, send what the block inserts and changes in one exchange, where no table gets more than FEW `rows`:
    of the data of one person, the waiting for answers costs more than the writing. Nothing may be read inside.

    What a statement is refused for is raised at the end of the block, as django.db.IntegrityError and the like.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql" or rows > FEW:
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Row], *, using: str = "default") -> None:
    """Insert the rows inside the caller's transaction. Raises django.db.IntegrityError on a broken constraint."""
    if not rows:
        return
    names = ", ".join(columns)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.connection.pgconn.pipeline_status:
            marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {marks}", [cell for row in rows for cell in row]
            )
        elif connection.vendor == "postgresql":
            command = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(command) as copy:
                copy.write(_copy_text(rows))
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def select_rows(query: str, parameters: Sequence[Any], size: int) -> Iterator[list[Sequence[Any]]]:
    """The rows of a query, in lists of at most `size` and in its order. Its values: texts, none NULL, and whole
    numbers, which PostgreSQL gives as texts.

    One statement, so one state of the base, and no transaction that would keep writers out until the last row."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        # By COPY, a row of many columns costs a third of what a cursor takes for it.
        with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT", parameters) as copy:
            lines = iter(copy)
            while block := b"".join(islice(lines, size)).decode():
                yield _parsed(block)
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        while rows := cursor.fetchmany(size):
            yield rows


def _parsed(block: str) -> list[Sequence[Any]]:
    """Whole lines of COPY's text format."""
    rows: list[Sequence[Any]] = [line.split("\t") for line in block[:-1].split("\n")]
    if "\\" in block:
        return [[_UNESCAPE.sub(_unescaped, cell) for cell in row] for row in rows]
    return rows


_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _unescaped(found: re.Match[str]) -> str:
    return _UNESCAPED.get(found[1], found[1])


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)


def _copy_text(rows: Sequence[Row]) -> str:
    """COPY text format. Rows of plain strings, the common case, are joined without a look at each cell."""
    try:
        text = "\n".join(map("\t".join, rows))
    except TypeError:
        text = ""
    width = len(rows[0])
    if (
        text
        and "\\" not in text
        and "\r" not in text
        and text.count("\t") == len(rows) * (width - 1)
        and text.count("\n") == len(rows) - 1
    ):
        return text + "\n"
    return "".join("\t".join(map(_copy_cell, row)) + "\n" for row in rows)


@dataclass(slots=True)
class Counts:
    """What a load did, in rows."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0


def upsert_rows(
    table: str, columns: Sequence[str], rows: Sequence[Row], key: str, *, using: str = "default"
) -> Counts:
    """Insert new rows, change those that differ, leave equal ones alone; one transaction. Keys are unique in `rows`.

    The last word of a repeated key within one call must be settled by the caller.
    """
    if not rows:
        return Counts()
    staging = f"carga_{table}"
    names = ", ".join(columns)
    others = [c for c in columns if c != key]
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {staging} AS SELECT {names} FROM {table} LIMIT 0"
        )
        cursor.execute(f"DELETE FROM {staging}")
        insert_rows(staging, columns, rows, using=using)
        cursor.execute(f"SELECT count(*) FROM {staging} s JOIN {table} t ON t.{key} = s.{key}")
        known = int(cursor.fetchone()[0])
        differs = " OR ".join(f"t.{c} IS DISTINCT FROM excluded.{c}" for c in others)
        assigned = ", ".join(f"{c} = excluded.{c}" for c in others)
        cursor.execute(
            f"INSERT INTO {table} AS t ({names}) SELECT {names} FROM {staging} WHERE true "
            f"ON CONFLICT ({key}) DO UPDATE SET {assigned} WHERE {differs}"
        )
        touched = cursor.rowcount
        inserted = len(rows) - known
        updated = touched - inserted
        return Counts(inserted, updated, known - updated)
