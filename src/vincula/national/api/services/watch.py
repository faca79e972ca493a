"""Who tries numbers out: consecutive numbers and many misses, by client, in the listener's memory (access.md, L6).

Thresholds are ours: no source gives any.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

WINDOW = 600.0  # seconds
MISSES = 200  # in the window, and
MISS_SHARE = 0.5  # of the questions of the window
RUN = 20  # numbers, each a little above or below the one before
STEP = 10
REFUSALS = 100  # over the limit, in the window
HIDDEN = 3  # questions that would have led to somebody whom the client must not see, in the window


def step_of(kind: str) -> int:
    """How far a number of `kind` may be from the one before to count as the next; of a CPF without its check digits,
    which change with every one, of a card with them."""
    return STEP if kind == "CPF" else STEP * 11


@dataclass(slots=True)
class _Seen:
    since: float
    asked: int = 0
    missed: int = 0
    refused: int = 0
    restricted: int = 0
    run: int = 0
    last: dict[str, int] = field(default_factory=dict)
    told_of_misses: bool = False


Finding = tuple[str, dict[str, Any]]


class Watch:
    """Notes every look-up by number; `note` answers with what deserves an alert, once per window."""

    def __init__(self) -> None:
        self._clients: dict[str, _Seen] = {}

    def note(self, client: str, kind: str, number: str, found: bool) -> Finding | None:
        """One look-up by a number of `kind` (CPF, CNS, NIS). The check digits of a CPF do not count as a step."""
        seen = self._of(client)
        seen.asked += 1
        seen.missed += not found
        try:
            value = int(number[:-2] if kind == "CPF" else number)
        except ValueError:
            value = 0
        step = abs(value - seen.last.get(kind, -1_000_000))
        seen.run = seen.run + 1 if 0 < step <= step_of(kind) else 0
        seen.last[kind] = value
        if seen.run == RUN:
            return "NUMEROS_SEGUIDOS", {"tipo_de_numero": kind, "seguidos": RUN}
        if not seen.told_of_misses and seen.missed >= MISSES and seen.missed > seen.asked * MISS_SHARE:
            seen.told_of_misses = True
            return "MUITOS_ERROS", {
                "consultas": seen.asked,
                "sem_resultado": seen.missed,
                "segundos": int(WINDOW),
            }
        return None

    def refused(self, client: str) -> Finding | None:
        """One request over the limit."""
        seen = self._of(client)
        seen.refused += 1
        return (
            ("LIMITE", {"recusadas": REFUSALS, "segundos": int(WINDOW)}) if seen.refused == REFUSALS else None
        )

    def restricted(self, client: str) -> Finding | None:
        """One question whose answer would have been a person whom the client must not see."""
        seen = self._of(client)
        seen.restricted += 1
        told = {"consultas": HIDDEN, "segundos": int(WINDOW)}
        return ("RESTRITA", told) if seen.restricted == HIDDEN else None

    def _of(self, client: str) -> _Seen:
        now = time.monotonic()
        seen = self._clients.get(client)
        if seen is None or now - seen.since > WINDOW:
            seen = self._clients[client] = _Seen(now)
        return seen
