"""The CNX: the frozen state of a closed and consolidated competência, for the operadora itself (R097–R101).

Everything in it comes from that state and from the moment of consolidation, never from the clock: asked for today or
in a year, it has the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from vincula.common.audit.services import Event, record
from vincula.common.bulk import select_rows
from vincula.common.files import whole_file
from vincula.common.locks import exclusive
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.sib import CNPJ_ANS, TRANSACAO_CNX, VERSAO_PADRAO, Header, cnx_name, write_cnx
from vincula.formats.sib.cnx import COLUMNS_CNX
from vincula.identifiers import bulk
from vincula.national.sib.models import Competencia, PedidoCnx
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.fields import BY_ELEMENT
from vincula.national.sib.services import columns as c
from vincula.national.sib.services import files, frozen, months, readiness

FETCH = 2_000
# Part of the bytes of every CNX ever served: changes only when what we write changes, never with a release.
FORMAT_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Conference:
    """A CNX ready to be fetched: where it lies, under which official name, how many vínculos it has."""

    path: Path
    name: str
    sha256: str
    beneficiarios: int


def file_name(registro: str, month: int) -> str:
    """The official form; the date in its tail, whose meaning is unknown, is the first day of the competência."""
    return cnx_name(registro, datetime(month // 100, month % 100, 1))  # noqa: DTZ001 - a name has no time zone


def conference(registro: str, month: int, actor: str) -> Outcome[Conference]:
    """The operadora's CNX of the competência, made when asked for the first time.

    The caller has made sure that the asker is the operadora. Refused while the competência is not both closed and
    consolidated (R100)."""
    refused = may_have(registro, month)
    if refused:
        return refused
    with exclusive(f"sib:cnx:{registro}:{month}"):
        request, _ = PedidoCnx.objects.get_or_create(
            registro_ans=registro,
            competencia=month,
            defaults={"pedido_em": months.now(), "pedido_por": actor},
        )
        path = files.cnx(file_name(registro, month))
        if request.estado != PedidoCnx.Estado.PRONTO or not path.exists():
            _make(request, path)
    record(
        Event(
            actor,
            "sib:cnx:entregue",
            f"operadora:{registro}",
            purpose="conferência cadastral",
            details={"competencia": month, "sha256": request.sha256, "beneficiarios": request.beneficiarios},
        )
    )
    return Accepted(Conference(path, path.name, request.sha256, request.beneficiarios))


def _has_vinculos(registro: str, month: int) -> bool:
    """The schema of the CNX asks for one beneficiário at least."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM ({frozen.state_at(month, ('cpf',), 'registro_ans = %s')}) v LIMIT 1",
            [registro, registro],
        )
        return cursor.fetchone() is not None


def may_have(registro: str, month: int) -> Refused | None:
    """Why this operadora cannot have this CNX now, if so."""
    if refused := readiness.not_yet(registro, month, readiness.CNX):
        return refused
    if _has_vinculos(registro, month):
        return None
    return Refused(
        "CNX_SEM_BENEFICIARIOS",
        f"A operadora {registro} não tinha vínculos no fim da competência {as_text(month)}: não há o que conferir.",
        "Confira o registro e a competência; os vínculos entram por inclusão, num SBX.",
    )


def _make(request: PedidoCnx, path: Path) -> None:
    """Write the file whole, then say so: a kill in between leaves the request to be served again."""
    counted = Counted(rows(request.registro_ans, request.competencia))
    with whole_file(path) as out:
        write_cnx(out, header(request.registro_ans, request.competencia), counted)
    request.sha256 = _digest(path)
    request.beneficiarios = counted.count
    request.estado, request.pronto_em = PedidoCnx.Estado.PRONTO, months.now()
    request.save()


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def header(registro: str, month: int) -> Header:
    """Its date is that of the consolidation, its sequence the competência: the same at every writing."""
    done = Competencia.objects.values_list("consolidada_em", flat=True).get(mes=month)
    assert done is not None
    return Header(
        tipo_transacao=TRANSACAO_CNX,
        sequencial=str(month),
        data_hora=f"{done.astimezone(months.BRASILIA):%Y-%m-%dT%H:%M:%S}",
        origem_cnpj=CNPJ_ANS,
        destino_registro=registro,
        versao_padrao=VERSAO_PADRAO,
        aplicativo="VINCULA",
        versao_aplicativo=FORMAT_VERSION,
        fabricante="VINCULA",
    )


class Counted:
    """The rows of a CNX, counted as they pass."""

    def __init__(self, rows: Iterator[tuple[str, ...]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self._rows:
            self.count += 1
            yield row


def rows(registro: str, month: int) -> Iterator[tuple[str, ...]]:
    """Rows in the order of formats.sib.COLUMNS_CNX, by CCO."""
    for fetched in select_rows(query(month), [registro, registro], FETCH):
        ccos = bulk.ccos([int(row[0]) for row in fetched])
        titulares = [int(row[1]) for row in fetched]
        owners = bulk.ccos(titulares)
        for number, titular, owner, row in zip(ccos, titulares, owners, fetched, strict=True):
            yield (number, *row[2:TITULAR], owner if titular else "", *row[TITULAR:])


_SPECIAL = {
    "situacao": "CASE v.situacao WHEN 'A' THEN 'ATIVO' ELSE 'INATIVO' END",
    "dataAtualizacao": "v.atualizado_em",
    "cns": "coalesce(a.cns, '')",
    "situacaoTransferencia": "''",  # transfers are made by ANS; this installation makes none
}
# What the query gives for each column of the CNX but the CCOs, which are made from the numbers before them.
_SHOWN = [name for name in COLUMNS_CNX if name not in ("cco", "ccoBeneficiarioTitular")]
TITULAR = COLUMNS_CNX.index("ccoBeneficiarioTitular") + 1  # in a row of the query, where the titular belongs


def query(month: int) -> str:
    """SQL of a CNX: number, titular's number, then _SHOWN; the parameters are the registro, twice.

    Each half of the state comes in its own order, so that neither engine has to sort a million wide rows."""
    columns = ", ".join(_SPECIAL.get(name) or f"v.{BY_ELEMENT[name].column}" for name in _SHOWN)
    halves = (
        f"SELECT v.vinculo_id, v.titular_id, {columns} FROM ({arm}) v "
        f"LEFT JOIN sib_atribuicao a ON a.competencia = {int(month)} AND a.vinculo_id = v.vinculo_id"
        for arm in frozen.arms(month, c.STATE[1:], "registro_ans = %s")
    )
    return f"{' UNION ALL '.join(halves)} ORDER BY 1"
