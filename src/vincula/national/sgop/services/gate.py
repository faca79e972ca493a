"""The gate of CadSUS Web (R049): nothing else opens it, and nothing of it is kept from one entry to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules import entry
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sgop.services import conditions, directors, neighbours, stopped
from vincula.national.sgop.services.standing import rows_of, speaking, standings

NOT_PROVEN = Refused(
    "SGOP_COMPUTADOR_NAO_CONFIRMADO",
    "Este computador ainda não foi confirmado nesta sessão.",
    'Use "Entrar com este computador", no computador que foi aprovado.',
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody may be in CadSUS Web, at this CNES, with this profile, at this computer."""

    cpf: str = field(repr=False)
    cnes: str
    perfil: Perfil
    computador: int


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three requests as it stands: `id` and `estado` None where there is none. `acts`: the next step;
    `former` and `ticket` as of rules.entry."""

    tipo: Tipo
    id: int | None
    estado: Estado | None
    perfil: Perfil | None
    motivo: str
    acts: str
    former: bool = False
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How a person stands at a CNES. `missing`: the first thing that keeps him out, None where only the computer
    is still to be confirmed (R054)."""

    cnes: str
    cards: tuple[Card, ...]
    missing: Refused | None

    @property
    def enabled(self) -> bool:
        """Habilitado: all three are approved and the conditions hold."""
        return self.missing is None

    @property
    def waits(self) -> bool:
        """What is missing is a request that was not made yet or is not decided: nothing went wrong."""
        return self.missing is not None and self.missing.details.get("estado") in entry.ON_THE_WAY


def gate(cpf: str, cnes: str, computador: int | None) -> Outcome[Entry]:
    """Whether the person may be in CadSUS Web at this moment; `computador`: the one proven in this session.

    Refused: SERVICO_INTERROMPIDO before all else,
    what cnes.headquarters says, SGOP_FALTA_…, SGOP_PERFIS_DIFERENTES, the codes of rules.checks,
    SGOP_COMPUTADOR_NAO_CONFIRMADO.
    """
    if refused := stopped.entry():
        return refused
    directors.recheck(cnes)
    rows = rows_of(cpf, cnes)
    found = _approved(cpf, cnes, rows, computador)
    if isinstance(found, Refused):
        return found
    if computador is None:
        return NOT_PROVEN
    return Accepted(Entry(cpf, cnes, found.value, computador))


def _approved(cpf: str, cnes: str, rows: list[Solicitacao], computador: int | None) -> Outcome[Perfil]:
    """All but the proof: the establishment counts, the three are approved, the conditions still hold."""
    place = neighbours.headquarters(cnes)
    if isinstance(place, Refused):
        return place
    found = entry.three(standings(rows, computador))
    if isinstance(found, Refused):
        return found
    profile = speaking(rows, Tipo.PERFIL)
    assert profile is not None  # it is approved
    return conditions.refusal(cpf, cnes, found.value, profile.cns) or found


def state_of(cpf: str, cnes: str) -> State:
    """The three requests of a person at a CNES, and what is missing; evaluated now."""
    directors.recheck(cnes)
    rows = rows_of(cpf, cnes)
    found = _approved(cpf, cnes, rows, None)
    now = standings(rows)
    cards = tuple(_card(tipo, speaking(rows, tipo), now[tipo]) for tipo in Tipo)
    return State(cnes, cards, found if isinstance(found, Refused) else None)


def _card(tipo: Tipo, row: Solicitacao | None, standing: entry.Standing) -> Card:
    acts = entry.who_acts(tipo, standing)
    if row is None:
        return Card(tipo, None, None, None, "", acts)
    last = row.historico.order_by("-pk").values_list("motivo", flat=True).first() or ""
    return Card(
        tipo, row.pk, Estado(row.estado), Perfil(row.perfil), last, acts, standing.former, standing.ticket
    )


def establishments_of(cpf: str) -> list[str]:
    """The CNES at which the person has made any request, in order."""
    rows = Solicitacao.objects.filter(cpf=cpf).order_by("cnes")
    return list(rows.values_list("cnes", flat=True).distinct())
