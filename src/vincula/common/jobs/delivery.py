"""Jobs through the queue of django-tasks: an entry says "try job X"; the job itself says whether there is
work.

Delivering a job twice is harmless (its lock and its state decide), so a doubt is settled by one entry more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vincula.common.jobs.models import Job
from vincula.common.jobs.running import execute

STORE = "jobs"

# The worker's loop says here how its jobs are asked to stop.
stop_signal: ContextVar[threading.Event | None] = ContextVar("stop_signal", default=None)
# Told of a job that is taken up again where nobody had put it back: its entry in the queue was there twice.
resume_signal: ContextVar[Callable[[Job], None] | None] = ContextVar("resume_signal", default=None)


@task()
def deliver(job_id: str) -> None:
    """What the queue calls in a worker."""
    execute(UUID(job_id), stop=stop_signal.get(), on_resume=resume_signal.get())


def put(job: Job) -> None:
    """Put an entry for the job into the queue and note it in the job, in one transaction of the caller's."""
    entry = deliver.enqueue(str(job.pk))
    job.delivery = UUID(entry.id)
    Job.objects.filter(pk=job.pk).update(delivery=job.delivery)


def waiting(job: Job) -> bool:
    """Whether the job's entry still waits in the queue."""
    return bool(DBTaskResult.objects.filter(pk__in=[job.delivery], status=TaskResultStatus.READY).exists())


def anything_waiting() -> bool:
    """Whether the queue has an entry to be taken (a read, so that an idle worker writes nothing)."""
    return bool(DBTaskResult.objects.ready().exists())


def close_entry(job: Job) -> None:
    """Close the entry that a dead worker left RUNNING (upstream leaves it so: django-tasks-db #5)."""
    DBTaskResult.objects.filter(pk__in=[job.delivery], status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )


def purge_entries(before: datetime) -> None:
    """Remove the queue's entries that ended before this moment."""
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
