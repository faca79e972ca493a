"""Lists per vínculo: replaced numbers, and why the others have none. A frozen competência gives the same list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from vincula.common.audit.services import Event, record
from vincula.common.files import whole_file
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.tabular import write_csv
from vincula.identifiers import cco
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason
from vincula.national.sib.services import frozen, readiness

REPLACED = (Action.SUBSTITUIDO_QUALIDADE, Action.SUBSTITUIDO_OUTRA_PESSOA)
HEADER = (
    "cco", "codigo_beneficiario", "nome", "situacao", "cns_enviado", "cns", "resultado", "motivo", "explicacao",
    "proximo_passo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One vínculo in a list. `sent` is the CNS that the operadora sent, `cns` what it has now."""

    cco: str
    codigo: str
    nome: str
    active: bool
    sent: str
    cns: str
    action: Action
    reason: Reason


def lines(
    registro: str,
    month: int,
    *,
    reason: Reason | None = None,
    replaced: bool = False,
    after: int = 0,
    limit: int | None = None,
) -> Iterator[Line]:
    """Vínculos without CNS and those whose number was replaced, by CCO; of one reason only, the replaced only, or a
    page, if asked.

    `after` is the number of the last one of the former page."""
    state = frozen.state_at(month, ("codigo", "nome", "situacao", "cns"), "registro_ans = %s")
    swapped = f"a.acao IN ({int(REPLACED[0])}, {int(REPLACED[1])})"
    chosen = swapped if replaced else "a.cns = ''" if reason else f"(a.cns = '' OR {swapped})"
    if reason:
        chosen += f" AND a.motivo = {int(reason)}"
    bound = f"LIMIT {int(limit)}" if limit else ""
    with frozen.reading(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT v.vinculo_id, v.codigo, v.nome, v.situacao, v.cns, a.cns, a.acao, a.motivo "
            f"FROM ({state}) v JOIN sib_atribuicao a ON a.competencia = {int(month)} AND a.vinculo_id = v.vinculo_id "
            f"WHERE {chosen} AND v.vinculo_id > {int(after)} ORDER BY v.vinculo_id {bound}",
            [registro, registro],
        )
        while rows := cursor.fetchmany(1_000):
            for number, codigo, nome, situation, sent, cns, action, why in rows:
                yield Line(
                    cco.from_number(number),
                    codigo,
                    nome,
                    situation == "A",
                    sent,
                    cns,
                    Action(action),
                    Reason(why),
                )


def may_list(registro: str, month: int) -> Refused | None:
    """Why this operadora's list of the competência cannot be had now, if so."""
    return readiness.not_yet(registro, month, readiness.LIST)


def write_list(registro: str, month: int, out: Path, actor: str) -> Outcome[int]:
    """The whole list as a CSV that a spreadsheet opens safely; how many rows it has."""
    refused = may_list(registro, month)
    if refused:
        return refused
    rows = (
        (
            one.cco, one.codigo, one.nome, "ATIVO" if one.active else "INATIVO", one.sent, one.cns, one.action.name,
            one.reason.name, ACTION_TEXT[one.action] if one.cns else EXPLANATION[one.reason].sentence,
            "" if one.cns else EXPLANATION[one.reason].next_step,
        )
        for one in lines(registro, month)
    )  # fmt: skip
    with whole_file(out.absolute()) as target:
        count = write_csv(target, HEADER, rows)
    record(
        Event(
            actor,
            "sib:lista:entregue",
            f"operadora:{registro}",
            purpose="correção cadastral",
            details={"competencia": as_text(month), "linhas": count},
        )
    )
    return Accepted(count)
