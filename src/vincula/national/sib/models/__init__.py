"""Tables of SIB. A vínculo's number is its CCO (identifiers.cco); what a file says is kept as the file says it."""

from vincula.national.sib.models.arquivo import Arquivo, Critica, Movimento
from vincula.national.sib.models.competencia import (
    Atribuicao,
    Competencia,
    PrazoExcepcional,
    RegraCalendario,
    Resumo,
    Revisao,
)
from vincula.national.sib.models.pedido import PedidoCnx
from vincula.national.sib.models.vinculo import Sequencia, Vinculo, VinculoVersao

__all__ = [
    "Arquivo",
    "Atribuicao",
    "Competencia",
    "Critica",
    "Movimento",
    "PedidoCnx",
    "PrazoExcepcional",
    "RegraCalendario",
    "Resumo",
    "Revisao",
    "Sequencia",
    "Vinculo",
    "VinculoVersao",
]
