"""The work that goes on behind a page: processing a file, making a CNX. The file's or the request's own state says what
is left to do, so a job that is lost, repeated or cut short does no harm."""

from __future__ import annotations

from typing import Any

from vincula.common.jobs.progress import Watch
from vincula.common.jobs.services import Job, Progress, enqueue, executor, run_now
from vincula.common.locks import held
from vincula.common.log import get_logger
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services.conference import conference, may_have
from vincula.national.sib.services.intake import Processed, intake_lock, process, unfinished

log = get_logger(__name__)
INTAKE, CNX = "sib.intake", "sib.cnx"


def send_to_queue(arquivo_id: int) -> Job:
    """Have the worker process a received file."""
    return enqueue(INTAKE, f"arquivo:{arquivo_id}", arquivo_id=arquivo_id)


def request_cnx(registro: str, month: int, actor: str) -> Outcome[Job]:
    """Ask for a CNX (R098); refused at once when it cannot be had (R100)."""
    refused = may_have(registro, month)
    if refused:
        return refused
    return Accepted(enqueue(CNX, f"{registro}:{month}", registro=registro, month=month, actor=actor))


def process_now(arquivo_id: int, watch: Watch) -> Processed:
    """Process a received file here, or follow whoever is at it and take over if he dies."""
    job = run_now(send_to_queue(arquivo_id), watch=watch)
    if job.refused:
        raise RefusedError(job.refused)
    return process(arquivo_id, lambda read, size: None)


@executor(INTAKE)
def _intake(job: Job, progress: Progress) -> dict[str, Any]:
    done = process(
        job.params["arquivo_id"],
        lambda read, size: progress.advance(read, size, "lendo e conferindo o arquivo"),
    )
    return {"arquivo": done.arquivo_id, "rejeitado": done.rejected, "retomado": done.resumed}


@executor(CNX)
def _cnx(job: Job, progress: Progress) -> Refused | dict[str, Any]:
    made = conference(job.params["registro"], job.params["month"], job.params["actor"])
    if isinstance(made, Refused):
        return made
    return {"nome": made.value.name, "beneficiarios": made.value.beneficiarios}


def resume_unfinished(*, but: int = 0) -> list[str]:
    """Finish, in this process, the files that a dead one left half processed (`but` this one); their names.

    Files of an operadora on which somebody is at work are left to him, and one that cannot be finished to its owner.
    """
    return [
        arquivo.nome
        for arquivo in unfinished()
        if arquivo.estado != Arquivo.Estado.RECEBIDO and arquivo.pk != but and _resumed(arquivo)
    ]


def _resumed(arquivo: Arquivo) -> bool:
    if held(intake_lock(arquivo.registro_ans)):
        return False
    try:
        return process_now(arquivo.pk, lambda done, total, words: None).resumed
    except Exception as error:
        log.error("sib.not_resumed", arquivo=arquivo.pk, error=type(error).__name__)
        return False


def requeue_unfinished() -> int:
    """Give every unfinished file a job again, which a kill between receipt and queue can leave without one."""
    waiting = unfinished()
    for arquivo in waiting:
        send_to_queue(arquivo.pk)
    return len(waiting)
