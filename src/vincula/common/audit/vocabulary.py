"""The terms of the CadSUS audit (`TipoTransacao`, `Evento`) that our events carry (reference/access.md, 2.4
and 9.2).

Official: the seven transaction types. Ours: the mapping, and IMPRESSAO for the print history (`Evento`).
"""

from __future__ import annotations

ADICIONADO = "ADICIONADO"
ATIVO = "ATIVO"
DESATIVO = "DESATIVO"
UNIDO = "UNIDO"
DESUNIDO = "DESUNIDO"
ATUALIZADO = "ATUALIZADO"
MANUTENCAO = "MANUTENCAO"
IMPRESSAO = "IMPRESSAO"

TERMS = frozenset({ADICIONADO, ATIVO, DESATIVO, UNIDO, DESUNIDO, ATUALIZADO, MANUTENCAO, IMPRESSAO})

# The actions on persons and cards of the CNS base for which the official vocabulary has a term.
BY_ACTION = {
    "cadsus:pessoa:adicionada": ADICIONADO,
    "cadsus:pessoa:ativada": ATIVO,
    "cadsus:pessoa:desativada": DESATIVO,
    "cadsus:pessoa:unida": UNIDO,
    "cadsus:pessoa:desunida": DESUNIDO,
    "cadsus:pessoa:atualizada": ATUALIZADO,
    "cadsus:base:mantida": MANUTENCAO,
    "cadsus:cartao:impresso": IMPRESSAO,
}


def term_of(action: str) -> str:
    """The CadSUS term of an action, "" where that vocabulary has none."""
    return BY_ACTION.get(action, "")
