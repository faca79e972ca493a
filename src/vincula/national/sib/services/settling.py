"""The vínculos whose data agree with the Receita but whose person the CNS base does not know by CPF.

A person without CPF of the same name, birth and mother is never taken for granted: the case goes to the list for
review. Otherwise a number is issued where the installation has a range, and else the vínculo waits (AGUARDA_CADSUS).
Blocks are settled one transaction each; issuing twice for a CPF gives the same number (cadsus.services), so a kill
between issuing and noting it down changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from vincula.common.bulk import batches
from vincula.common.outcomes import RefusedError
from vincula.national.cadsus import services as cadsus
from vincula.national.sib.models import Competencia, Revisao
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.reasons import Action, Reason
from vincula.national.sib.services import frozen
from vincula.national.sib.services.attribution import UNSETTLED

BLOCK = 5_000
PAIRS = 1_000
Row = tuple[int, str, str, str, str, str, str, str]


def settle(competencia: Competencia, progress: Callable[[int, int], None]) -> None:
    """Settle every marked row, in the order of the official routine. `progress` gets (settled, of how many)."""
    total, done = _count(competencia.mes), 0
    while rows := _next(competencia.mes):
        _settle_block(competencia.mes, rows)
        done += len(rows)
        progress(min(done, total), total)


def _count(month: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sib_atribuicao WHERE competencia = %s AND motivo = %s", [month, UNSETTLED]
        )
        return int(cursor.fetchone()[0])


def _next(month: int) -> list[Row]:
    """The next rows to settle, with the Receita's data of their person: the vínculos' names may be cut."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vinculo_id FROM sib_atribuicao WHERE competencia = %s AND motivo = %s "
            "ORDER BY fase, vinculo_id LIMIT %s",
            [month, UNSETTLED, BLOCK],
        )
        numbers = ", ".join(str(row[0]) for row in cursor.fetchall())
        if not numbers:
            return []
        state = frozen.state_at(month, ("cpf", "municipio"), f"{{id}} IN ({numbers})")
        cursor.execute(
            "SELECT v.vinculo_id, r.cpf, r.nome, r.nome_chave, r.data_nascimento, r.nome_mae, r.sexo, r.mae_chave "
            f"FROM ({state}) v JOIN receita_identidade r ON r.cpf = v.cpf "
            f"JOIN sib_atribuicao a ON a.competencia = {int(month)} AND a.vinculo_id = v.vinculo_id "
            "ORDER BY a.fase, v.vinculo_id"
        )
        return list(cursor.fetchall())


def _settle_block(month: int, rows: Sequence[Row]) -> None:
    review = _to_review(rows)
    issued = _issue(month, [row for row in rows if row[0] not in review])
    results: list[tuple[Any, ...]] = []
    for vinculo, cpf, *_ in rows:
        number = issued.get(cpf, "")
        if vinculo in review:
            results.append((Reason.EM_REVISAO, "", Action.NENHUMA, vinculo))
        elif number:
            results.append((Reason.VALIDADO, number, Action.EMITIDO, vinculo))
        else:
            results.append((Reason.AGUARDA_CADSUS, "", Action.NENHUMA, vinculo))
    with transaction.atomic(), connection.cursor() as cursor:
        Revisao.objects.bulk_create(
            Revisao(competencia=month, vinculo_id=vinculo, pessoa_id=person)
            for vinculo, people in review.items()
            for person in people
        )
        # A vínculo that was left without a new number keeps the one it had (cns, acao stand already).
        cursor.executemany(
            "UPDATE sib_atribuicao SET motivo = %s, cns = CASE WHEN %s = '' THEN cns ELSE %s END, "
            "acao = CASE WHEN %s = '' THEN acao ELSE %s END WHERE competencia = %s AND vinculo_id = %s",
            [(reason, cns, cns, cns, action, month, vinculo) for reason, cns, action, vinculo in results],
        )


def _to_review(rows: Sequence[Row]) -> dict[int, list[int]]:
    """vínculo → persons without CPF of the same name and birth whose mother agrees, or is not known on one side."""
    namesakes: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for batch in batches(sorted({(row[4], row[3]) for row in rows}), PAIRS):
        marks = ", ".join(["(%s, %s)"] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT data_nascimento, nome_chave, mae_chave, pessoa_id FROM cadsus_sem_cpf "
                f"WHERE (data_nascimento, nome_chave) IN (VALUES {marks})",
                [part for pair in batch for part in pair],
            )
            for birth, name, mother, person in cursor.fetchall():
                namesakes.setdefault((birth, name), []).append((mother, person))
    found: dict[int, list[int]] = {}
    for row in rows:
        people = [
            p
            for mother, p in namesakes.get((row[4], row[3]), ())
            if not mother or not row[7] or mother == row[7]
        ]
        if people:
            found[row[0]] = people
    return found


def _issue(month: int, rows: Sequence[Row]) -> dict[str, str]:
    """CPF → number issued (or found, when another hand registered the person meanwhile)."""
    if not rows or not cadsus.has_issuing_range():
        return {}
    people = {
        cpf: cadsus.NewPerson(cpf=cpf, nome=name, nome_mae=mother, data_nascimento=birth, sexo=sex)
        for _, cpf, name, _, birth, mother, sex, _ in rows
    }
    return _issue_what_there_is(list(people.values()), as_text(month))


def _issue_what_there_is(people: list[cadsus.NewPerson], month: str) -> dict[str, str]:
    """When the range ends in the middle of a block, its last numbers still go to those who come first."""
    size = len(people)
    while people and size:
        try:
            issued = cadsus.issue_cns_batch(people[:size], cadsus.Author("sib"), month)
        except RefusedError:
            size //= 2
            continue
        if size == len(people):
            return {one.cpf: one.cns for one in issued}
        rest = _issue_what_there_is(people[size : 2 * size], month)
        return {**{one.cpf: one.cns for one in issued}, **rest}
    return {}
