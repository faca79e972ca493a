"""The worker's part: the questions are answered batch by batch, and a killed one goes on after its last batch.

Of a batch first the answers are written and made durable, then its audit (one record for each person told of), then the
row says how far it is: only up to there the answers count, and what comes after is written again. Somebody audited
twice is the price of a kill; nobody can fetch what was not audited.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import connections
from django.utils import timezone

from vincula.common.audit.services import Event, Receipt, record, record_many
from vincula.common.jobs.services import Job, Progress, executor
from vincula.common.loads import bulk_memory
from vincula.common.outcomes import Refused
from vincula.formats.fhir import read_lines
from vincula.national.api.models import Lote
from vincula.national.api.rules import Client
from vincula.national.api.services import linking
from vincula.national.api.services.alerts import raise_alert
from vincula.national.api.services.bulk import finding
from vincula.national.api.services.bulk.keeping import answers, questions, remove_files
from vincula.national.api.services.bulk.trail import Trail, trail_of
from vincula.national.api.services.bulk.walking import Walking
from vincula.national.api.services.finding import Question, subject_of
from vincula.national.api.services.view import client_of
from vincula.people.record import PersonRecord

KIND = "api.lote"
BATCH = 5_000
"""Lines looked up together."""
SERVICE = "lote"


@dataclass(slots=True)
class _Course:
    """How far a request is."""

    lot: UUID
    done: int
    found: int
    rejected: int
    read: int
    written: int
    hidden: int = 0
    foreign: int = 0  # lines refused for want of a vínculo
    trail: Trail = field(default_factory=Trail)
    walking: Walking = field(default_factory=Walking)


@executor(KIND)
def run(job: Job, progress: Progress) -> dict[str, int] | Refused:
    """Answer the request that the job names. What was cancelled meanwhile is left alone."""
    lot = Lote.objects.select_related("credencial").filter(pk=UUID(job.key)).first()
    if lot is None or lot.estado != Lote.Estado.EM_ANDAMENTO:
        return {}
    client = client_of(lot.credencial)
    if not client.active:
        return _refuse(lot, "A credencial está suspensa ou foi revogada.")
    if not questions(lot.pk).is_file():
        return _refuse(lot, "O arquivo das perguntas não está mais aqui.")
    course = answer(client, lot, progress)
    if course is None:
        remove_files(lot.pk)
        return {}
    _finish(client, lot, course)
    return {"linhas": course.done, "encontradas": course.found, "recusadas": course.rejected}


def answer(client: Client, lot: Lote, progress: Progress) -> _Course | None:
    """All batches that are still to be done; None where the request was cancelled meanwhile."""
    question = Question(client, SERVICE, lot.finalidade)
    course = _Course(lot.pk, lot.feitas, lot.encontradas, lot.recusadas, lot.lidos, lot.escritos)
    course.trail = trail_of(client.id)
    course.walking = course.trail.begun()
    path = answers(lot.pk)
    with bulk_memory(), questions(lot.pk).open("rb") as source, _continued(path, course.written) as target:
        source.seek(course.read)
        with ThreadPoolExecutor(1, thread_name_prefix="auditoria") as auditor:
            under_way: tuple[_Course, Future[list[Receipt]]] | None = None
            for lines in _batches(source):
                # The audit of one batch is written while the next one is looked up; made here, for the other thread has
                # the longer way.
                queries = read_lines(lines)
                course.walking.take(queries)
                batch = finding.answer(question, queries, course.done + 1)
                events = _events(question, str(lot.pk), batch)
                if under_way and not _noted(*under_way, progress, lot.linhas):
                    return None
                _take(course, lines, batch, target)
                under_way = replace(course), auditor.submit(record_many, events)
            kept = under_way is None or _noted(*under_way, progress, lot.linhas)
            auditor.submit(connections.close_all).result()
    return course if kept else None


def _continued(path: Path, written: int) -> BinaryIO:
    """The answers so far, without what a killed process wrote beyond them."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    os.ftruncate(handle, written)
    os.lseek(handle, written, os.SEEK_SET)
    return os.fdopen(handle, "r+b")


