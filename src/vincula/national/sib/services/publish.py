"""One short transaction that makes a judged file's movements the state of the base: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules.fields import INCLUSAO
from vincula.national.sib.services import columns as c
from vincula.national.sib.services import months
from vincula.national.sib.services.staging import Staging

WAITING_PAGE = 1_000  # vínculos
# NOT (… = '') as index sib_vinculo_sem_titular says it: SQLite takes no other wording for its condition.
WAITING = (
    "SELECT id, codigo_titular FROM sib_vinculo WHERE registro_ans = %s AND titular_id = 0 "
    "AND NOT (codigo_titular = '') AND (codigo_titular, id) > (%s, %s) ORDER BY codigo_titular, id LIMIT %s"
)


def publish(arquivo: Arquivo, staging: Staging, totals: dict[str, Any], now: datetime) -> None:
    """Bring the staged file into the base and mark it PUBLICADO. Raises nothing that is not a broken invariant."""
    with transaction.atomic():
        last = _take_numbers(staging.order)
        base = last - staging.order
        _change_states(arquivo)
        _insert_new(arquivo, staging, base)
        _adopt_dependents(arquivo, staging, base)
        _copy(c.MOVEMENT_TABLE, "sib_movimento", c.MOVEMENT)
        _copy(c.FINDING_TABLE, "sib_critica", c.FINDING)
        Arquivo.objects.filter(pk=arquivo.pk).update(
            estado=Arquivo.Estado.PUBLICADO,
            processado_em=now,
            protocolo=protocol_number(arquivo),
            totais=totals,
            primeiro_vinculo=base + 1,
            ultimo_vinculo=last,
        )


def protocol_number(arquivo: Arquivo) -> str:
    """The PTC. The official format is unknown; ours: day of receipt and the file's number."""
    return f"PTC{arquivo.recebido_em.astimezone(months.BRASILIA):%Y%m%d}{arquivo.pk:010d}"


def _execute(query: str, parameters: list[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return int(cursor.rowcount)


def _take_numbers(count: int) -> int:
    """The last of `count` new CCO numbers; the row lock holds other publishers until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sib_sequencia (nome, ultimo) VALUES ('vinculo', %s) "
            "ON CONFLICT (nome) DO UPDATE SET ultimo = sib_sequencia.ultimo + excluded.ultimo RETURNING ultimo",
            [count],
        )
        return int(cursor.fetchone()[0])


def _change_states(arquivo: Arquivo) -> None:
    """Keep what an earlier competência ended with, then replace the rows that the file touched."""
    state = c.listed(c.STATE)
    touched = f"SELECT id FROM {c.STATE_TABLE}"
    _keep_versions(arquivo.competencia, f"id IN ({touched})")
    _execute(f"DELETE FROM sib_vinculo WHERE id IN ({touched})")
    every = f"id, {state}, {c.listed(c.ORIGIN)}"
    _execute(f"INSERT INTO sib_vinculo ({every}) SELECT {every} FROM {c.STATE_TABLE}")


def _keep_versions(month: int, condition: str, parameters: list[Any] | None = None) -> None:
    state = c.listed(c.STATE)
    _execute(
        f"INSERT INTO sib_vinculo_versao (vinculo_id, ate, {state}) "
        f"SELECT id, {month}, {state} FROM sib_vinculo WHERE desde < {month} AND {condition}",
        parameters,
    )


def _insert_new(arquivo: Arquivo, staging: Staging, base: int) -> None:
    same = c.listed((*INCLUSAO, "nome_chave", "posicao_inclusao"))
    month = arquivo.competencia
    _execute(
        f"INSERT INTO sib_vinculo (id, {same}, titular_id, registro_ans, situacao, reativacao, cancelamento, "
        "motivo_cancelamento, desde, identidade_desde, cns_desde, atualizado_em, arquivo_inclusao) "
        f"SELECT {base} + ordem, {same}, "
        f"CASE WHEN titular_id < 0 THEN {base} - titular_id ELSE titular_id END, "
        f"%s, 'A', '', '', '', {month}, {month}, {month}, %s, {arquivo.pk} FROM {c.NEW_TABLE} ORDER BY ordem",
        [arquivo.registro_ans, staging.context.today],
    )


def _adopt_dependents(arquivo: Arquivo, staging: Staging, base: int) -> None:
    """Dependents accepted while their titular was refused find him when he comes after them."""
    for waiting in _waiting(arquivo.registro_ans):
        batch = [(base + order, number) for number, code in waiting if (order := staging.order_of(code))]
        if not batch:
            continue
        _keep_versions(arquivo.competencia, f"id IN ({', '.join(str(number) for _, number in batch)})")
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE sib_vinculo SET titular_id = %s, desde = %s, atualizado_em = %s WHERE id = %s",
                [(titular, arquivo.competencia, staging.context.today, number) for titular, number in batch],
            )


def _waiting(registro: str) -> Iterator[list[tuple[int, str]]]:
    """Id and titular's código of every vínculo of the operadora that waits for its titular, in pages: a file of
    dependents whose titulares were all refused may leave millions. In the order of index sib_vinculo_sem_titular; who
    is adopted leaves it behind the page that is read next."""
    code, number = "", 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [registro, code, number, WAITING_PAGE])
            page: list[tuple[int, str]] = cursor.fetchall()
        if not page:
            return
        yield page
        number, code = page[-1]


def _copy(source: str, target: str, columns: tuple[str, ...]) -> None:
    _execute(f"INSERT INTO {target} ({c.listed(columns)}) SELECT {c.listed(columns)} FROM {source}")
