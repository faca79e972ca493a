"""The terms of SGOP (access.md 1.3: PENDENTE and APROVADO are official, the other states are ours)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tipo(StrEnum):
    """The three requests: there is no fourth (R048)."""

    ESTABELECIMENTO = "ESTABELECIMENTO"
    PERFIL = "PERFIL"
    COMPUTADOR = "COMPUTADOR"


class Perfil(StrEnum):
    """As what the person asks."""

    ADMINISTRADOR = "ADMINISTRADOR"
    OPERADOR = "OPERADOR"


class Estado(StrEnum):
    PENDENTE = "PENDENTE"
    APROVADO = "APROVADO"
    NEGADO = "NEGADO"
    REVOGADO = "REVOGADO"
    CANCELADO = "CANCELADO"


class Acao(StrEnum):
    """What may happen to a request once it is there."""

    APROVAR = "aprovar"
    NEGAR = "negar"
    REVOGAR = "revogar"
    RESTAURAR = "restaurar"
    CANCELAR = "cancelar"


OPEN = (Estado.PENDENTE, Estado.APROVADO)
NAMES = {
    Tipo.ESTABELECIMENTO: "acesso ao estabelecimento",
    Tipo.PERFIL: "perfil",
    Tipo.COMPUTADOR: "computador",
}


@dataclass(frozen=True, slots=True, repr=False)
class Pedido:
    """A request as the rules see it; `cpf` is the requester's, never shown (no repr)."""

    tipo: Tipo
    cpf: str
    cnes: str
    perfil: Perfil
    estado: Estado


@dataclass(frozen=True, slots=True, repr=False)
class Quem:
    """Who acts: `administra` are the CNES whose approved ADMINISTRADOR he is now; `suporte`, one of the support team.

    `sistema` is the re-check of directors, which only ever takes away.
    """

    cpf: str = ""
    suporte: bool = False
    administra: frozenset[str] = frozenset()
    sistema: bool = False
