"""A person as the CNS base knows him, in the form that every wire format writes from. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One CNS of a person. `tipo`: D definitivo, P provisório. `atribuido_em`: `AAAA-MM-DD`, "" where unknown."""

    numero: str
    tipo: str
    atribuido_em: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonRecord:
    """What is held on a person. Every text is "" where unknown, dates are `AAAA-MM-DD`, codes are those of CadSUS.

    `id` is the identificador corporativo. `cartoes`: the master card first. `municipio6` is where he lives. Without
    a repr, so that no log or trace shows a person.
    """

    id: int
    nome: str = ""
    nome_social: str = ""
    nome_mae: str = ""
    nome_pai: str = ""
    sexo: str = ""
    data_nascimento: str = ""
    data_obito: str = ""
    raca_cor: str = ""
    municipio_nascimento: str = ""
    cartoes: tuple[Card, ...] = ()
    cpf: str = ""
    pis: str = ""
    tipo_logradouro: str = ""
    logradouro: str = ""
    numero: str = ""
    complemento: str = ""
    bairro: str = ""
    cep: str = ""
    municipio6: str = ""
    uf: str = ""
    ddd: str = ""
    telefone: str = ""
    email: str = ""
    ativa: bool = True
    qualidade: int = 0

    @property
    def cns(self) -> str:
        """The number of the master card; "" for a person without any."""
        return self.cartoes[0].numero if self.cartoes else ""
