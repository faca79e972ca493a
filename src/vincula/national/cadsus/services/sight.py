"""What a search found, and who of it the one who asks may be told of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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


Known = Callable[[Mapping[int, str]], Collection[int]]
"""Of some persons (id → CPF of the registration, "" for none) the ids of those of whom one may be told."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who may be found. `restricted`: VIP and protected persons too. `known`: of whom the one who asks may be told at
    all; None: of everybody."""

    restricted: bool = True
    known: Known | None = None

    @property
    def all(self) -> bool:
        """Whether nobody is hidden from who asks."""
        return self.restricted and self.known is None

    def known_of(self, people: Mapping[int, str]) -> Collection[int]:
        """The ids of those of them (id → CPF) of whom who asks may be told."""
        return people.keys() if self.known is None else self.known(people)

    def among(self, people: Sequence[PersonRecord]) -> list[PersonRecord]:
        """Those of them who may be found."""
        open_ = [one for one in people if self.restricted or not one.restrita]
        if self.known is None or not open_:
            return open_
        known = self.known({one.id: one.cpf for one in open_})
        return [one for one in open_ if one.id in known]

    def of(self, hits: list[Hit]) -> tuple[list[Hit], int]:
        """Those of them who may be found, and how many of the rest are neither VIP nor protected."""
        told = {one.id for one in self.among([hit.record for hit in hits])}
        seen = [hit for hit in hits if hit.record.id in told]
        hidden = 0 if self.restricted else sum(hit.record.restrita for hit in hits)
        return seen, len(hits) - len(seen) - hidden


EVERYBODY = Sight()
