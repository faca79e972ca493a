"""One statement, one answer, with as little between as can be: the look-ups that run thousands of times a second.

Django's cursor would cost several times what the look-up does. The connection is still Django's own of this thread (so
a transaction of the caller holds here too); a connection that the server closed meanwhile is made again, once.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

Rows = list[tuple[Any, ...]]


class Statement:
    """A query with `?` for each parameter, which are texts or whole numbers, and the same form on both engines; but
    `~>=~` and `~<~`, which compare by bytes, as SQLite always does, are PostgreSQL's, and `AMONG ?` is the test of
    being in the list that is this parameter (through `common.bulk.as_list`)."""

    def __init__(self, query: str) -> None:
        among = query.replace("AMONG ?", "IN (SELECT value FROM json_each(?))")
        self._sqlite = among.replace("~>=~", ">=").replace("~<~", "<")
        self._postgresql = query.replace("AMONG ?", "= ANY(?)").replace("?", "%s").encode()

    def rows(self, parameters: Sequence[Any]) -> Rows:
        """All rows. Raises what the driver raises."""
        wrapper = _own.wrapper
        raw = wrapper.connection
        if raw is None:
            wrapper.ensure_connection()
            raw = wrapper.connection
        if _own.sqlite:
            found: Rows = raw.execute(self._sqlite, parameters).fetchall()
            return found
        return self._from_server(wrapper, parameters)

    def _from_server(self, wrapper: BaseDatabaseWrapper, parameters: Sequence[Any]) -> Rows:
        import psycopg

        try:
            return self._prepared(wrapper.connection, parameters)
        except psycopg.OperationalError:
            if wrapper.in_atomic_block or not wrapper.connection.closed:
                raise
        wrapper.close()
        wrapper.ensure_connection()
        return self._prepared(wrapper.connection, parameters)

    def _prepared(self, raw: Any, parameters: Sequence[Any]) -> Rows:
        cursor = _own.cursor
        if cursor is None or cursor.connection is not raw:
            import psycopg

            cursor = _own.cursor = psycopg.Cursor(raw)
        found: Rows = cursor.execute(self._postgresql, parameters, prepare=True).fetchall()
        return found


class _Own(threading.local):
    """Django's connection of this thread, found once: that costs as much as a look-up. `cursor`: on PostgreSQL."""

    def __init__(self) -> None:
        self.wrapper = connections["default"]
        self.sqlite = self.wrapper.vendor == "sqlite"
        self.cursor: Any = None


_own = _Own()
