"""An interruption of a service, and what follows from it at a moment. Pure: the clock is always handed in.

It is a state that is switched on and off, never a property of the service (R066, decision 9): it has a start, a reason,
a dated notice, a forecast or none, and lasts until somebody ends it. A forecast that has passed ends nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

# Seconds that a client is asked to wait: without a forecast, at the least, and at the most.
RETRY_DEFAULT, RETRY_MIN, RETRY_MAX = 3_600, 60, 86_400
_NEVER = datetime.max.replace(tzinfo=UTC)


class Servico(StrEnum):
    """What can be interrupted. `API` is all that the API serves; its parts can be interrupted alone."""

    CADSUS_WEB = "cadsus-web"
    SGOP = "sgop"
    SIB = "sib"
    API = "api"
    TOKEN = "token"  # noqa: S105 - the service that gives tokens
    PDQ = "pdq"
    PIX = "pix"
    CADSUS_SERVICE = "cadsus-service"
    AUDITORIA = "auditoria"
    FHIR = "fhir"

    @property
    def nome(self) -> str:
        """As people know it."""
        return _NAMES[self]


_NAMES = {
    Servico.CADSUS_WEB: "CadSUS Web, consultas individuais",
    Servico.SGOP: "SGOP",
    Servico.SIB: "SIB",
    Servico.API: "API do CNS",
    Servico.TOKEN: "API do CNS, token",
    Servico.PDQ: "API do CNS, PDQ",
    Servico.PIX: "API do CNS, PIX",
    Servico.CADSUS_SERVICE: "API do CNS, CadsusService",
    Servico.AUDITORIA: "API do CNS, auditoria",
    Servico.FHIR: "API do CNS, FHIR",
}
API_PARTS = frozenset(
    {Servico.TOKEN, Servico.PDQ, Servico.PIX, Servico.CADSUS_SERVICE, Servico.AUDITORIA, Servico.FHIR}
)


class Situacao(StrEnum):
    """Where an interruption stands at a moment. Cancelled: ended before it began, so never in force."""

    PROGRAMADA = "programada"
    EM_VIGOR = "em vigor"
    ENCERRADA = "encerrada"
    CANCELADA = "cancelada"


@dataclass(frozen=True, slots=True)
class Interruption:
    """An interruption as declared. Moments are aware; `rotinas` "" means the whole service, `previsao` None that
    nobody can say when it returns (R067, R070), `encerrada_em` None that it was not ended."""

    id: int
    servico: Servico
    rotinas: str
    inicio: datetime
    previsao: datetime | None
    titulo: str
    texto: str
    link: str
    data_aviso: date
    encerrada_em: datetime | None

    @property
    def parcial(self) -> bool:
        """Only the named routines suffer (R069): to be shown, not a reason to refuse."""
        return bool(self.rotinas)

    @property
    def refuses(self) -> bool:
        """Whether what asks the service is to be refused while this is in force."""
        return not self.parcial

    def in_force(self, at: datetime) -> bool:
        return self.inicio <= at < (self.encerrada_em or _NEVER)

    def situacao(self, at: datetime) -> Situacao:
        if self.encerrada_em is not None and self.encerrada_em <= at:
            return Situacao.ENCERRADA if self.encerrada_em > self.inicio else Situacao.CANCELADA
        return Situacao.EM_VIGOR if self.inicio <= at else Situacao.PROGRAMADA

    def covers(self, servico: Servico) -> bool:
        """Of the service itself, or of the whole API where the service is a part of it."""
        return self.servico is servico or (self.servico is Servico.API and servico in API_PARTS)


def in_force(known: Iterable[Interruption], at: datetime) -> list[Interruption]:
    """Those of `known` that hold at the moment, the oldest first."""
    return sorted((one for one in known if one.in_force(at)), key=lambda one: (one.inicio, one.id))


def answering(known: Iterable[Interruption], servico: Servico, at: datetime) -> Interruption | None:
    """The interruption that answers for a service at a moment; None where it works.

    One that refuses comes before a degradation; of several, the one that will last longest (without forecast before
    any forecast), because nobody is served before that one ends.
    """
    found = [one for one in in_force(known, at) if one.covers(servico)]
    return max(found, key=lambda one: (one.refuses, one.previsao or _NEVER), default=None)


def retry_after(interruption: Interruption, now: datetime) -> int:
    """Whole seconds after which asking again makes sense, from RETRY_MIN to RETRY_MAX; RETRY_DEFAULT where there is
    no forecast, or where it has passed."""
    if interruption.previsao is None or interruption.previsao <= now:
        return RETRY_DEFAULT
    left = math.ceil((interruption.previsao - now) / timedelta(seconds=1))
    return min(max(left, RETRY_MIN), RETRY_MAX)


def overlaps(one: Interruption, other: Interruption) -> bool:
    """Whether both hold at some moment and say the same: of one service, both whole or of the same routines."""
    same = one.servico is other.servico and one.rotinas.casefold() == other.rotinas.casefold()
    start = max(one.inicio, other.inicio)
    return same and start < min(one.encerrada_em or _NEVER, other.encerrada_em or _NEVER)
