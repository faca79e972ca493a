"""The vínculos whose data agree with the Receita but whose person the CNS base does not know by CPF.

A person without CPF of the same name and birth whose mother does not differ is never taken for granted: the case goes
to the list for review. Otherwise a number is issued where the installation has a range, and else the vínculo waits
(AGUARDA_CADSUS). Numbers are issued in bounded blocks, in the order of the official routine; issuing twice for a CPF
gives the same number (cadsus.services), so a kill between issuing and noting it down changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from vincula.common.bulk import insert_rows
from vincula.common.loads import prefer_keys, refresh_statistics
from vincula.common.outcomes import RefusedError
from vincula.national.cadsus import services as cadsus
from vincula.national.sib.models import Competencia
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.reasons import Action, Reason
from vincula.national.sib.services import frozen

BLOCK = 5_000
RANGE_ENDED = ("FAIXA_ESGOTADA", "SEM_FAIXA")
Row = tuple[int, str, str, str, str, str]  # vínculo, CPF, and of the Receita name, mother, birth, sex


def settle(competencia: Competencia, progress: Callable[[int, int], None]) -> None:
    """Settle every row of the competência that still waits. `progress` gets (settled, of how many)."""
    month = int(competencia.mes)
    _gather(month)
    _list_for_review(month)
    if cadsus.has_issuing_range():
        _issue_all(month, progress)


def _execute(query: str, parameters: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)


def _waiting(month: int) -> str:
    return f"competencia = {month} AND motivo = {Reason.AGUARDA_CADSUS}"


def _gather(month: int) -> None:
    """The waiting vínculos with the Receita's data of their person (theirs may be cut), for this connection alone.

    In two steps, so that the planner of the second knows how few there are."""
    _make("a_espera", "vinculo_id", f"SELECT vinculo_id, fase FROM sib_atribuicao WHERE {_waiting(month)}")
    state = frozen.state_at(month, ("cpf",), "{id} IN (SELECT vinculo_id FROM a_espera)")
    _make(
        "pendente",
        "vinculo_id, data_nascimento, nome_chave",
        "SELECT v.vinculo_id, m.fase, r.cpf, r.nome, r.nome_chave, r.nome_mae, r.mae_chave, r.data_nascimento, r.sexo "
        f"FROM ({state}) v JOIN a_espera m ON m.vinculo_id = v.vinculo_id JOIN receita_identidade r ON r.cpf = v.cpf",
    )


def _make(table: str, joined: str, query: str) -> None:
    """A temporary table, with statistics of the columns that later joins look at."""
    with transaction.atomic():
        prefer_keys()
        _execute(f"DROP TABLE IF EXISTS {table}")
        _execute(f"CREATE TEMPORARY TABLE {table} AS {query}")
        refresh_statistics(f"{table} ({joined})")


def _list_for_review(month: int) -> None:
    """Whoever has a namesake without CPF, born the same day, whose mother agrees or is not known on one side."""
    with transaction.atomic():
        prefer_keys()
        _execute(
            "INSERT INTO sib_revisao (competencia, vinculo_id, pessoa_id) "
            f"SELECT {month}, p.vinculo_id, s.pessoa_id FROM pendente p JOIN cadsus_sem_cpf s "
            "ON s.data_nascimento = p.data_nascimento AND s.nome_chave = p.nome_chave "
            "AND (s.mae_chave = '' OR p.mae_chave = '' OR s.mae_chave = p.mae_chave)"
        )
        refresh_statistics("sib_revisao")
        listed = f"SELECT vinculo_id FROM sib_revisao WHERE competencia = {month}"
        _execute(
            f"UPDATE sib_atribuicao SET motivo = {Reason.EM_REVISAO} "
            f"WHERE {_waiting(month)} AND vinculo_id IN ({listed})"
        )
        _execute(f"DELETE FROM pendente WHERE vinculo_id IN ({listed})")


def _issue_all(month: int, progress: Callable[[int, int], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vinculo_id, cpf, nome, nome_mae, data_nascimento, sexo FROM pendente ORDER BY fase, vinculo_id"
        )
        rows: list[Row] = list(cursor.fetchall())
    for first in range(0, len(rows), BLOCK):
        block = rows[first : first + BLOCK]
        issued = _issue(block, as_text(month))
        _note_down(month, [(str(row[0]), issued[row[1]]) for row in block if row[1] in issued])
        progress(min(first + BLOCK, len(rows)), len(rows))


def _note_down(month: int, numbers: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        _execute("DROP TABLE IF EXISTS emitido")
        _execute("CREATE TEMPORARY TABLE emitido (vinculo_id bigint PRIMARY KEY, cns varchar(15))")
        insert_rows("emitido", ("vinculo_id", "cns"), numbers)
        _execute(
            # By the key of each: joined FROM emitido, the planner of SQLite begins with every row of the competência.
            f"UPDATE sib_atribuicao SET motivo = {Reason.VALIDADO}, acao = {Action.EMITIDO}, "
            "cns = (SELECT e.cns FROM emitido e WHERE e.vinculo_id = sib_atribuicao.vinculo_id) "
            f"WHERE competencia = {month} AND vinculo_id IN (SELECT vinculo_id FROM emitido)"
        )


def _issue(rows: list[Row], month: str) -> dict[str, str]:
    """CPF → number issued (or found, when another hand registered the person meanwhile).

    When the range ends in the middle of a block, its last numbers still go to those who come first."""
    people = [
        cadsus.NewPerson(cpf=cpf, nome=name, nome_mae=mother, data_nascimento=birth, sexo=sex)
        for _, cpf, name, mother, birth, sex in rows
    ]
    size = len(people)
    while size:
        try:
            issued = cadsus.issue_cns_batch(people[:size], cadsus.Author("sib"), month)
        except RefusedError as error:
            if error.refused.code not in RANGE_ENDED:
                raise
            size //= 2
            continue
        rest = {} if size == len(people) else _issue(rows[size : 2 * size], month)
        return {**{one.cpf: one.cns for one in issued}, **rest}
    return {}
