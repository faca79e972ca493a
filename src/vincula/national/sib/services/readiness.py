"""What can be had only of a consolidated competência, and why not yet: in the words of what was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.common.outcomes import Refused
from vincula.national.cadop import services as cadop
from vincula.national.sib.models import Competencia
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.services import months


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `comes`: when it can be had; `meanwhile`: what to do until the closing; `again`: until the
    consolidation."""

    prefix: str
    comes: str
    meanwhile: str
    again: str


CNX = Asked(
    "CNX_",
    "o CNX sai depois do encerramento e da consolidação",
    "Aguarde o encerramento; enquanto isso o resultado de cada arquivo está no seu RPX.",
    "Aguarde a consolidação e peça de novo.",
)
LIST = Asked(
    "",
    "quem fica sem CNS, e quem o tem trocado, só se sabe na consolidação",
    "Aguarde o encerramento e a consolidação; até lá, as críticas de cada arquivo estão no seu RPX.",
    "Aguarde a consolidação e peça a lista de novo.",
)


def unknown(registro: str) -> Refused | None:
    """Why nothing can be said of this operadora, if so."""
    if cadop.get(registro) is not None:
        return None
    return Refused(
        "OPERADORA_DESCONHECIDA",
        f"O registro {registro[:20]} não está no cadastro de operadoras (CADOP).",
        "Confira o registro ANS, 6 algarismos.",
    )


def not_yet(registro: str, month: int, asked: Asked) -> Refused | None:
    """Why this operadora cannot have it now, if so."""
    if refused := unknown(registro):
        return refused
    row = months.state_of(month)
    if row is None or row.estado == Competencia.Estado.ABERTA:
        return Refused(
            f"{asked.prefix}COMPETENCIA_ABERTA",
            f"A competência {as_text(month)} não foi encerrada: {asked.comes}.",
            asked.meanwhile,
        )
    if row.estado != Competencia.Estado.CONSOLIDADA:
        return Refused(
            f"{asked.prefix}COMPETENCIA_NAO_CONSOLIDADA",
            f"A competência {as_text(month)} foi encerrada, mas ainda não foi consolidada: {asked.comes}.",
            asked.again,
        )
    return None
