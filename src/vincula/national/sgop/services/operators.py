"""One person at one CNES, for who decides about him: his requests, computers, last entry, history (R013)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from vincula.common.accounts.models import Pessoa
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rules
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules import moves
from vincula.national.sgop.rules.words import OPEN, Acao, Estado, Quem, Tipo
from vincula.national.sgop.services import deciding, lists, neighbours, standing, store
from vincula.national.sgop.services.expiring import expires

NOTHING_OPEN = Refused(
    "SGOP_NADA_A_ENCERRAR",
    "A pessoa não tem pedido pendente nem acesso aprovado neste CNES.",
    "Confira os pedidos abaixo; o que foi revogado pode ser restaurado.",
)


@dataclass(frozen=True, slots=True)
class Operator:
    """The CPF is masked. `requests` and `history` newest first; `entered`: his last entry into CadSUS Web with this
    CNES; `expires`: when the access ends unless he enters (None: never)."""

    nome: str = field(repr=False)
    cpf: str
    cnes: str
    place: str
    perfil: str
    requests: list[lists.Row] = field(repr=False)
    history: list[lists.Step] = field(repr=False)
    entered: datetime | None
    expires: datetime | None

    @property
    def open(self) -> bool:
        return any(one.estado in OPEN for one in self.requests)


def operator(by: str, quem: Quem, solicitacao: int) -> Operator | None:
    """Who made this request, as who may decide about it sees him; None for everybody else, and where there is no such
    request. The look is audited."""
    row = Solicitacao.objects.filter(pk=solicitacao).first()
    if row is None or not moves.may_decide(store.pedido(row), quem):
        return None
    found = [one for one in standing.rows_of(row.cpf, row.cnes) if moves.may_decide(store.pedido(one), quem)]
    support = quem.suporte and row.cnes not in quem.administra
    seen = Historico.objects.filter(solicitacao__in=[one.pk for one in found])
    profile = next((one for one in found if one.tipo == Tipo.PERFIL and one.estado == Estado.APROVADO), None)
    person = Pessoa.objects.filter(cpf=row.cpf).first()
    entries = [one.ultima_entrada for one in found if one.ultima_entrada]
    return Operator(
        person.get_full_name() if person else "",
        cpf_rules.mask(row.cpf),
        row.cnes,
        neighbours.establishment_name(row.cnes),
        row.perfil,
        lists.rows(by, found, tickets=support),
        lists.told(seen.select_related("solicitacao__computador").order_by("-pk")),
        max(entries, default=None),
        expires(profile) if profile else None,
    )


def end_access(cpf: str, solicitacao: int, motivo: str, *, support: bool = False) -> Outcome[int]:
    """End all that the person of this request has at its CNES, by the person `cpf`: what is approved is revoked, what
    waits is denied, all or nothing; how many. What he may is judged inside the transaction.

    Refused: the codes of rules.moves (SGOP_SEM_COMPETENCIA also where there is no such request), SGOP_NADA_A_ENCERRAR.
    """
    with transaction.atomic():
        one = Solicitacao.objects.filter(pk=solicitacao).first()
        if one is None:
            return moves.FORBIDDEN
        quem = standing.actor(cpf, support=support)
        if not moves.may_decide(store.pedido(one), quem):
            return moves.NOBODY_HIS_OWN if one.cpf == cpf else moves.FORBIDDEN
        rows = Solicitacao.objects.select_for_update().filter(
            cpf=one.cpf, cnes=one.cnes, perfil=one.perfil, estado__in=OPEN
        )
        ended = 0
        for row in rows.order_by("pk"):
            acao = Acao.REVOGAR if row.estado == Estado.APROVADO else Acao.NEGAR
            outcome = deciding.decided(row, quem, acao, " ".join(motivo.split()))
            if isinstance(outcome, Refused):
                transaction.set_rollback(True)
                return outcome
            ended += 1
    return Accepted(ended) if ended else NOTHING_OPEN
