"""Closing drains and stops the intake of a competência; consolidation attributes and freezes. Both can be repeated
and, when killed, taken up again: what is done is marked in the base and is not done twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from vincula.common import config
from vincula.common.audit.services import Event, record
from vincula.common.loads import bulk_base
from vincula.common.locks import exclusive
from vincula.common.log import get_logger
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.national.receita import services as receita
from vincula.national.sib.models import Arquivo, Competencia
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.services import months
from vincula.national.sib.services.attribution import attribute
from vincula.national.sib.services.discretion import keep_silent
from vincula.national.sib.services.intake import WITHOUT_END, process
from vincula.national.sib.services.settling import settle

Progress = Callable[[int, int, str], None]
LOCK = "sib:consolidacao"
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Closed:
    """`resumed`: an earlier run had been cut short and was taken up. `already`: there was nothing left to do.

    `without_receita`: the Receita base was empty, so nobody could be validated."""

    month: int
    drained: int = 0
    already: bool = False
    resumed: bool = False
    without_receita: bool = False


def close(month: int, actor: str, progress: Progress) -> Outcome[Closed]:
    """Stop the intake of `month`, then process what had already arrived. Refused when an earlier one is still open,
    and in profile registry before its last day is over."""
    with exclusive(LOCK):
        refused = _not_yet(month)
        if refused:
            return refused
        with transaction.atomic():
            Competencia.objects.get_or_create(mes=month)
            row = Competencia.objects.select_for_update().get(mes=month)
            already = row.estado != Competencia.Estado.ABERTA
            if not already:
                row.estado, row.encerrada_em = Competencia.Estado.ENCERRADA, months.now()
                row.save()
                record(Event(actor, "sib:competencia:encerrada", f"competencia:{as_text(month)}"))
        drained = _drain(month, progress)
        return Accepted(Closed(month, drained, already=already and not drained))


def _not_yet(month: int) -> Refused | None:
    if refused := months.too_far(month, months.now().date()):
        return refused
    earlier = (
        Competencia.objects.filter(mes__lt=month, estado=Competencia.Estado.ABERTA).order_by("mes").first()
    )
    if earlier:
        return Refused(
            "COMPETENCIA_ANTERIOR_ABERTA",
            f"A competência {as_text(earlier.mes)} ainda está aberta.",
            f"Encerre-a primeiro: vincula sib close {as_text(earlier.mes)}.",
        )
    last = months.latest_closed()
    if last is not None and month < last and months.state_of(month) is None:
        return Refused(
            "COMPETENCIA_PASSADA",
            f"A competência {as_text(month)} é anterior à última encerrada, {as_text(last)}, e não recebeu arquivo.",
            "Não há o que encerrar.",
        )
    window = months.calendar().window(month)
    if not config.load().sandbox and months.now().date() <= window.last:
        return Refused(
            "COMPETENCIA_EM_CURSO",
            f"A competência {as_text(month)} recebe arquivos até {window.last:%d/%m/%Y}.",
            "Encerre-a depois dessa data.",
        )
    return None


def _drain(month: int, progress: Progress) -> int:
    """Process what had arrived; how many. Raises RefusedError naming a file that cannot be brought to its end: nothing
    is consolidated while a file that arrived in time has no result."""
    waiting = list(Arquivo.objects.filter(WITHOUT_END, competencia=month).order_by("pk"))
    for index, arquivo in enumerate(waiting, 1):
        try:
            process(arquivo.pk, lambda done, total: None)
        except Exception as error:
            log.error("sib.not_drained", arquivo=arquivo.pk, error=type(error).__name__)
            raise _stuck(arquivo, month, error) from error
        progress(index, len(waiting), "processando os arquivos recebidos")
    return len(waiting)


def _stuck(arquivo: Arquivo, month: int, error: Exception) -> RefusedError:
    if isinstance(error, RefusedError):
        return error
    return RefusedError(
        Refused(
            "ARQUIVO_SEM_FIM",
            f"O arquivo {arquivo.nome}, ou um anterior da mesma operadora, não pôde ser processado. A competência "
            f"{as_text(month)} está encerrada, mas não pode ser consolidada enquanto um arquivo não tem resultado.",
            "Nada se perdeu. Confira disco e banco e repita o encerramento; se persistir, informe o arquivo e "
            f"{type(error).__name__} ao suporte.",
        )
    )


def consolidate(month: int, actor: str, progress: Progress) -> Outcome[Closed]:
    """Attribute over all vínculos of the state of `month` and freeze it. Refused while it is open, or an earlier
    closed one is not consolidated."""
    with exclusive(LOCK):
        row = months.state_of(month)
        if row is None or row.estado == Competencia.Estado.ABERTA:
            return Refused(
                "COMPETENCIA_ABERTA",
                f"A competência {as_text(month)} não foi encerrada.",
                f"Encerre-a: vincula sib close {as_text(month)}.",
            )
        pending = (
            Competencia.objects.filter(mes__lt=month).exclude(estado=Competencia.Estado.CONSOLIDADA).first()
        )
        if pending:
            return Refused(
                "COMPETENCIA_ANTERIOR_NAO_CONSOLIDADA",
                f"A competência {as_text(pending.mes)} ainda não foi consolidada.",
                f"Consolide-a primeiro: vincula sib close {as_text(pending.mes)}.",
            )
        if row.estado == Competencia.Estado.CONSOLIDADA:
            return Accepted(Closed(month, already=True))
        drained = _drain(month, progress)  # a close that was killed between stopping and draining
        resumed = row.atribuido_ate > 0
        with bulk_base():
            attribute(row, lambda done, total: progress(done, total, "atribuindo o CNS"))
            keep_silent(month)
            settle(row, lambda done, total: progress(done, total, "emitindo e listando"))
        record(Event(actor, "sib:competencia:consolidada", f"competencia:{as_text(month)}"))
        row.estado, row.consolidada_em = Competencia.Estado.CONSOLIDADA, months.now()
        row.save(update_fields=["estado", "consolidada_em"])
        return Accepted(Closed(month, drained, resumed=resumed, without_receita=not receita.has_people()))
