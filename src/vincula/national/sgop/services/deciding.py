"""Decisions on requests: support for an ADMINISTRADOR, the ADMINISTRADOR of that very CNES for an OPERADOR."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from vincula.common.outcomes import Outcome, Refused
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules import moves
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Quem
from vincula.national.sgop.services import (
    conditions,
    membership,
    neighbours,
    standing,
    stopped,
    store,
    telling,
)
from vincula.national.sgop.services.asking import ALREADY

ACTIONS = {
    Acao.APROVAR: "sgop:pedido:aprovado",
    Acao.NEGAR: "sgop:pedido:negado",
    Acao.REVOGAR: "sgop:pedido:revogado",
    Acao.RESTAURAR: "sgop:pedido:restaurado",
}
NO_TICKET = Refused(
    "SGOP_SEM_CHAMADO",
    "A pessoa não tem chamado aberto sobre o acesso.",
    "O ADMINISTRADOR é autorizado depois do contato: peça que abra um chamado e repita.",
)
CONDITIONS = Refused(
    "SGOP_CONDICOES",
    "As condições de quem pediu não se mantêm; o pedido continua como está.",
    "A pessoa vê em Minhas solicitações o que falta e o que fazer. Decida de novo depois disso, ou negue o pedido.",
)


def decide(
    cpf: str, solicitacao: int, acao: Acao, motivo: str = "", *, support: bool = False
) -> Outcome[Estado]:
    """Approve, deny, revoke or restore, by the person `cpf` (`support`: one of the support team).

    What he may is judged inside the transaction that changes the row. Refused: the codes of rules.moves
    (SGOP_SEM_COMPETENCIA also where there is no such request), SGOP_SEM_CHAMADO, SGOP_CONDICOES, SGOP_JA_PEDIDO,
    SERVICO_INTERROMPIDO.
    """
    with transaction.atomic():
        row = Solicitacao.objects.select_for_update().filter(pk=solicitacao).first()
        if row is None or acao not in ACTIONS:
            return moves.FORBIDDEN
        return decided(row, standing.actor(cpf, support=support), acao, " ".join(motivo.split()))


def decided(row: Solicitacao, quem: Quem, acao: Acao, motivo: str) -> Outcome[Estado]:
    """The same of a row that the caller holds locked, by whom he has looked at inside his transaction."""
    after = moves.move(store.pedido(row), acao, quem, motivo)
    if isinstance(after, Refused):
        return after
    if refused := stopped.requests():
        return refused
    if acao in moves.GRANTS and (refused := _not_granted(row)):
        return refused
    try:
        with transaction.atomic():
            store.moved(row, after.value, ACTIONS[acao], f"cpf:{quem.cpf}", motivo)
    except IntegrityError:  # restored, while another one of the kind is open
        return ALREADY
    membership.follow(row.cpf, row.cnes, f"cpf:{quem.cpf}")
    telling.of_decision(row)
    return after


def _not_granted(row: Solicitacao) -> Refused | None:
    """What stands in the way of saying yes: no ticket, conditions gone, another open request in its place."""
    perfil = Perfil(row.perfil)
    if perfil is Perfil.ADMINISTRADOR and not neighbours.open_tickets((row.cpf,)):
        return NO_TICKET
    if conditions.refusal(row.cpf, row.cnes, perfil, row.cns):
        return CONDITIONS
    return None
