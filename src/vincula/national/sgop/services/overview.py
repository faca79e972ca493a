"""What the page of the six steps asks SGOP about a person and an establishment, evaluated now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vincula.common.outcomes import Accepted, Refused
from vincula.national.cadsus import services as cadsus
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules import checks
from vincula.national.sgop.rules.words import OPEN, Estado, Perfil, Tipo
from vincula.national.sgop.services import asking, neighbours, standing, terms
from vincula.national.sgop.services.gate import state_of


@dataclass(frozen=True, slots=True)
class Overview:
    """`registered`: he accepted the terms in force. `person_refused`: what there is against his CNS, None where it is
    good. `director`: the CNES names him as such. `administrador`: the best state of anybody's ADMINISTRADOR there.
    `profile`, `requests` (kind → state): his own. `missing`: what keeps him out of CadSUS Web. `ticket`: the number of
    his open ticket about the access, "" for none."""

    registered: bool
    person_refused: Refused | None
    director: bool
    administrador: str
    profile: str
    requests: Mapping[str, str]
    missing: Refused | None
    ticket: str = ""


def overview(cpf: str, cnes: str) -> Overview:
    """Where the person stands at the establishment."""
    state = state_of(cpf, cnes)
    card = next(one for one in state.cards if one.tipo is Tipo.PERFIL)
    profile = standing.profile_of(cpf, cnes) or card.perfil
    return Overview(
        registered(cpf),
        _against_the_card(cpf),
        cnes in neighbours.directed_by(cpf),
        _administrator(cnes),
        profile.value if profile else "",
        {one.tipo.value: one.estado.value for one in state.cards if one.estado},
        state.missing,
        neighbours.open_tickets((cpf,)).get(cpf, ""),
    )


def registered(cpf: str) -> bool:
    """Whether the person is registered in SGOP: an account is not enough, the terms in force are accepted."""
    return terms.accepted(cpf)


def _against_the_card(cpf: str) -> Refused | None:
    """By the CNS of his last request; before the first, by the one that the base has for his CPF."""
    cns = asking.last_cns(cpf) or _card_of(cpf)
    holder = neighbours.holder_of(cns)
    refused = checks.card(cns, cpf, holder)
    if refused is not None or holder is None:
        return refused
    return checks.quality(holder)


def _card_of(cpf: str) -> str:
    found = cadsus.find_by_cpf(cpf)
    return found.value.cns_mestre if isinstance(found, Accepted) and found.value else ""


def _administrator(cnes: str) -> str:
    rows = Solicitacao.objects.filter(
        cnes=cnes, tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR, estado__in=OPEN
    )
    states = set(rows.values_list("estado", flat=True))
    return next((one.value for one in (Estado.APROVADO, Estado.PENDENTE) if one in states), "")
