"""A person of the synthetic country, and the words for how it stands in its family and in the bases."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Base(IntEnum):
    """How a person stands in the CNS base."""

    ABSENT = 0  # a number will be issued
    PRESENT = 1
    WITHOUT_CPF = 2  # registered without CPF though there is one: for review
    CONFLICT = 3  # somebody else is registered under the same CPF
    TWICE = 4  # registered twice with the same CPF


class Papel(IntEnum):
    """Place in the family."""

    TITULAR = 0
    CONJUGE = 1
    FILHO = 2
    MAE = 6


class SandboxPerson(NamedTuple):
    """One synthetic person. Texts are "" where there is nothing; dates are AAAA-MM-DD.

    `nome` and `nome_mae` are the civil names as the Receita has them; `outro_nome` is a wife's name by
    birth or by marriage, whichever the civil name is not. `situacao` is that of the CPF (0, 2, 3, 4, 5, 8,
    9), without meaning where there is no CPF. `cns` holds the cards, the master one first (empty for
    whoever is not in the CNS base); `outro_cns` is the card of a second registration under the same CPF (of
    the same person or of somebody else).
    """

    serial: int
    familia: int
    papel: Papel
    cpf: str
    situacao: int
    ano_obito: str
    nome: str
    outro_nome: str
    nome_social: str
    nome_mae: str
    sexo: str
    nascimento: str
    pis: str
    base: Base
    cns: tuple[str, ...]
    outro_cns: str
    gemeo: bool
    homonimo: str
    tipo_logradouro: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    cep: str
    municipio: str
    uf: str
    ddd: str
    telefone: str
