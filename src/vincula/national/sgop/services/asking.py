"""The three requests (R014, R044, R048) and their cancelling by who made them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cns as cns_rules
from vincula.national.sgop.models import Computador, Solicitacao
from vincula.national.sgop.rules import moves
from vincula.national.sgop.rules.words import OPEN, Acao, Perfil, Quem, Tipo
from vincula.national.sgop.services import conditions, directors, membership, stopped, store, telling

ALREADY = Refused(
    "SGOP_JA_PEDIDO",
    "Já há um pedido deste tipo, pendente ou aprovado, para este estabelecimento.",
    "Acompanhe-o em Minhas solicitações; para pedir de novo, desista antes do que existe.",
)
COMPUTER_WAITS = Refused(
    "SGOP_COMPUTADOR_ESPERA",
    "Já há um pedido de computador pendente para este estabelecimento.",
    "Espere a decisão dele, ou desista dele em Computador; depois peça o outro.",
)
OTHER_PROFILE = Refused(
    "SGOP_OUTRO_PERFIL",
    "Você já tem pedidos com outro perfil neste estabelecimento.",
    "Use o mesmo perfil, ou desista antes dos pedidos do outro, em Minhas solicitações.",
)
NOT_YOUR_COMPUTER = Refused(
    "SGOP_COMPUTADOR_AUSENTE", "Falta o computador do pedido.", "Cadastre este computador em Computador."
)


def request_access(
    cpf: str, cnes: str, tipo: Tipo, perfil: Perfil, *, cns: str = "", computador: int | None = None
) -> Outcome[int]:
    """One of the three requests; the number of its row. The checks come first, anew at every try.

    `cns` "" is that of the person's last request. Refused: the codes of rules.checks and of cnes.headquarters,
    SGOP_SEM_ADMINISTRADOR, SGOP_OUTRO_PERFIL, SGOP_COMPUTADOR_AUSENTE, SGOP_JA_PEDIDO,
    SGOP_COMPUTADOR_ESPERA, SERVICO_INTERROMPIDO.
    """
    if refused := stopped.requests():
        return refused
    number = cns_rules.parse(cns) or last_cns(cpf)
    if refused := conditions.refusal_to_ask(cpf, cnes, perfil, number):
        return refused
    directors.recheck(cnes)
    with transaction.atomic():
        if _open(cpf, cnes).exclude(perfil=perfil).exists():
            return OTHER_PROFILE
        if tipo is Tipo.COMPUTADOR and not _is_his(cpf, computador):
            return NOT_YOUR_COMPUTER
        return _made(cpf, cnes, number, tipo, perfil, computador if tipo is Tipo.COMPUTADOR else None)


def _is_his(cpf: str, computador: int | None) -> bool:
    return computador is not None and Computador.objects.filter(pk=computador, cpf=cpf).exists()


def _open(cpf: str, cnes: str) -> QuerySet[Solicitacao]:
    return Solicitacao.objects.filter(cpf=cpf, cnes=cnes, estado__in=OPEN)


def _made(cpf: str, cnes: str, cns: str, tipo: Tipo, perfil: Perfil, computador: int | None) -> Outcome[int]:
    try:
        with transaction.atomic():
            row = Solicitacao.objects.create(
                tipo=tipo.value, cpf=cpf, cnes=cnes, cns=cns, perfil=perfil.value, computador_id=computador
            )
            store.noted(row, "sgop:pedido:feito", f"cpf:{cpf}")
            telling.of_request(row)
    except IntegrityError:
        return COMPUTER_WAITS if tipo is Tipo.COMPUTADOR else ALREADY
    return Accepted(int(row.pk))


def cancel(cpf: str, solicitacao: int) -> Outcome[None]:
    """Take one's own request back, or end one's own access. Refused: SGOP_PEDIDO_DE_OUTRO (also where there is none),
    SGOP_JA_DECIDIDO, SERVICO_INTERROMPIDO."""
    with transaction.atomic():
        row = Solicitacao.objects.select_for_update().filter(pk=solicitacao, cpf=cpf).first()
        if row is None:
            return moves.NOT_YOURS
        after = moves.move(store.pedido(row), Acao.CANCELAR, Quem(cpf))
        if isinstance(after, Refused):
            return after
        if refused := stopped.requests():
            return refused
        store.moved(row, after.value, "sgop:pedido:cancelado", f"cpf:{cpf}")
        membership.follow(cpf, row.cnes, f"cpf:{cpf}")
    return Accepted(None)


def own_open(cpf: str, solicitacao: int) -> Solicitacao | None:
    """The person's own request, as long as it is open; None for every other one."""
    rows = Solicitacao.objects.filter(pk=solicitacao, cpf=cpf, estado__in=OPEN)
    return rows.select_related("computador").first()


def last_cns(cpf: str) -> str:
    """The CNS of the person's last request, "" where he made none."""
    return Solicitacao.objects.filter(cpf=cpf).order_by("-pk").values_list("cns", flat=True).first() or ""
