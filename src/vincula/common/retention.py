"""What has passed its retention is removed (LGPD: kept no longer than its purpose needs).

Each app registers a purger from its `ready()`; `vincula purge` calls them all. A purger removes what is due
at the moment it is given and answers how many; called again it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vincula.common.audit.services import Event, record

Purger = Callable[[datetime], int]

_purgers: dict[str, Purger] = {}


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of what were removed; `name` as registered, for instance "sib.arquivos"."""

    name: str
    count: int


def register(name: str, purger: Purger) -> None:
    """Register a purger. Raises ValueError when another one has this name."""
    if _purgers.setdefault(name, purger) is not purger:
        raise ValueError(f"two purgers named {name}")


def registered() -> tuple[str, ...]:
    """The names of all purgers, in order."""
    return tuple(sorted(_purgers))


def purge(now: datetime, *, actor: str = "sistema") -> list[Purged]:
    """Remove all that is due at `now` (an aware moment); one audit event per purger, with its count.

    What one purger raises stops the rest: what went before stands, and the next call goes on.
    """
    done = []
    for name in registered():
        count = _purgers[name](now)
        record(Event(actor, "retencao:dados:removidos", name, "retencao", {"quantidade": count}))
        done.append(Purged(name, count))
    return done
