"""What a caller of the two services asks: one dataclass for each operation.

A request bears all that is wrong with its form in `faults`; whoever serves it answers them as they are, and reads the
rest only where there is none. Rules on what a record says are not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from vincula.formats.soap import Mensagem
from vincula.people.record import PersonRecord


@dataclass(frozen=True, slots=True, repr=False)
class CNESUsuario:
    """On whose behalf the system calls: establishment, operator, and his password (only to authenticate with)."""

    cnes: str
    usuario: str
    senha: str = field(default="", compare=False)


class TipoPesquisa(Enum):
    """How names are compared in a search."""

    IDENTICA = "IDENTICA"
    APROXIMADA = "APROXIMADA"
    FONETICA = "FONETICA"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FiltroPesquisa:
    """What is searched; "" where not given.

    `tipo_documento`: 01 RG, 02 CPF, 03 CTPS, 04 CNH, 05 título, 06 NIS, 19 DNV, 91, 92, 93, 95 certidões.
    `municipio_nascimento`: IBGE, 6 digits. `situacao`: only active, only inactive, or None.
    """

    tipo: TipoPesquisa
    nome: str = ""
    nome_social: str = ""
    nome_familia: str = ""
    data_nascimento: str = ""
    nome_mae: str = ""
    nome_pai: str = ""
    cpf: str = ""
    municipio_nascimento: str = ""
    tipo_documento: str = ""
    numero_documento: str = ""
    situacao: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Asked:
    operador: CNESUsuario
    faults: tuple[Mensagem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pesquisar(_Asked):
    """Search."""

    filtro: FiltroPesquisa
    higienizar: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Consultar(_Asked):
    """Read by CNS."""

    cns: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _WithPerson(_Asked):
    """`given`: the names of the fields of `record` that the message brought, be they empty."""

    record: PersonRecord
    given: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Incluir(_WithPerson):
    """Register. `higienizar`: None where not said."""

    higienizar: bool | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Atualizar(_WithPerson):
    """Change. `higienizar`: None where not said."""

    higienizar: bool | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AlterarSituacao(_WithPerson):
    """Activate or deactivate."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CalcularGrauDeQualidade(_WithPerson):
    """Grade a record that need not be in the base. The photograph is not kept, but weighs: whether the image came, and
    the day that it was taken."""

    foto: bool
    data_foto: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _OfPerson(_Asked):
    """`pessoa`: the identificador corporativo; 0 where it is none of ours (nobody has it)."""

    pessoa: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoricoUnificacao(_OfPerson):
    """Who was united with the person."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoricoTransacoes(_OfPerson):
    """What happened to the registration."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CamposAlterados(_Asked):
    """The record before and after a transaction. `transacao` as sent."""

    transacao: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UltimaAlteracao(_Asked):
    """When the registration last changed."""

    cns: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoricoImpressao(_Asked):
    """Who printed the card."""

    cns: str


Request: TypeAlias = (
    Pesquisar
    | Consultar
    | Incluir
    | Atualizar
    | AlterarSituacao
    | CalcularGrauDeQualidade
    | HistoricoUnificacao
    | HistoricoTransacoes
    | CamposAlterados
    | UltimaAlteracao
    | HistoricoImpressao
)
