"""The result of a file: the RPX, and the same for pages and for the command line.

An RPX is made from what the base holds of the file and from moments that were noted down, so making it again gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Count

from vincula.common.audit.services import Event, record
from vincula.common.files import whole_file
from vincula.formats.sib import CNPJ_ANS, TRANSACAO_RPX, VERSAO_PADRAO, Header, rpx_name
from vincula.formats.sib.rpx import (
    NOT_INFORMED,
    ErrorCount,
    FieldErrors,
    IncludedRecord,
    RecordError,
    RejectedFile,
    RejectedRecord,
    RpxWriter,
    Totals,
    write_rpx_rejected,
)
from vincula.identifiers import bulk
from vincula.national.sib.models import Arquivo, Critica
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.catalog import Finding, rules
from vincula.national.sib.rules.fields import BY_COLUMN, MOVEMENTS
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import files, frozen, months
from vincula.national.sib.services.staging import Staging

FORMAT_VERSION = "1"
FETCH = 5_000
NAME_TRIES = 3_600


def totals(staging: Staging, no_movement_reason: str) -> dict[str, Any]:
    """Records and refusals per kind of movement, as the file's row keeps them: {"1": [records, refused], …}."""
    counted = {str(kind): [count, staging.refused[kind]] for kind, count in sorted(staging.kinds.items())}
    if no_movement_reason:
        counted["6"] = [1, 0]
    return counted


def finish(arquivo: Arquivo) -> None:
    """From PUBLICADO to PROCESSADO: write the RPX whole, then say so."""
    _name_rpx(arquivo)
    with whole_file(files.rpx(arquivo.rpx)) as out:
        writer = RpxWriter(out, _header(arquivo), arquivo.protocolo, arquivo.nome)
        writer.rejected(_rejected(arquivo))
        writer.included(_included(arquivo))
        writer.close(_totals(arquivo), _error_counts(arquivo))
    record(
        Event(
            "sistema",
            "sib:arquivo:processado",
            f"operadora:{arquivo.registro_ans}",
            details={"arquivo": arquivo.pk, "protocolo": arquivo.protocolo, "totais": arquivo.totais},
        )
    )
    arquivo.estado = Arquivo.Estado.PROCESSADO
    arquivo.save(update_fields=["estado"])


def write_rejection_rpx(arquivo: Arquivo, rejection: Rejection) -> None:
    """The RPX of a file rejected as a whole."""
    _name_rpx(arquivo)
    refused = RejectedFile(
        file_name=arquivo.nome.encode("iso-8859-1", "replace").decode("iso-8859-1"),
        size=arquivo.tamanho,
        received=_moment(arquivo.recebido_em),
        origin_ip=arquivo.ip_origem or "127.0.0.1",
        reason=rejection.code,
    )
    with whole_file(files.rpx(arquivo.rpx)) as out:
        write_rpx_rejected(out, _header(arquivo), refused)


def _name_rpx(arquivo: Arquivo) -> None:
    """Take a file name of our own: the moment of processing, or the next second that is free."""
    if arquivo.rpx:
        return
    moment = (arquivo.processado_em or months.now()).astimezone(months.BRASILIA)
    for seconds in range(NAME_TRIES):
        name = rpx_name(arquivo.registro_ans, moment + timedelta(seconds=seconds))
        try:
            with transaction.atomic():
                Arquivo.objects.filter(pk=arquivo.pk).update(rpx=name)
        except IntegrityError:
            continue
        arquivo.rpx = name
        return
    raise RuntimeError("no free name for an RPX within an hour")


def _moment(when: datetime) -> str:
    return f"{when.astimezone(months.BRASILIA):%Y-%m-%dT%H:%M:%S}"


def _header(arquivo: Arquivo) -> Header:
    assert arquivo.processado_em is not None
    return Header(
        tipo_transacao=TRANSACAO_RPX,
        sequencial=str(arquivo.pk),
        data_hora=_moment(arquivo.processado_em),
        origem_cnpj=CNPJ_ANS,
        destino_registro=arquivo.registro_ans,
        versao_padrao=VERSAO_PADRAO,
        aplicativo="VINCULA",
        versao_aplicativo=FORMAT_VERSION,
        fabricante="VINCULA",
    )


def _rejected(arquivo: Arquivo) -> Iterator[RejectedRecord]:
    rows = (
        Critica.objects.filter(arquivo_id=arquivo.pk, recusa=True).order_by("posicao", "id").iterator(FETCH)
    )
    for _, group in groupby(rows, key=lambda row: row.posicao):
        found = list(group)
        first = found[0]
        yield RejectedRecord(
            kind=first.tipo,
            cco=first.cco,
            codigo_beneficiario=first.codigo_beneficiario,
            fields=_fields(found),
        )


def _fields(found: list[Critica]) -> tuple[FieldErrors, ...]:
    columns: dict[str, list[Critica]] = {}
    for one in found:
        columns.setdefault(one.campo, []).append(one)
    return tuple(
        FieldErrors(
            field_code=f"{BY_COLUMN[column].number:02d}",
            description=BY_COLUMN[column].label,
            value=ones[0].valor or NOT_INFORMED,
            errors=tuple(
                RecordError(Finding(one.regra, column).error_code, error_text(one.regra)) for one in ones
            ),
        )
        for column, ones in columns.items()
    )


