"""The gate (R049): all three requests APROVADO, and of one and the same profile. Each of the other combinations says
what is missing and who must act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sgop.rules.words import NAMES, OPEN, Estado, Perfil, Tipo

FORMER = (
    "Se você continua a dirigir o estabelecimento, corrija o CNES e abra um chamado: o suporte o restaura. Se não "
    "dirige mais, desista dos outros pedidos que tem aqui e, quando houver novo ADMINISTRADOR, peça o perfil OPERADOR."
)
NO_REQUEST = "sem pedido"
ON_THE_WAY = (NO_REQUEST, Estado.PENDENTE.value, Estado.CANCELADO.value)
"""States of a missing request in which nothing went wrong."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest request of one kind: None where there is none. `former`: it is of an ADMINISTRADOR whom the CNES
    names as director no more; `ticket`: the number of his open ticket, "" for none."""

    estado: Estado | None = None
    perfil: Perfil | None = None
    former: bool = False
    ticket: str = ""


def who_acts(tipo: Tipo, standing: Standing) -> str:
    """The next step of one request, for the card of the page."""
    if standing.former and standing.estado in OPEN:
        return "Se você não dirige mais o estabelecimento, desista deste pedido antes de pedir o perfil OPERADOR."
    if standing.estado is Estado.APROVADO:
        return "Nada a fazer."
    if standing.estado is Estado.PENDENTE:
        if standing.ticket:
            return f"Espere: o chamado {standing.ticket} está aberto com a equipe de suporte do CadSUS Web."
        if standing.perfil is Perfil.ADMINISTRADOR:
            return "Abra um chamado: a equipe de suporte do CadSUS Web autoriza o ADMINISTRADOR depois do contato."
        return "O ADMINISTRADOR do estabelecimento decide."
    if standing.estado is Estado.REVOGADO:
        if standing.former:
            return FORMER
        by = (
            "a equipe de suporte do CadSUS Web, com um chamado"
            if standing.perfil is Perfil.ADMINISTRADOR
            else "o ADMINISTRADOR do estabelecimento"
        )
        return f"Pode ser restaurado: procure {by}."
    if tipo is Tipo.COMPUTADOR:
        return "Cadastre este computador."
    return "Faça o pedido."


def three(standings: Mapping[Tipo, Standing]) -> Outcome[Perfil]:
    """The profile with which the person may enter, as far as the requests go.

    Refused: SGOP_FALTA_ESTABELECIMENTO, SGOP_FALTA_PERFIL, SGOP_FALTA_COMPUTADOR, SGOP_PERFIS_DIFERENTES.
    """
    profiles = set()
    for tipo in Tipo:
        one = standings.get(tipo, Standing())
        if one.estado is not Estado.APROVADO or one.perfil is None:
            state = one.estado.value if one.estado else NO_REQUEST
            return Refused(
                f"SGOP_FALTA_{tipo}",
                f"Falta a aprovação do pedido de {NAMES[tipo]} ({state}).",
                who_acts(tipo, one),
                {"estado": state},
            )
        profiles.add(one.perfil)
    if len(profiles) != 1:
        return Refused(
            "SGOP_PERFIS_DIFERENTES",
            "Os três pedidos não são do mesmo perfil.",
            "Desista dos que são do perfil que não usa mais e peça-os com o perfil em vigor.",
        )
    return Accepted(profiles.pop())
