"""The room that bulk work makes for itself in SQLite, and gives back."""

from __future__ import annotations

import contextlib

import pytest
from django.db import connection

from vincula.common.loads import bulk_base

ROOMY = {"cache_size": -262_144, "wal_autocheckpoint": 65_536}


def settings_of_base() -> dict[str, int]:
    values = {}
    for name in (*ROOMY, "synchronous"):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            values[name] = cursor.fetchone()[0]
    return values


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the settings are SQLite's")
def test_bulk_work_has_room_and_gives_it_back_and_never_waits_less_for_the_disk() -> None:
    before = settings_of_base()
    with contextlib.suppress(RuntimeError), bulk_base():
        assert settings_of_base() == {**ROOMY, "synchronous": before["synchronous"]}
        raise RuntimeError
    assert settings_of_base() == before


@pytest.mark.django_db(transaction=True)
def test_bulk_work_is_possible_on_either_engine_and_within_another() -> None:
    with bulk_base(), bulk_base(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