def error_text(rule: str) -> str:
    """What the RPX says of a rule: our own id first, since code and message are ours."""
    return f"{rule}: {rules()[rule].message}"


def _included(arquivo: Arquivo) -> Iterator[IncludedRecord]:
    """By number. Right after publication nothing can have changed these rows: the operadora's lock is held."""
    with frozen.reading(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT id, codigo, nome FROM sib_vinculo WHERE id BETWEEN %s AND %s ORDER BY id",
            [arquivo.primeiro_vinculo, arquivo.ultimo_vinculo],
        )
        while rows := cursor.fetchmany(FETCH):
            for cco, (_, codigo, nome) in zip(bulk.ccos([row[0] for row in rows]), rows, strict=True):
                yield IncludedRecord(codigo, cco, nome)


def _totals(arquivo: Arquivo) -> dict[int, Totals]:
    return {
        int(kind): Totals(records=count, processed=count - refused, rejected=refused)
        for kind, (count, refused) in arquivo.totais.items()
    }


def _error_counts(arquivo: Arquivo) -> list[ErrorCount]:
    counted = Critica.objects.filter(arquivo_id=arquivo.pk, recusa=True).values_list("regra", "campo")
    return [
        ErrorCount(Finding(rule, column).error_code, error_text(rule), count)
        for rule, column, count in counted.annotate(n=Count("id")).order_by("regra", "campo")
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """A file and what became of it, for pages and commands. `totals`: kind → (records, refused)."""

    id: int
    registro: str
    name: str
    month: int
    state: str
    received: datetime
    processed: datetime | None
    protocol: str
    rpx: str
    size: int
    resumed: bool
    no_movement_reason: str
    totals: dict[int, tuple[int, int]] = field(default_factory=dict)
    rejection: Rejection | None = None

    @property
    def ended(self) -> bool:
        return self.state in (Arquivo.Estado.PROCESSADO, Arquivo.Estado.REJEITADO)

    @property
    def records(self) -> int:
        return sum(count for count, _ in self.totals.values())

    @property
    def refused(self) -> int:
        return sum(refused for _, refused in self.totals.values())

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "arquivo": self.name,
            "registro_ans": self.registro,
            "competencia": as_text(self.month),
            "estado": self.state,
            "protocolo": self.protocol,
            "retomado": self.resumed,
            "sem_movimento": self.no_movement_reason,
            "movimentos": {
                MOVEMENTS[kind]: {"registros": count, "processados": count - refused, "rejeitados": refused}
                for kind, (count, refused) in self.totals.items()
            },
            "registros": self.records,
            "rejeitados": self.refused,
            "rejeicao": None
            if self.rejection is None
            else {
                "codigo": self.rejection.code,
                "nome": self.rejection.name,
                "mensagem": self.rejection.message,
                "remedio": self.rejection.remedy,
                "falhas": list(self.rejection.faults),
                "total_de_falhas": self.rejection.fault_count,
            },
        }

    def as_lines(self) -> list[str]:
        """For people."""
        lines = [f"{self.name}: {self.state}, competência {as_text(self.month)}."]
        if self.protocol:
            lines.append(f"Protocolo: {self.protocol}")
        for kind, (count, refused) in self.totals.items():
            lines.append(
                f"  {MOVEMENTS[kind].lower()}: {count} registro(s), {count - refused} aceito(s), {refused} recusado(s)"
            )
        if self.rejection:
            lines += [
                f"  linha {f['line']}, coluna {f['column']}: {f['message']}"
                for f in self.rejection.faults[:20]
            ]
        return lines


def result(arquivo_id: int) -> Result:
    """The result of one file. Raises Arquivo.DoesNotExist."""
    return _result(Arquivo.objects.get(pk=arquivo_id))


def results_of(registro: str, *, month: int | None = None, limit: int = 50, offset: int = 0) -> list[Result]:
    """An operadora's files, newest first."""
    found = Arquivo.objects.filter(registro_ans=registro).order_by("-pk")
    if month is not None:
        found = found.filter(competencia=month)
    return [_result(one) for one in found[offset : offset + limit]]


def _result(one: Arquivo) -> Result:
    rejection = None
    if one.rejeicao is not None:
        kept = dict(one.explicacao)
        kept["faults"] = tuple(kept.get("faults", ()))
        rejection = (
            Rejection(code=one.rejeicao, **kept) if "message" in kept else Rejection(one.rejeicao, "", "")
        )
    return Result(
        id=one.pk,
        registro=one.registro_ans,
        name=one.nome,
        month=one.competencia,
        state=one.estado,
        received=one.recebido_em,
        processed=one.processado_em,
        protocol=one.protocolo,
        rpx=one.rpx,
        size=one.tamanho,
        resumed=one.retomadas > 0,
        no_movement_reason=one.motivo_nao_envio,
        totals={int(kind): (count, refused) for kind, (count, refused) in one.totais.items()},
        rejection=rejection,
    )


def rpx_path(one: Result) -> Path:
    """Where the RPX of an ended file lies."""
    return files.rpx(one.rpx)
