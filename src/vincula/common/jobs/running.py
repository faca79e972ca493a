"""One execution of a job: under a lock that ends with the process, so that a job is never done by two at
once.
"""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from vincula.common import locks
from vincula.common.jobs.models import Estado, Job
from vincula.common.jobs.progress import Progress, Stopped, Watch
from vincula.common.jobs.registry import find
from vincula.common.log import get_logger
from vincula.common.outcomes import Accepted, Refused, RefusedError

# A job that takes its process down every time (out of memory, say) must end some day.
MAX_RESUMED = 20

log = get_logger(__name__)


def lock_name(job_id: UUID) -> str:
    """The lock that the executing process holds."""
    return f"job:{job_id}"


def execute(
    job_id: UUID,
    *,
    stop: threading.Event | None = None,
    watch: Watch | None = None,
    on_resume: Callable[[Job], None] | None = None,
) -> Job | None:
    """Do the job in this process, if it is still to be done; the job as it then stands.

    None when another process is at it, or there is no such job. A job still EXECUTANDO afterwards was asked
    to stop.
    """
    with ExitStack() as held:
        try:
            held.enter_context(locks.exclusive(lock_name(job_id), wait=0))
        except locks.Busy:
            return None
        job = Job.objects.filter(pk=job_id).first()
        if job is None or not job.active:
            return job
        _work(job, Progress(job_id, stop=stop, watch=watch), on_resume)
        return Job.objects.get(pk=job_id)


def _work(job: Job, progress: Progress, on_resume: Callable[[Job], None] | None) -> None:
    died = job.state == Estado.EXECUTANDO  # its lock was free: who had it is gone
    now = timezone.now()
    job.resumed += int(died)
    if died and on_resume is not None:
        on_resume(job)
    Job.objects.filter(pk=job.pk).update(
        state=Estado.EXECUTANDO,
        attempts=F("attempts") + 1,
        resumed=job.resumed,
        started=Coalesce("started", now),
    )
    if job.resumed > MAX_RESUMED:
        _end(job, _too_often(job))
        return
    try:
        outcome = _call(job, progress)
        progress.flush()
    except Stopped:
        progress.flush()
        return
    _end(job, outcome)


def _call(job: Job, progress: Progress) -> Accepted[Mapping[str, Any]] | Refused:
    function = find(job.kind)
    if function is None:
        log.error("job.no_executor", kind=job.kind, job=str(job.pk))
        return _failure(job)
    try:
        answer = function(job, progress)
        if isinstance(answer, Refused):
            return answer
        value = answer.value if isinstance(answer, Accepted) else answer
        return Accepted(json.loads(json.dumps(dict(value or {}))))
    except RefusedError as error:
        return error.refused
    except Exception as error:
        # Places only: the text of an exception may hold what somebody sent us.
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        log.error("job.failed", kind=job.kind, job=str(job.pk), error=type(error).__name__, places=places)
        return _failure(job)


def _end(job: Job, outcome: Accepted[Mapping[str, Any]] | Refused) -> None:
    row = Job.objects.filter(pk=job.pk)
    if isinstance(outcome, Refused):
        row.update(
            state=Estado.FALHOU,
            message=outcome.as_text(),
            code=outcome.code,
            result={"mensagem": outcome.message, "remedio": outcome.remedy},
            finished=timezone.now(),
        )
    else:
        row.update(state=Estado.CONCLUIDA, result=outcome.value, finished=timezone.now())


def _failure(job: Job) -> Refused:
    return Refused(
        "FALHA_INTERNA",
        "O trabalho não pôde ser concluído por uma falha interna.",
        f"Repita; se voltar a acontecer, informe ao suporte o código {str(job.pk)[:8]}.",
    )


def _too_often(job: Job) -> Refused:
    return Refused(
        "INTERROMPIDA_DEMAIS",
        f"O trabalho foi interrompido {job.resumed} vezes e não será retomado sozinho.",
        f"Verifique a memória e o disco do servidor e repita. Código {str(job.pk)[:8]}.",
    )
