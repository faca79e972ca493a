"""Empties the bases after a test that commits: as Django's `flush` does, but only what has rows.

Two tables are left alone, and with them the signal that would fill them again: the kinds of model and the permissions,
which follow from the code and which no test writes. A flush of all tables, one by one, costs more than most tests do.
"""

from __future__ import annotations

from functools import cache

from django.db import connections, transaction
from django.test import TransactionTestCase

OF_THE_CODE = {"django_content_type", "auth_permission"}
SMALL = (
    128 * 1024
)  # bytes; of a larger table the room is given back too, which takes longer than to delete its rows


@cache
def tables(alias: str) -> tuple[str, ...]:
    """The tables of an alias that `flush` would empty, but for those of the code."""
    names = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(names) - OF_THE_CODE))


def empty(alias: str) -> None:
    """Delete every row of these tables. Counters go on counting, as after a flush."""
    if connections[alias].vendor == "postgresql":
        _empty_postgresql(alias)
    else:
        _empty_sqlite(alias)


def _empty_sqlite(alias: str) -> None:
    looks = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables(alias)
    )
    with connections[alias].cursor() as cursor:
        filled = [name for (name,) in cursor.execute(looks).fetchall()] if looks else []
        if filled:
            with transaction.atomic(using=alias):
                for name in filled:
                    cursor.execute(f"DELETE FROM {name}")


def _empty_postgresql(alias: str) -> None:
    """In one go to the server. As a replica it asks no foreign key: every table of them is emptied."""
    if names := ", ".join(f"'{name}'" for name in tables(alias)):
        with connections[alias].cursor() as cursor:
            cursor.execute(f"""
                DO $$
                DECLARE one regclass; room bigint;
                BEGIN
                    PERFORM set_config('session_replication_role', 'replica', true);
                    FOREACH one IN ARRAY ARRAY[{names}]::regclass[] LOOP
                        room := pg_relation_size(one);
                        IF room > {SMALL} THEN
                            EXECUTE format('TRUNCATE %s CASCADE', one);
                        ELSIF room > 0 THEN
                            EXECUTE format('DELETE FROM %s', one);
                        END IF;
                    END LOOP;
                END $$""")


def _after_a_test(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):
        empty(alias)


def instead_of_flush() -> None:
    """Have tests that commit end with this."""
    TransactionTestCase._fixture_teardown = _after_a_test
