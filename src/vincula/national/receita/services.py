"""The CPF base: its load. Set-based work reads the view `receita_identidade(cpf, nome_chave,
data_nascimento, situacao, nome_mae, mae_chave, nome, sexo)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from vincula.common.bulk import batches, upsert_rows
from vincula.common.loads import LoadReport, Progress, bulk_base, bulk_memory, no_progress, refresh_statistics
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.common.tabular import RefusedRows, open_table
from vincula.national.receita.rules import COLUMNS, TABLE_COLUMNS, Row, fault_of, sound, table_rows

BATCH = 25_000  # rows of one commit


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Whose a CPF is: the identity keys of his and his mother's name ("" where not known), birth `AAAA-MM-DD`, sex."""

    nome_chave: str
    mae_chave: str
    data_nascimento: str
    sexo: str
    situacao: int


def holder_of(cpf: str) -> Holder | None:
    """Whose the CPF is; None where the base does not have it. What may be told of him is the caller's care: a reason
    must not let anybody ask the Receita about a stranger."""
    columns = "nome_chave, mae_chave, data_nascimento, sexo, situacao"
    with connection.cursor() as cursor:  # once per registration: plain SQL costs a fifth of a query set
        cursor.execute(f"SELECT {columns} FROM receita_contribuinte WHERE cpf = %s", (cpf,))
        found = cursor.fetchone()
    return Holder(*found) if found else None


def has_people() -> bool:
    """Whether anything was ever loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM receita_contribuinte LIMIT 1")
        return cursor.fetchone() is not None


def load_csv(source: Path, progress: Progress = no_progress) -> Outcome[LoadReport]:
    """Load the base from a CSV with `cpf,nome,nome_social,nome_mae,data_nascimento,sexo,situacao,ano_obito`.

    Streamed, in bounded commits, and idempotent: rows already there are left alone, changed ones replaced,
    and a load that was killed is completed by running it again. Of a CPF that comes several times the last
    row holds. Refused: as common.tabular.open_table; a row that is not fit is left out and reported.
    """
    opened = open_table(source, COLUMNS, extras=False)
    if isinstance(opened, Refused):
        return opened
    table = opened.value
    report = LoadReport(refused=table.refused)
    try:
        with bulk_memory(), bulk_base():
            for batch in batches(table, BATCH):
                _take(batch, report)
                report.rows += len(batch)
                progress(report.rows)
    except RefusedError as error:
        return error.refused
    refresh_statistics("receita_contribuinte")
    return Accepted(report)


def _take(batch: list[tuple[int, Row]], report: LoadReport) -> None:
    rows = [row for _, row in batch]
    fit = rows if sound(rows) else _fit(batch, report.refused)
    last = {row[0]: row for row in fit}
    report.repeated += len(fit) - len(last)
    ordered = [last[cpf] for cpf in sorted(last)]  # in the order of the key: neighbours share a page
    report.add(upsert_rows("receita_contribuinte", TABLE_COLUMNS, table_rows(ordered), "cpf"))


def _fit(batch: list[tuple[int, Row]], refused: RefusedRows) -> list[Row]:
    fit = []
    for line, row in batch:
        if fault := fault_of(row):
            refused.add(line, fault.code, fault.message, fault.column)
        else:
            fit.append(row)
    return fit
