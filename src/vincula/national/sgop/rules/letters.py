"""What SGOP writes to people by mail: that something was decided, or waits. No names, no reasons: those are read on
the pages, by who has entered. Pure."""

from __future__ import annotations

from vincula.national.sgop.rules.words import NAMES, Estado, Tipo

Letter = tuple[str, str]
"""Subject and text."""
_END = "\n\nEste e-mail é automático; favor não respondê-lo.\n"
_WHERE = "O motivo e o que fazer estão no SGOP, em Minhas solicitações."
_WORDS = {Estado.NEGADO: "negado", Estado.REVOGADO: "revogado"}


def enabled(cnes: str) -> Letter:
    """All three requests hold."""
    return (
        "SGOP: o seu acesso ao CadSUS Web está habilitado",
        f"Os seus três pedidos para o CNES {cnes} estão aprovados. Entre em CadSUS Web pelo navegador e "
        f"pelo computador que você cadastrou.{_END}",
    )


def refused(cnes: str, tipo: Tipo, estado: Estado) -> Letter:
    """A request was denied or revoked (`estado`: one of the two)."""
    word = _WORDS[estado]
    return (
        f"SGOP: um pedido seu foi {word}",
        f"O seu pedido de {NAMES[tipo]} para o CNES {cnes} foi {word}. {_WHERE}{_END}",
    )


def waiting(cnes: str) -> Letter:
    """To who decides: somebody has asked."""
    return (
        "SGOP: há pedido de operador à espera da sua decisão",
        f"Uma pessoa pediu acesso como OPERADOR do CNES {cnes}. O pedido está no SGOP, em Gerir estabelecimento, "
        f"Aprovações pendentes: confira quem é antes de aprovar.{_END}",
    )