def _batches(source: BinaryIO) -> Iterator[list[bytes]]:
    while lines := list(islice(source, BATCH)):
        yield lines


def _take(course: _Course, lines: list[bytes], batch: finding.Batch, target: BinaryIO) -> None:
    """Write the answers of a batch and make them durable."""
    text = b"".join(batch.lines)
    target.write(text)
    target.flush()
    os.fsync(target.fileno())
    course.done += len(lines)
    course.read += sum(map(len, lines))
    course.written += len(text)
    course.found += len(batch.told)
    course.rejected += batch.rejected
    course.hidden += batch.hidden
    course.foreign += len({line for line, _ in batch.foreign})


def _events(question: Question, lot: str, batch: finding.Batch) -> list[Event]:
    """That one field differs tells that the other agrees: that is about somebody too. Of nobody there is nothing to
    keep one by one: how many lines found none stands at the end."""
    return [
        *_events_of(question, lot, "consultada", batch.told, {}),
        *_events_of(question, lot, "sem-resultado", batch.differing, {"resultado": "NAO_CONFERE"}),
        *_events_of_others(question, lot, batch),
    ]


def _events_of(
    question: Question, lot: str, action: str, told: list[tuple[int, str, PersonRecord]], more: dict[str, str]
) -> Iterator[Event]:
    for line, how, one in told:
        details = {"lote": lot, "linha": line, "por": how, "pessoa": one.id, **more}
        yield question.event(action, subject_of(one), details)


def _events_of_others(question: Question, lot: str, batch: finding.Batch) -> Iterator[Event]:
    """Of whom nothing was told for want of a vínculo."""
    for line, number in batch.foreign:
        where = replace(question, context={"lote": lot, "linha": line})
        yield from linking.turned_away(where, (number,))
    for line, people in batch.unlinked:
        where = replace(question, context={"lote": lot, "linha": line})
        yield from linking.passed_over(where, "pesquisa:nome+nascimento", "DEMOGRAFICOS", people)


def _noted(course: _Course, audited: Future[list[Receipt]], progress: Progress, lines: int) -> bool:
    """Once the audit is durable, note how far it is; False where the request was cancelled."""
    audited.result()
    changed = Lote.objects.filter(pk=course.lot, estado=Lote.Estado.EM_ANDAMENTO).update(
        feitas=course.done,
        encontradas=course.found,
        recusadas=course.rejected,
        lidos=course.read,
        escritos=course.written,
    )
    progress.advance(course.done, lines, f"{course.done} de {lines} linhas")
    return bool(changed)


def _finish(client: Client, lot: Lote, course: _Course) -> None:
    details = {"linhas": course.done, "encontradas": course.found, "recusadas": course.rejected}
    record(Event(client.actor, "api:lote:concluido", f"lote:{lot.pk}", lot.finalidade, details))
    Lote.objects.filter(pk=lot.pk, estado=Lote.Estado.EM_ANDAMENTO).update(
        estado=Lote.Estado.PRONTO, terminado_em=timezone.now()
    )
    questions(lot.pk).unlink(missing_ok=True)
    missed = course.done - course.found - course.rejected + course.foreign
    for kind, told in course.trail.ended(course.walking, course.done, missed, course.hidden):
        raise_alert(client.id, kind, told)


def _refuse(lot: Lote, reason: str) -> Refused:
    Lote.objects.filter(pk=lot.pk, estado=Lote.Estado.EM_ANDAMENTO).update(
        estado=Lote.Estado.RECUSADO, motivo=reason, terminado_em=timezone.now()
    )
    remove_files(lot.pk)
    return Refused("LOTE_RECUSADO", reason, "Fale com quem mantém o serviço e peça de novo.")
