"""Long work: put it into the queue, follow it, do it here. What a killed process leaves is taken up again.

job = enqueue("sib.intake", f"arquivo:{file.pk}", arquivo=file.pk)   # after the commit of what it works on
job = run_now(job, watch=show)                                       # the command line; a page polls `find`
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from vincula.common.jobs.delivery import STORE, purge_entries, put
from vincula.common.jobs.models import ATIVOS, Estado, Job
from vincula.common.jobs.progress import Progress, Stopped, Watch
from vincula.common.jobs.registry import executor
from vincula.common.jobs.running import execute
from vincula.common.jobs.worker import resume_interrupted, run_worker

__all__ = [
    "Estado",
    "Job",
    "Progress",
    "Stopped",
    "enqueue",
    "executor",
    "find",
    "latest",
    "purge",
    "resume_interrupted",
    "run_now",
    "run_worker",
]

KEPT_DAYS = 90  # a finished job, so that its result can still be looked up
_POLL_SECONDS = 0.25


def enqueue(kind: str, key: str, **params: Any) -> Job:
    """Put a job into the queue, or answer the active one of this kind and key, whose params then stand.

    The jobs have a store of their own: call this after the commit of what the job works on, and again (it is
    idempotent) for what a kill in between may have left without its job.
    """
    while True:
        try:
            with transaction.atomic(using=STORE):
                job = Job.objects.create(kind=kind, key=key, params=params)
                put(job)
                return job
        except IntegrityError:
            active = Job.objects.filter(kind=kind, key=key, state__in=ATIVOS).first()
            if active is not None:
                return active
            # It ended between the two looks: there is room for the new one.


def find(job_id: UUID | str) -> Job | None:
    """The job, None when there is none (any more) or the text is no identifier."""
    try:
        return Job.objects.filter(pk=UUID(str(job_id))).first()
    except ValueError:
        return None


def latest(kind: str, key: str) -> Job | None:
    """The newest job of this kind and key."""
    return Job.objects.filter(kind=kind, key=key).order_by("-created").first()


def run_now(job: Job, *, watch: Watch | None = None, stop: threading.Event | None = None) -> Job:
    """Do the job in this process, or follow whoever is doing it and take over if he dies; the finished job.

    `watch(done, total, message)` is called as it goes. Still EXECUTANDO only when `stop` was set.
    """
    while True:
        ended = execute(job.pk, stop=stop, watch=watch)
        current = ended or Job.objects.get(pk=job.pk)
        if not current.active or (stop is not None and stop.is_set()):
            return current
        if watch is not None:
            watch(current.done, current.total, current.message)
        time.sleep(_POLL_SECONDS)


def purge(now: datetime) -> int:
    """Remove the jobs that ended more than KEPT_DAYS days before `now`; answers how many."""
    before = now - timedelta(days=KEPT_DAYS)
    with transaction.atomic(using=STORE):
        removed, _ = Job.objects.filter(finished__lt=before).exclude(state__in=ATIVOS).delete()
        purge_entries(before)
    return removed
