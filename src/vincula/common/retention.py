"""What has passed its retention is removed (LGPD: kept no longer than its purpose needs).

Each app registers its purgers from its `ready()`, by name and place, so that no other command imports them;
`vincula purge` calls them all. A purger removes what is due at the moment it is given and answers how many;
called again it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string

from vincula.common.audit.services import Event, record

Purger = Callable[[datetime], int]

_purgers: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of what were removed; `name` as registered, for instance "sib.arquivos"."""

    name: str
    count: int


def register(name: str, purger: str) -> None:
    """Register a purger, a Purger given as "package.module.function". Raises ValueError when another one has this
    name."""
    if _purgers.setdefault(name, purger) != purger:
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
        purger: Purger = import_string(_purgers[name])
        count = purger(now)
        record(Event(actor, "retencao:dados:removidos", name, "retencao", {"quantidade": count}))
        done.append(Purged(name, count))
    return done
