"""The answer to a file: its RPX, and the end of its processing.

An RPX is made from what the base holds of the file and from moments that were noted down, so making it again gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
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
from vincula.national.sib.rules.catalog import Finding, rules
from vincula.national.sib.rules.fields import BY_COLUMN
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import files, frozen, months
from vincula.national.sib.services.staging import Staging

FORMAT_VERSION = "1"
FETCH = 5_000
NAMES_AT_ONCE = 600


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
    """Take a file name of our own: the second of processing, or the next one that is free.

    The official form has nothing finer than the second, so the names of several answers of one second run ahead of
    the clock. Nothing is read from that time: the true one is in the header.
    """
    if arquivo.rpx:
        return
    for name in _free_names(arquivo.registro_ans, arquivo.processado_em or months.now()):
        try:
            with transaction.atomic():
                Arquivo.objects.filter(pk=arquivo.pk).update(rpx=name)
        except IntegrityError:  # somebody has just taken it
            continue
        arquivo.rpx = name
        return


def _free_names(registro: str, since: datetime) -> Iterator[str]:
    """Names that no RPX of the operadora has, from this moment on; the taken ones are asked for in one go."""
    moment = since.astimezone(months.BRASILIA).replace(tzinfo=None)
    while True:
        names = [rpx_name(registro, moment + timedelta(seconds=seconds)) for seconds in range(NAMES_AT_ONCE)]
        mine = Arquivo.objects.filter(registro_ans=registro, rpx__range=(names[0], names[-1]))
        taken = set(mine.values_list("rpx", flat=True))
        yield from (name for name in names if name not in taken)
        moment += timedelta(seconds=NAMES_AT_ONCE)


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
