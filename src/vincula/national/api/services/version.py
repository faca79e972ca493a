"""The one number that every listener watches: whoever changes what they hold counts it up in the same transaction."""

from __future__ import annotations

from django.db import connection


def bump() -> None:
    """Count up, within the caller's transaction: listeners look again once it is committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO api_versao (id, numero) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET numero = api_versao.numero + 1"
        )


def current() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numero FROM api_versao WHERE id = 1")
        found = cursor.fetchone()
        return int(found[0]) if found else 0
