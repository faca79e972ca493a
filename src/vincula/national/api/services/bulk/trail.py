"""What a credential's bulk look-ups of a day come to together, in the memory of this worker.

Thresholds are those of single look-ups (`watch`). They hold for one file and for all of the day: twenty files of ten
lines must not hide what one of two hundred would show, nor a large clean file a bad one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vincula.national.api.services.bulk.keeping import KEPT_FOR
from vincula.national.api.services.bulk.walking import Walking
from vincula.national.api.services.watch import HIDDEN, MISS_SHARE, MISSES, RUN, Finding

if TYPE_CHECKING:
    from vincula.national.api.services.bulk.walking import Numbers


@dataclass(slots=True)
class Trail:
    """Since `since` (monotonic seconds): lines, those that found nobody, those that would have led to somebody hidden;
    `last`: the numbers asked last."""

    since: float = field(default_factory=time.monotonic)
    asked: int = 0
    missed: int = 0
    hidden: int = 0
    last: dict[str, Numbers] = field(default_factory=dict)

    def begun(self) -> Walking:
        """For the next request."""
        return Walking(self.last)

    def ended(self, walking: Walking, asked: int, missed: int, hidden: int) -> list[Finding]:
        """A request is answered: what deserves an alert. What was told of begins anew."""
        self.asked, self.missed, self.hidden = self.asked + asked, self.missed + missed, self.hidden + hidden
        self.last = {} if walking.kind else walking.last
        told: list[Finding] = []
        for lines, none in ((asked, missed), (self.asked, self.missed)):
            if none >= MISSES and none > lines * MISS_SHARE:
                told.append(("MUITOS_ERROS", {"consultas": lines, "sem_resultado": none, "lote": True}))
                self.asked = self.missed = 0
                break
        if walking.kind:
            told.append(("NUMEROS_SEGUIDOS", {"tipo_de_numero": walking.kind, "seguidos": RUN, "lote": True}))
        if self.hidden >= HIDDEN:
            told.append(("RESTRITA", {"consultas": self.hidden, "lote": True}))
            self.hidden = 0
        return told


_trails: dict[str, Trail] = {}


def trail_of(client: str) -> Trail:
    """Of the day so far of this credential; those of days that are over are forgotten."""
    now = time.monotonic()
    for one in [one for one, trail in _trails.items() if now - trail.since > KEPT_FOR.total_seconds()]:
        del _trails[one]
    return _trails.setdefault(client, Trail())
