"""The base of establishments (CNES): what the archive brings, and the simple registration of the sandbox."""

from vincula.national.cnes.models.archive import Carga, MotivoDesativacao, Subtipo, TipoUnidade
from vincula.national.cnes.models.establishment import Estabelecimento, Profissional
from vincula.national.cnes.models.registration import Cadastro, CadastroHistorico

__all__ = [
    "Cadastro",
    "CadastroHistorico",
    "Carga",
    "Estabelecimento",
    "MotivoDesativacao",
    "Profissional",
    "Subtipo",
    "TipoUnidade",
]
