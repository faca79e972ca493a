"""How long a body may take to come: whoever has not sent it by then is told so, and his place is free again.

One look each second at all who are waited for, instead of a timer for each, which would cost every quick one as much as
the look-up that he asks for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vincula.common.outcomes import Refused

SECONDS = 20.0
_EVERY = 1.0
SLOW = Refused(
    "CORPO_LENTO",
    f"O corpo da requisição não chegou inteiro em {SECONDS:.0f} segundos.",
    "Repita; se a rede for lenta, envie mensagens menores.",
)


class SlowError(Exception):
    """The body did not come in time."""


class Patience:
    """For one loop, from whose thread alone it is used. `seconds`: for a whole body."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float = SECONDS) -> None:
        self._loop = loop
        self._seconds = seconds
        self._until: dict[asyncio.Task[Any], float] = {}
        self._over: set[asyncio.Task[Any]] = set()
        self._looking = False

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While the block awaits the body. Raises SlowError."""
        task = asyncio.current_task(self._loop)
        assert task is not None
        self._until[task] = self._loop.time() + self._seconds
        if not self._looking:
            self._look_later()
        try:
            yield
        except asyncio.CancelledError:
            if task not in self._over:
                raise
            task.uncancel()
            raise SlowError from None
        finally:
            self._until.pop(task, None)
            self._over.discard(task)

    def _look_later(self) -> None:
        self._looking = True
        self._loop.call_later(_EVERY, self._look)

    def _look(self) -> None:
        self._looking = False
        now = self._loop.time()
        for task, until in self._until.items():
            if until < now and task not in self._over:
                self._over.add(task)
                task.cancel()
        if self._until:
            self._look_later()
