"""The state of a competência: what is current and has not changed since, and the versions that were current then.

A later movement keeps the version it replaces, so the state of a closed competência never changes, at no cost.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction

from vincula.national.sib.services import columns as c


def reading() -> AbstractContextManager[None]:
    """Around a long streamed reading. PostgreSQL's cursors need a transaction; on SQLite one would lock every writer
    out until the last row, and a statement sees one state of the base without it."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


# The columns that consolidation reads.
JUDGED = ("registro_ans", "cpf", "nome_chave", "nascimento", "cns", "identidade_desde", "cns_desde")


def state_at(month: int, columns: tuple[str, ...] = c.STATE, where: str = "true") -> str:
    """SQL: one row per vínculo as it was when `month` closed (`month` is our own integer, never input text).

    `where` may use the columns of either table and `{id}`, which stands for the vínculo's number in each."""
    return " UNION ALL ".join(arms(month, columns, where))


def arms(month: int, columns: tuple[str, ...] = c.STATE, where: str = "true") -> tuple[str, str]:
    """SQL of the two halves of state_at, for a join that each engine plans well only with one table at a time: what
    has not changed since, and the versions that were current then."""
    names = c.listed(columns)
    month = int(month)
    current, former = where.replace("{id}", "id"), where.replace("{id}", "vinculo_id")
    return (
        f"SELECT id AS vinculo_id, {names} FROM sib_vinculo WHERE desde <= {month} AND ({current})",
        f"SELECT vinculo_id, {names} FROM sib_vinculo_versao "
        f"WHERE desde <= {month} AND ate > {month} AND ({former})",
    )
