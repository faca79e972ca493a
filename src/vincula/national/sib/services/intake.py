"""From a stored file to its result: header, structure, hash, críticas, base, RPX.

One operadora's files are processed one at a time, in order of arrival (instr. §10), under a lock that ends with the
process that holds it. Whatever moment a process dies at, the next one finds the file's state and goes on from there:
RECEBIDO and EM_PROCESSAMENTO start again from the stored file (nothing was published), PUBLICADO only lacks its RPX,
and so does a REJEITADO without a moment of processing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from vincula.common.audit.services import Event, record
from vincula.common.locks import exclusive
from vincula.formats.sib import Fault, Header, SbxReader, read_sbx
from vincula.national.cadop import services as cadop
from vincula.national.ibge import services as ibge
from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules import rejections
from vincula.national.sib.rules.records import Context
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import files, months
from vincula.national.sib.services.answer import finish, totals
from vincula.national.sib.services.publish import publish
from vincula.national.sib.services.reject import noted_down, on_arrival, reject
from vincula.national.sib.services.staging import Staging

Progress = Callable[[int, int], None]
ENDS = (Arquivo.Estado.PROCESSADO, Arquivo.Estado.REJEITADO)
WITHOUT_END = ~Q(estado__in=ENDS) | Q(estado=Arquivo.Estado.REJEITADO, processado_em__isnull=True)


@dataclass(frozen=True, slots=True)
class Processed:
    """Where the file ended. `resumed`: an earlier process had died over it."""

    arquivo_id: int
    rejected: bool
    resumed: bool


def process(arquivo_id: int, progress: Progress) -> Processed:
    """Process the file, after whatever of the same operadora arrived before it. Returns at once when it has ended.

    `progress` gets (bytes read, bytes in all) of the file that is being read.
    """
    registro = Arquivo.objects.values_list("registro_ans", flat=True).get(pk=arquivo_id)
    with exclusive(intake_lock(registro)):
        waiting = Arquivo.objects.filter(WITHOUT_END, registro_ans=registro, pk__lte=arquivo_id)
        for arquivo in waiting.order_by("pk"):
            _process_one(arquivo, progress)
    done = Arquivo.objects.get(pk=arquivo_id)
    return Processed(done.pk, done.estado == Arquivo.Estado.REJEITADO, done.retomadas > 0)


def intake_lock(registro: str | None) -> str:
    """The lock under which an operadora's files are processed."""
    return f"sib:operadora:{registro}"


def unfinished() -> list[Arquivo]:
    """Files that have arrived and have no end yet, oldest first."""
    return list(Arquivo.objects.filter(WITHOUT_END).order_by("pk"))


def _process_one(arquivo: Arquivo, progress: Progress) -> None:
    if arquivo.estado == Arquivo.Estado.REJEITADO:
        _end_rejection(arquivo)
        return
    if arquivo.estado != Arquivo.Estado.RECEBIDO:
        _resumed(arquivo)
    if arquivo.estado != Arquivo.Estado.PUBLICADO:
        arquivo.estado = Arquivo.Estado.EM_PROCESSAMENTO
        arquivo.save(update_fields=["estado"])
        rejection = _judge(arquivo, progress)
        if rejection:
            reject(arquivo, rejection)
            return
        arquivo.refresh_from_db()
    finish(arquivo)


def _end_rejection(arquivo: Arquivo) -> None:
    with on_arrival(arquivo):
        arquivo.refresh_from_db()
        if arquivo.processado_em is None:
            _resumed(arquivo)
            reject(arquivo, noted_down(arquivo))


def _resumed(arquivo: Arquivo) -> None:
    arquivo.retomadas += 1
    arquivo.save(update_fields=["retomadas"])
    record(
        Event(
            "sistema",
            "sib:arquivo:retomado",
            f"operadora:{arquivo.registro_ans}",
            details={"arquivo": arquivo.pk, "estado": arquivo.estado},
        )
    )


def _judge(arquivo: Arquivo, progress: Progress) -> Rejection | None:
    """Read and judge the whole file, then publish it; or say why it is rejected."""
    with files.received(arquivo.sha256).open("rb") as source:
        reader = read_sbx(source)
        rejection = check_header(arquivo.registro_ans, reader)
        if rejection:
            return rejection
        context = Context(months.now().date().isoformat(), ibge.municipality_codes6())
        staging = Staging(arquivo.pk, arquivo.registro_ans, arquivo.competencia, context)
        for run in reader.runs():
            staging.add(run)
            progress(source.tell(), arquivo.tamanho)
    rejection = check_whole(reader)
    if rejection:
        return rejection
    arquivo.motivo_nao_envio = reader.outcome.no_movement_reason or ""
    arquivo.save(update_fields=["motivo_nao_envio"])
    publish(arquivo, staging, totals(staging, arquivo.motivo_nao_envio), months.now())
    return None


def check_header(registro: str, reader: SbxReader) -> Rejection | None:
    """Codes 16 to 19 and 22 to 24, as far as the header shows them. `registro` is that of the file's name."""
    if reader.faults:
        for _ in reader.runs():  # to the end, so that all its faults are listed
            pass
        return _structure(reader)
    operadora = cadop.get(registro)
    return judge_header(
        registro, reader.header, known=operadora is not None, active=operadora is not None and operadora.ativa
    )


def judge_header(registro: str, header: Header, *, known: bool, active: bool) -> Rejection | None:
    """Codes 17 to 19 and 22 to 24, of a header without faults; `known` and `active`: what CADOP says of `registro`."""
    return rejections.check_origin(
        header.origem_registro, registro, known=known, active=active
    ) or rejections.check_destination(header.destino_cnpj, header.versao_padrao)


def check_whole(reader: SbxReader) -> Rejection | None:
    """Codes 16, 20 and 21, once the file has been read to its end."""
    outcome = reader.outcome
    if outcome.fault_count:
        return _structure(reader)
    if not outcome.hash_diagnosis.accepted:
        return rejections.wrong_hash(outcome.hash_diagnosis.message, outcome.hash_diagnosis.remedy)
    if outcome.procedures > rejections.MAX_PROCEDURES:
        return rejections.too_many(outcome.procedures)
    return None


def _structure(reader: SbxReader) -> Rejection:
    outcome = reader.outcome
    return rejections.structure(fault_mappings(outcome.faults), outcome.fault_count)


def fault_mappings(faults: Iterable[Fault]) -> tuple[dict[str, Any], ...]:
    """Structural faults as they are kept and shown."""
    return tuple(_as_mapping(fault) for fault in faults)


def _as_mapping(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "position": fault.position,
        "beneficiary": fault.beneficiary,
        "field": fault.field,
        "character": fault.character,
        "message": fault.message,
        "remedy": fault.remedy,
        "rule": fault.rule,
    }
