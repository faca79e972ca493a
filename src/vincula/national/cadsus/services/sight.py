"""What a search found, and who of it the one who asks may be told of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from vincula.people.record import PersonRecord
from vincula.people.similarity import Likeness


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A person in short (services.glimpse), and how well and why he fits."""

    record: PersonRecord
    likeness: Likeness

    @property
    def score(self) -> int:
        """0 to 100."""
        return self.likeness.score


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """All that were found, best first. `hidden`: a VIP or protected person who may not be found would have been among
    them. `unknown`: how many others who may not."""

    hits: tuple[Hit, ...]
    hidden: bool = False
    unknown: int = 0

    def page(self, start: int, quantity: int) -> tuple[Hit, ...]:
        """At most `quantity` of them from place `start` on, counted from 1."""
        return self.hits[max(start, 1) - 1 :][: max(quantity, 0)]


Known = Callable[[Sequence[PersonRecord]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who may be found. `restricted`: VIP and protected persons too. `known`: answers the ids of those, of some
    persons, of whom the one who asks may be told at all; None: of everybody."""

    restricted: bool = True
    known: Known | None = None

    def of(self, hits: list[Hit]) -> tuple[list[Hit], int]:
        """Those of them who may be found, and how many of the rest are neither VIP nor protected."""
        open_ = [hit for hit in hits if self.restricted or not hit.record.restrita]
        if self.known is None or not open_:
            return open_, 0
        known = self.known([hit.record for hit in open_])
        seen = [hit for hit in open_ if hit.record.id in known]
        return seen, len(open_) - len(seen)


EVERYBODY = Sight()
