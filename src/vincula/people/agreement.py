"""Which of nome, CPF and nascimento agree with the Receita, and on what ground (R091, R092).

"Alta qualidade cadastral" of a SIB record is exactly three equalities: the same CPF, the same date, the
same civil name (`identity_key`). Nothing looser, and nothing else: the nome social never counts. This is
not the quality grade of a CNS record, which `quality` computes (requirements, decision 8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from .identity import identity_key, whole_key


class Ground(Enum):
    """Why a field agrees or does not."""

    IGUAL = "igual, caractere por caractere"
    IGUAL_DOBRADO = "igual, a menos de maiúsculas, acentos, espaços, hífen e ponto"
    IGUAL_CORTADO = "igual nos 70 caracteres que o arquivo SBX comporta"
    DIFERENTE = "diferente"
    NOME_SOCIAL = "é o nome social; o que conta é o nome civil"
    NAO_ENVIADO = "não foi enviado"
    NAO_CONSTA = "não consta na base da Receita"

    @property
    def agrees(self) -> bool:
        """True for the three grounds of equality."""
        return self in _EQUAL


_EQUAL = frozenset({Ground.IGUAL, Ground.IGUAL_DOBRADO, Ground.IGUAL_CORTADO})


class Field(Enum):
    """The three fields that decide, by the names of the SBX."""

    CPF = "cpf"
    NOME = "nome"
    NASCIMENTO = "dataNascimento"


@dataclass(frozen=True, slots=True)
class Identity:
    """The three fields of one side; "" is absent. CPF: 11 digits; data_nascimento: `AAAA-MM-DD`."""

    cpf: str = field(repr=False)
    nome: str = field(repr=False)
    data_nascimento: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The ground for each of the three fields."""

    cpf: Ground
    nome: Ground
    data_nascimento: Ground

    @property
    def identical(self) -> bool:
        """All three agree: the record has alta qualidade cadastral and its CNS is given automatically."""
        return self.cpf.agrees and self.nome.agrees and self.data_nascimento.agrees

    @property
    def differing(self) -> tuple[Field, ...]:
        """The fields that do not agree, in the order CPF, nome, nascimento. For internal use: see
        `nameable`.
        """
        grounds = ((Field.CPF, self.cpf), (Field.NOME, self.nome), (Field.NASCIMENTO, self.data_nascimento))
        return tuple(which for which, ground in grounds if not ground.agrees)

    @property
    def nameable(self) -> Field | None:
        """The one field that may be named to the plan as differing, or None.

        The oracle rule of the design: only where the CPF is in the base and the other of name and birth
        agrees, so that nobody can learn a person's data from the Receita by trying.
        """
        if self.cpf.agrees and len(self.differing) == 1:
            return self.differing[0]
        return None


def agree(sent: Identity, receita: Identity, *, nome_social: str = "") -> Agreement:
    """How a record sent to SIB stands against one of the Receita base. Never raises.

    `nome_social`: that of the Receita base. It never makes a name agree; a name that equals it is only
    told apart from any other difference (NOME_SOCIAL), so that the plan can be told to send the civil
    name.
    """
    return Agreement(
        cpf=_exactly(sent.cpf, receita.cpf),
        nome=_names(sent.nome, receita.nome, nome_social),
        data_nascimento=_exactly(sent.data_nascimento, receita.data_nascimento),
    )


def _exactly(sent: str, base: str) -> Ground:
    if not sent:
        return Ground.NAO_ENVIADO
    if not base:
        return Ground.NAO_CONSTA
    return Ground.IGUAL if sent == base else Ground.DIFERENTE


def _names(sent: str, base: str, social: str) -> Ground:
    sent_key, base_key = identity_key(sent), identity_key(base)
    if not sent_key:
        return Ground.NAO_ENVIADO
    if not base_key:
        return Ground.NAO_CONSTA
    if sent_key != base_key:
        return Ground.NOME_SOCIAL if sent_key == identity_key(social) else Ground.DIFERENTE
    if sent == base:
        return Ground.IGUAL
    return Ground.IGUAL_DOBRADO if whole_key(sent) == whole_key(base) else Ground.IGUAL_CORTADO
