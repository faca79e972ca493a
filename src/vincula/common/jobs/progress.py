"""How far a job is: told as often as the work likes, written a few times a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from vincula.common.jobs.models import Estado, Job

WRITE_SECONDS = 0.25
Watch = Callable[[int, int, str], None]


class Stopped(BaseException):
    """The process is asked to stop: raised inside the executor by `Progress.advance`, not to be caught by it.

    The job stays as it is and is resumed by the next worker, as after a kill.
    """


class Progress:
    """One execution's progress. `watch(done, total, message)` is called at each write, on the same thread."""

    def __init__(
        self, job_id: UUID, *, stop: threading.Event | None = None, watch: Watch | None = None
    ) -> None:
        self._job_id = job_id
        self._stop = stop
        self._watch = watch
        self._written = float("-inf")
        self._pending: dict[str, Any] = {}

    def advance(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Say that `done` of `total` is done, in the work's own unit; what is None stays as it was.

        A message is for the user, in Portuguese, without personal data. Raises Stopped when the process is
        to end.
        """
        self._pending["done"] = done
        if total is not None:
            self._pending["total"] = total
        if message is not None:
            self._pending["message"] = message
        if time.monotonic() - self._written >= WRITE_SECONDS:
            self.flush()
        if self._stop is not None and self._stop.is_set():
            raise Stopped

    def flush(self) -> None:
        """Write what has not been written yet."""
        if not self._pending:
            return
        Job.objects.filter(pk=self._job_id, state=Estado.EXECUTANDO).update(**self._pending)
        self._pending = {}
        self._written = time.monotonic()
        if self._watch is not None:
            done, total, message = Job.objects.values_list("done", "total", "message").get(pk=self._job_id)
            self._watch(done, total, message)
