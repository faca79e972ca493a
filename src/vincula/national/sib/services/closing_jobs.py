"""Closing and consolidating from a page: jobs for the worker. The competência's own state says what is left to do, so a
job that is repeated, or killed and taken up again, does nothing twice (closing.py)."""

from __future__ import annotations

from typing import Any

from vincula.common.jobs.services import Job, Progress, enqueue, executor, latest
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sib.models import Competencia
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.services import months
from vincula.national.sib.services.closing import Closed, close, consolidate

CLOSING, CONSOLIDATION = "sib.encerramento", "sib.consolidacao"


def request_close(month: int, actor: str) -> Outcome[Job]:
    """Have the worker stop the intake of the competência and drain it. Refused for one that was never in use."""
    row = months.state_of(month)
    if row is None and month != months.open_month(months.now().date()):
        return Refused(
            "COMPETENCIA_SEM_ARQUIVOS",
            f"A competência {as_text(month)} não está em uso.",
            "Escolha uma competência da lista.",
        )
    if row is not None and row.estado != Competencia.Estado.ABERTA:
        return Refused(
            "COMPETENCIA_JA_ENCERRADA",
            f"A competência {as_text(month)} já foi encerrada.",
            "O passo seguinte é consolidá-la.",
        )
    return Accepted(enqueue(CLOSING, as_text(month), month=month, actor=actor))


def request_consolidation(month: int, actor: str) -> Outcome[Job]:
    """Have the worker attribute and freeze the competência. Refused unless it is closed and not consolidated."""
    row = months.state_of(month)
    if row is None or row.estado == Competencia.Estado.ABERTA:
        return Refused(
            "COMPETENCIA_ABERTA",
            f"A competência {as_text(month)} não foi encerrada.",
            "Encerre-a primeiro.",
        )
    if row.estado == Competencia.Estado.CONSOLIDADA:
        return Refused(
            "COMPETENCIA_JA_CONSOLIDADA",
            f"A competência {as_text(month)} já foi consolidada.",
            "Nada a fazer: o seu estado está congelado e o CNX pode ser pedido.",
        )
    return Accepted(enqueue(CONSOLIDATION, as_text(month), month=month, actor=actor))


def closing_job(month: int) -> Job | None:
    """The newest of the two kinds of job on this competência."""
    found = [job for kind in (CLOSING, CONSOLIDATION) if (job := latest(kind, as_text(month)))]
    return max(found, key=lambda job: job.created, default=None)


@executor(CLOSING)
def _close(job: Job, progress: Progress) -> Refused | dict[str, Any]:
    return _told(close(job.params["month"], job.params["actor"], progress.advance))


@executor(CONSOLIDATION)
def _consolidate(job: Job, progress: Progress) -> Refused | dict[str, Any]:
    return _told(consolidate(job.params["month"], job.params["actor"], progress.advance))


def _told(outcome: Outcome[Closed]) -> Refused | dict[str, Any]:
    if isinstance(outcome, Refused):
        return outcome
    done = outcome.value
    return {"arquivos": done.drained, "ja_estava": done.already, "retomada": done.resumed}
