"""What the audit's tests share: records of given moments, and a hand inside the store, past its triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from vincula.common.audit import anchors
from vincula.common.audit.events import COLUMNS, GENESIS, Event, Row, chained

TABLES = ("auditoria_registro", "auditoria_corte")


def chain(writer: str, moments: list[str], previous: str = GENESIS, first: int = 1) -> list[Row]:
    """A sound chain with one record at each moment."""
    rows: list[Row] = []
    for seq, moment in enumerate(moments, first):
        rows.append(
            chained(writer, seq, moment, Event("sistema", "teste:caso:feito", f"caso:{seq}"), previous)
        )
        previous = rows[-1][-1]
    return rows


def store(rows: list[Row]) -> None:
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connections["audit"].cursor() as cursor:
        cursor.executemany(f"INSERT INTO auditoria_registro ({', '.join(COLUMNS)}) VALUES ({marks})", rows)


def execute(sql: str, *params: Any) -> None:
    with connections["audit"].cursor() as cursor:
        cursor.execute(sql, list(params))


@contextmanager
def without_triggers() -> Iterator[None]:
    """As somebody who owns the base would do it. The test's transaction brings the triggers back."""
    if connections["audit"].vendor == "postgresql":
        for table in TABLES:
            execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    else:
        with connections["audit"].cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            execute(f"DROP TRIGGER {name}")
    yield


@pytest.fixture
def own_anchors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Anchors beside this test's records, which nobody sees after it."""
    path = tmp_path / "ancoras.jsonl"
    monkeypatch.setattr(anchors, "path_of", lambda store_id: path)
    return path
