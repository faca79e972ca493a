"""The worker's loop: takes jobs from the queue one at a time, and takes up again what a dead process left."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django_tasks_db.management.commands.db_worker import Worker

from vincula.common import locks
from vincula.common.audit.services import anchor_daily
from vincula.common.jobs.delivery import (
    STORE,
    anything_waiting,
    close_entry,
    put,
    resume_signal,
    stop_signal,
    waiting,
)
from vincula.common.jobs.models import Estado, Job
from vincula.common.jobs.running import lock_name
from vincula.common.log import get_logger

IDLE_SECONDS = 0.25
RESUME_SECONDS = 5.0

OnResume = Callable[[Job], None]

log = get_logger(__name__)


def resume_interrupted() -> list[Job]:
    """Put back into the queue the jobs whose process is gone, and those whose entry was lost; answers the
    former.

    A process counts as gone when the job's lock is free, which no kill can prevent. Any number of processes
    may call this at once.
    """
    resumed = [
        job for job in Job.objects.filter(state=Estado.EXECUTANDO).order_by("created") if _put_back(job)
    ]
    for job in Job.objects.filter(state=Estado.NA_FILA).order_by("created"):
        if not waiting(job):
            with transaction.atomic(using=STORE):
                close_entry(job)
                put(job)
    return resumed


def _put_back(job: Job) -> bool:
    """Under the job's lock, so that neither its executor nor another who resumes is in between."""
    try:
        with locks.exclusive(lock_name(job.pk), wait=0), transaction.atomic(using=STORE):
            changed = Job.objects.filter(pk=job.pk, state=Estado.EXECUTANDO).update(
                state=Estado.NA_FILA, resumed=job.resumed + 1
            )
            if not changed:
                return False
            close_entry(job)
            put(job)
    except locks.Busy:
        return False
    job.refresh_from_db()
    return True


def run_worker(stop: threading.Event, on_resume: OnResume | None = None) -> None:
    """Do jobs until `stop` is set; then the job at hand stops at its next progress and is resumed another
    time.

    `on_resume` is told of each job taken up again. Several may run, in threads, processes or machines. Once
    a day the audit's chains are anchored here. A base that cannot be reached is tried again; nothing is
    raised for it.
    """
    stop_signal.set(stop)
    resume_signal.set(on_resume)
    next_resume = float("-inf")
    while not stop.is_set():
        try:
            close_old_connections()
            if time.monotonic() >= next_resume:
                next_resume = time.monotonic() + RESUME_SECONDS
                for job in resume_interrupted():
                    if on_resume is not None:
                        on_resume(job)  # who started the worker says it in his own words
                    else:
                        log.info("job.resumed", kind=job.kind, job=str(job.pk), times=job.resumed)
                anchor_daily()
            if anything_waiting():
                _take_one()
                continue
        except (DatabaseError, InterfaceError) as error:
            log.error("worker.store_unreachable", error=type(error).__name__)
            connections.close_all()
        stop.wait(IDLE_SECONDS)
    connections.close_all()


def _take_one() -> None:
    """Upstream's worker, for one entry: it knows how to claim one against others on either engine."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    ).run()
