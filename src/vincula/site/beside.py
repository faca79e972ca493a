"""Which parts another `vincula serve` of the same data folder has up: nothing forbids a second one, and who did not
mean it is told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from vincula.common import locks

_held = contextlib.ExitStack()  # until this process ends


def already_up(parts: Iterable[str]) -> list[str]:
    """Those of these parts that another process has up; the others are this one's from now on."""
    taken = []
    for part in parts:
        try:
            _held.enter_context(locks.exclusive_here(f"servir:{part}", wait=0))
        except locks.Busy:
            taken.append(part)
    return taken
