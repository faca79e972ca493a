"""Attribution, set-based: one INSERT … SELECT per block of vínculos, joined with the Receita and the CNS base.

Each block is one short transaction that also moves the competência's mark, so a killed consolidation goes on where it
stopped. Those whose person the CNS base does not hold wait (AGUARDA_CADSUS) until settling.py has looked at them. The
order of the official routine (reference sib.md, section 9) is kept as `fase` 1, 2, 3; it decides who gets a number
first when numbers are issued, the only place where order shows.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from vincula.common.loads import refresh_statistics
from vincula.national.sib.models import Competencia
from vincula.national.sib.rules.reasons import Action, Reason
from vincula.national.sib.services import frozen, months

# On SQLite a block holds the write lock (about a second). On PostgreSQL it holds nobody back, and each begins with
# reading the bases whole, so few large ones are better.
BLOCK = {"sqlite": 100_000, "postgresql": 1_000_000}
# What keeps each engine from computing a joined value again for each place that uses it. SQLite has to write the join
# down; PostgreSQL need not, where a subquery must not be merged into the one around it.
FENCE = {"sqlite": ("MATERIALIZED", ""), "postgresql": ("NOT MATERIALIZED", "OFFSET 0")}


def attribute(competencia: Competencia, progress: Callable[[int, int], None]) -> None:
    """Give every vínculo of the competência's state its result. `progress` gets (vínculos looked at, of how many)."""
    last = _last_number()
    previous = months.previous_consolidated(competencia.mes)
    while competencia.atribuido_ate < last:
        first, end = (
            competencia.atribuido_ate + 1,
            min(competencia.atribuido_ate + BLOCK[connection.vendor], last),
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(block_query(competencia.mes, previous, first, end))
            competencia.atribuido_ate = end
            competencia.save(update_fields=["atribuido_ate"])
        progress(end, last)
    refresh_statistics("sib_atribuicao (competencia, vinculo_id, motivo)")


def _last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(ultimo), 0) FROM sib_sequencia WHERE nome = 'vinculo'")
        return int(cursor.fetchone()[0])


def block_query(month: int, previous: int | None, first: int, end: int) -> str:
    """The statement for the vínculos numbered first to end. Only our own integers stand in it."""
    state = frozen.state_at(month, frozen.JUDGED, f"{{id}} BETWEEN {first} AND {end}")
    held, join = _held_before(previous)
    written, unmerged = FENCE[connection.vendor]
    return f"""
        INSERT INTO sib_atribuicao (competencia, vinculo_id, cns, acao, motivo, fase)
        WITH visto AS {written} (
            SELECT v.vinculo_id, v.cns, v.cns_desde, {held}, {_reason()} AS achado,
                   m.pessoa_id, coalesce(m.cns_mestre, '') AS mestre
            FROM ({state}) v
            LEFT JOIN receita_identidade r ON r.cpf = v.cpf
            LEFT JOIN cadsus_mestre m ON m.cpf = v.cpf
            {join}
        )
        SELECT {month}, vinculo_id,
            CASE WHEN motivo = {Reason.VALIDADO} THEN mestre ELSE {_kept()} END,
            CASE WHEN motivo = {Reason.VALIDADO} THEN {_action()} ELSE {_kept_action()} END,
            motivo,
            CASE WHEN motivo NOT IN ({_VALIDATED}) THEN 3
                 WHEN cns_desde = {month} THEN 1 WHEN antes = '' THEN 2 ELSE 3 END
        FROM (SELECT visto.*, {_and_held()} AS motivo FROM visto {unmerged}) julgado
    """


_VALIDATED = f"{Reason.VALIDADO}, {Reason.AGUARDA_CADSUS}"


def _held_before(previous: int | None) -> tuple[str, str]:
    """The number that the record had before this consolidation: the one sent since the last one, or its result.

    A result stands only while the identity it was given on stands."""
    if previous is None:
        return "v.cns AS antes, '' AS anterior", ""
    given = f"v.cns_desde <= {previous} AND coalesce(p.cns, '') <> ''"
    return (
        f"CASE WHEN {given} THEN p.cns ELSE v.cns END AS antes, "
        f"CASE WHEN {given} AND v.identidade_desde <= {previous} THEN p.cns ELSE '' END AS anterior",
        f"LEFT JOIN sib_atribuicao p ON p.competencia = {previous} AND p.vinculo_id = v.vinculo_id",
    )


def _reason() -> str:
    """The oracle rule: a field is named only where the CPF exists and the other one agrees; the situation of a CPF,
    and what the CNS base holds, only where all three agree."""
    nome, nascimento = "r.nome_chave = v.nome_chave", "r.data_nascimento = v.nascimento"
    return f"""CASE
        WHEN v.cpf = '' THEN {Reason.SEM_CPF}
        WHEN {nascimento} THEN CASE
            WHEN r.nome_chave <> v.nome_chave THEN {Reason.NOME_DIFERE}
            WHEN r.situacao = 3 THEN {Reason.CPF_FALECIDO}
            WHEN r.situacao IN (5, 9) THEN {Reason.CPF_CANCELADO}
            WHEN r.situacao NOT IN (0, 2, 4) THEN {Reason.CPF_NULO}
            WHEN m.disputado THEN {Reason.CPF_EM_CONFLITO}
            ELSE {Reason.VALIDADO} END
        WHEN {nome} THEN {Reason.NASCIMENTO_DIFERE}
        ELSE {Reason.DADOS_NAO_CONFEREM} END"""


def _and_held() -> str:
    """The reason, with what the CNS base holds."""
    return (
        f"CASE WHEN achado = {Reason.VALIDADO} AND mestre = '' THEN {Reason.AGUARDA_CADSUS} ELSE achado END"
    )


def _action() -> str:
    return f"""CASE
        WHEN antes = '' THEN {Action.ATRIBUIDO}
        WHEN antes = mestre THEN {Action.MANTIDO}
        WHEN pessoa_id = (SELECT n.pessoa_id FROM cadsus_numero n WHERE n.cns = antes)
        THEN {Action.SUBSTITUIDO_QUALIDADE}
        ELSE {Action.SUBSTITUIDO_OUTRA_PESSOA} END"""


def _kept() -> str:
    """Without a ground of this routine: what it gave before on the same identity, else what the operadora sent."""
    return "CASE WHEN anterior <> '' THEN anterior ELSE cns END"


def _kept_action() -> str:
    return f"""CASE WHEN anterior <> '' THEN {Action.CONSERVADO}
        WHEN cns <> '' THEN {Action.INFORMADO} ELSE {Action.NENHUMA} END"""
