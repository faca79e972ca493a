"""What an operadora of the register owes, and when a new register may replace the one in the base. Pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from vincula.people.folding import without_accents

_ADMINISTRADORA = "ADMINISTRADORA"


@dataclass(frozen=True, slots=True)
class Operadora:
    """An operadora as the register has it; "" or None where the register says nothing."""

    registro_ans: str
    cnpj: str
    razao_social: str
    nome_fantasia: str
    modalidade: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    cidade: str
    uf: str
    cep: str
    ddd: str
    telefone: str
    fax: str
    email: str
    representante: str
    cargo_representante: str
    regiao: int | None
    data_registro: date | None
    ativa: bool
    inativa_desde: date | None

    @property
    def nome(self) -> str:
        """What to call it on a page: the nome fantasia, else the razão social."""
        return self.nome_fantasia or self.razao_social

    @property
    def administradora(self) -> bool:
        """An administradora de benefícios: it sells plans of others and has no beneficiaries of its own."""
        return is_administradora(self.modalidade)

    @property
    def owes_sib(self) -> bool:
        """Active and not an administradora de benefícios (RN 500/2022, art. 29: they owe no SIB)."""
        return self.ativa and not self.administradora


def is_administradora(modalidade: str) -> bool:
    """Whether a modalidade of the register is that of the administradoras de benefícios, however it is spelled."""
    return without_accents(modalidade).strip().upper().startswith(_ADMINISTRADORA)


def folded(text: str) -> str:
    """What the search compares: upper case, without accents, one space between words."""
    return " ".join(without_accents(text).upper().split())


@dataclass(frozen=True, slots=True)
class Absences:
    """What a register that lacks some of the active operadoras does to them: `gone` become inactive.

    `kept` are absent from the rows taken, but a refused row of the file names them: they stay as they are. `allowed`
    is False where so many would go that the file cannot be the whole register.
    """

    gone: tuple[str, ...]
    kept: tuple[str, ...]
    allowed: bool


def absences(active: AbstractSet[str], taken: AbstractSet[str], mentioned: AbstractSet[str]) -> Absences:
    """Compare the active operadoras of the base with those of a file (`taken`) and of its refused rows (`mentioned`).

    Not allowed where more than half of the active ones would go, unless the file has more than twice as many
    operadoras as the base has active ones: then it was the base that was a sample, not the file. Our rule: the
    official file does not say whether it is whole.
    """
    absent = active - taken
    gone, kept = absent - mentioned, absent & mentioned
    allowed = 2 * len(gone) <= len(active) or len(taken) > 2 * len(active)
    return Absences(tuple(sorted(gone)), tuple(sorted(kept)), allowed)
