"""Which interruption holds, and what an interrupted service answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from vincula.common.outcomes import Refused
from vincula.national.support import models
from vincula.national.support.rules import interruption
from vincula.national.support.rules.interruption import Interruption, Servico
from vincula.national.support.rules.wording import refusal
from vincula.national.support.services.store import holding, now, read

VERSION = 1  # the only row of support_versao


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a listener keeps between two looks: good for as long as `version()` still answers `version`.

    It holds also what is announced for later, so that a start needs no new look.
    """

    version: int
    open: tuple[Interruption, ...]

    def interruption_of(self, servico: str, at: datetime) -> Interruption | None:
        """As the function of this name, without asking the base."""
        return interruption.answering(self.open, Servico(servico), at)

    def refusal_of(self, servico: str, at: datetime) -> Refused | None:
        """As the function of this name, without asking the base."""
        found = self.interruption_of(servico, at)
        return refusal(found, at) if found is not None and found.refuses else None


def version() -> int:
    """A number that changes with every change of the interruptions, in the same transaction: one look at one row.

    Compare it for being different, not for being greater: a base brought back from a copy counts on from there.
    """
    return models.Versao.objects.filter(pk=VERSION).values_list("valor", flat=True).first() or 0


def snapshot() -> Snapshot:
    """All that were not ended. The version is read first: what changes between the two looks shows at the next."""
    seen = version()
    return Snapshot(seen, tuple(read(Q(encerrada_em__isnull=True))))


def every() -> list[Interruption]:
    """All that were ever declared, the newest start first."""
    return sorted(read(Q()), key=lambda one: (one.inicio, one.id), reverse=True)


def in_force(at: datetime | None = None) -> list[Interruption]:
    """Those that hold at the moment (default: now), whole and partial, the oldest first."""
    moment = at or now()
    return interruption.in_force(holding(moment), moment)


def interruption_of(servico: str, at: datetime | None = None) -> Interruption | None:
    """The one that answers for the service at the moment (default: now); None where it works.

    One of the whole `api` answers for each of its parts. It may be a degradation, which is to be shown and refuses
    nobody: look at `refuses`, or ask `refusal_of`. Raises ValueError for a service that does not exist.
    """
    moment = at or now()
    return interruption.answering(holding(moment), Servico(servico), moment)


def refusal_of(servico: str, at: datetime | None = None) -> Refused | None:
    """What who asks the service is told while it is interrupted: SERVICO_INTERROMPIDO with reason, forecast and what
    to do (R066); None where it works, wholly or in part. Raises ValueError for a service that does not exist."""
    moment = at or now()
    found = interruption_of(servico, moment)
    return refusal(found, moment) if found is not None and found.refuses else None
