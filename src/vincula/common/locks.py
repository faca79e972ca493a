"""Locks between processes that end with the process that holds them, however it ends.

SQLite installation: a lock on a file in the data folder. PostgreSQL: a session advisory lock on a connection of its
own, so that several machines exclude each other. Neither leaves anything to clean up after a kill.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from vincula.common import config

POLL_SECONDS = 0.05


class Busy(Exception):  # noqa: N818 - a state, not a fault
    """Somebody else holds the lock and the wait is over."""


@contextlib.contextmanager
def exclusive(name: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the lock `name`. `wait`: seconds to wait at most; None waits for ever, 0 tries once. Raises Busy."""
    settings = config.load()
    if settings.database_url:
        with _advisory(settings.database_url, name, wait):
            yield
        return
    with exclusive_here(name, wait=wait):
        yield


@contextlib.contextmanager
def exclusive_here(name: str, *, wait: float | None = None) -> Iterator[None]:
    """The same among the processes of this data folder alone, whatever the engine."""
    safe = hashlib.sha256(name.encode()).hexdigest()[:24]
    with _file_lock(config.load().folder("travas") / safe, wait):
        yield


def held(name: str) -> bool:
    """Whether some process holds the lock now (an answer that may be old when it arrives)."""
    try:
        with exclusive(name, wait=0):
            return False
    except Busy:
        return True


def _deadline(wait: float | None) -> float:
    return float("inf") if wait is None else time.monotonic() + wait


@contextlib.contextmanager
def _file_lock(path: Path, wait: float | None) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = _deadline(wait)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise Busy(path.name) from None
                time.sleep(POLL_SECONDS)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _advisory(url: str, name: str, wait: float | None) -> Iterator[None]:
    import psycopg
    from django.db import connection as main

    name = f"{main.settings_dict['NAME']}:{name}"  # two bases on one server do not exclude each other
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with psycopg.connect(url, autocommit=True) as connection:
        end = _deadline(wait)
        while True:
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
            if row and row[0]:
                break
            if time.monotonic() >= end:
                raise Busy(name)
            time.sleep(POLL_SECONDS)
        yield
