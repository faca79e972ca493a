"""Who may do what to a request, and what becomes of it (R034, R037, R038, R046, R047)."""

from __future__ import annotations

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sgop.rules.words import Acao, Estado, Pedido, Perfil, Quem

# What each act makes of which state. What is not here does not happen.
MOVES: dict[tuple[Acao, Estado], Estado] = {
    (Acao.APROVAR, Estado.PENDENTE): Estado.APROVADO,
    (Acao.NEGAR, Estado.PENDENTE): Estado.NEGADO,
    (Acao.REVOGAR, Estado.APROVADO): Estado.REVOGADO,
    (Acao.RESTAURAR, Estado.REVOGADO): Estado.APROVADO,
    (Acao.CANCELAR, Estado.PENDENTE): Estado.CANCELADO,
    (Acao.CANCELAR, Estado.APROVADO): Estado.CANCELADO,
}
GRANTS = (Acao.APROVAR, Acao.RESTAURAR)
REASONED = (Acao.NEGAR, Acao.REVOGAR, Acao.RESTAURAR)
REASON_MAX = 500

NOBODY_HIS_OWN = Refused(
    "SGOP_PROPRIO_PEDIDO",
    "Ninguém decide o próprio pedido.",
    "O pedido de ADMINISTRADOR é autorizado pelo suporte do CadSUS Web, depois de um chamado; os outros, pelo "
    "ADMINISTRADOR do estabelecimento.",
)
FORBIDDEN = Refused(
    "SGOP_SEM_COMPETENCIA",
    "Este pedido não é seu para decidir.",
    "Decide o ADMINISTRADOR aprovado do mesmo CNES; sobre o ADMINISTRADOR, a equipe de suporte do CadSUS Web.",
)
NOT_YOURS = Refused(
    "SGOP_PEDIDO_DE_OUTRO", "Só quem fez o pedido pode cancelá-lo.", "Confira em Minhas solicitações."
)
NO_REASON = Refused(
    "SGOP_SEM_MOTIVO", "Falta o motivo.", "Escreva o motivo: ele fica no histórico e é mostrado a quem pediu."
)
UNSEEN_REASON = Refused(
    "SGOP_MOTIVO_INVALIDO",
    "O motivo tem um caractere que não se vê.",
    "Escreva o motivo só com caracteres visíveis.",
)
LONG_REASON = Refused(
    "SGOP_MOTIVO_LONGO", f"O motivo passa de {REASON_MAX} caracteres.", "Escreva um motivo mais curto."
)


def may_decide(pedido: Pedido, quem: Quem) -> bool:
    """Support for an ADMINISTRADOR, the approved ADMINISTRADOR of that very CNES for an OPERADOR; nobody his own."""
    if not quem.cpf or quem.cpf == pedido.cpf:
        return False
    if pedido.perfil is Perfil.ADMINISTRADOR:
        return quem.suporte
    return pedido.cnes in quem.administra


def move(pedido: Pedido, acao: Acao, quem: Quem, motivo: str = "") -> Outcome[Estado]:
    """The state after this act by this person. Refused: SGOP_PROPRIO_PEDIDO, SGOP_SEM_COMPETENCIA,
    SGOP_PEDIDO_DE_OUTRO, SGOP_SEM_MOTIVO, SGOP_MOTIVO_LONGO, SGOP_MOTIVO_INVALIDO, SGOP_JA_DECIDIDO."""
    refused = _who(pedido, acao, quem) or _reason(acao, motivo)
    if refused:
        return refused
    after = MOVES.get((acao, pedido.estado))
    if after is None:
        return Refused(
            "SGOP_JA_DECIDIDO",
            f"O pedido está {pedido.estado}: não dá para {acao} agora.",
            "Abra a lista de novo e confira o estado do pedido.",
            {"estado": pedido.estado.value},
        )
    return Accepted(after)


def _who(pedido: Pedido, acao: Acao, quem: Quem) -> Refused | None:
    if quem.sistema:
        return None if acao is Acao.REVOGAR else FORBIDDEN
    if acao is Acao.CANCELAR:
        return None if quem.cpf == pedido.cpf else NOT_YOURS
    if may_decide(pedido, quem):
        return None
    return NOBODY_HIS_OWN if quem.cpf == pedido.cpf else FORBIDDEN


def _reason(acao: Acao, motivo: str) -> Refused | None:
    text = motivo.strip()
    if len(text) > REASON_MAX:
        return LONG_REASON
    if not " ".join(text.split()).isprintable():
        return UNSEEN_REASON
    return NO_REASON if acao in REASONED and not text else None
