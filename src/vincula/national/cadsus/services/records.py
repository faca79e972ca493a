"""What goes in and out of the CNS base's use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from vincula.national.cadsus.rules import Merger, unknown_parent
from vincula.people.name import identity_key

# The person's data as a row of texts, in the order of the table.
DATA = (
    "cpf_situacao", "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "data_nascimento", "raca_cor",
    "municipio_nascimento", "data_obito", "pis", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro",
    "cep", "municipio", "uf", "ddd", "telefone", "email",
)  # fmt: skip
# Characters that each column of the table takes; a longer value betrays a shifted row.
WIDTHS = {
    "registro_id": 50, "cpf_situacao": 1, "sexo": 2, "raca_cor": 4, "municipio_nascimento": 7, "pis": 11,
    "tipo_logradouro": 3, "cep": 8, "municipio": 7, "uf": 2, "ddd": 2, "telefone": 11,
    **dict.fromkeys(
        ("nome", "nome_social", "nome_mae", "nome_pai", "logradouro", "numero", "complemento", "bairro", "email"), 250
    ),
}  # fmt: skip
PLACE = {name: index for index, name in enumerate(DATA)}
MERGER = Merger(DATA)
GOVERNED = frozenset(
    {"cpf", "nome", "nome_mae", "data_nascimento", "sexo"}
)  # by the Receita, with a CPF (V4)


@dataclass(slots=True)
class Registration:
    """One registration of a person as it arrives. `data` in the order of DATA; `cards`: its own CNS first,
    then the others it lists; `atualizado_em`: ISO date of the data; `line`: where it stands in its
    file, 0 if in none; `outros`: what it says beside DATA, in the form of others.pack, for a new person.
    """

    registro: str
    cpf: str
    data: tuple[str, ...]
    atualizado_em: str
    nome_chave: str
    mae_chave: str
    cards: tuple[str, ...] = ()
    line: int = 0
    outros: str = ""


def registration(
    values: dict[str, str],
    *,
    registro: str = "",
    cpf: str = "",
    atualizado_em: str = "",
    cards: tuple[str, ...] = (),
    outros: str = "",
) -> Registration:
    """A registration from named values (names of DATA; what is missing is not known)."""
    mother = values.get("nome_mae", "")
    return Registration(
        registro,
        cpf,
        tuple(values.get(name, "") for name in DATA),
        atualizado_em,
        identity_key(values.get("nome", "")),
        "" if unknown_parent(mother) else identity_key(mother),
        cards,
        outros=outros,
    )


class Fate(Enum):
    """What became of a registration."""

    NEW = "nova pessoa"
    JOINED = "juntada a uma pessoa da base"
    UPDATED = "atualizada"
    UNCHANGED = "sem mudança"
    CARD_TAKEN = "traz um CNS que é de outra pessoa"


@dataclass(frozen=True, slots=True)
class Result:
    """`pessoa_id` is None only for CARD_TAKEN. `disputed`: the CPF it bears resolves to nobody now."""

    fate: Fate
    pessoa_id: int | None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: `quem` is a stable name of a person or of a routine, never a personal datum beyond it;
    CNES of 7 digits. `administrador`: has the profile Administrador or Administrador/Gestor, without which VIP,
    proteção a testemunha and situação stay as they are (V3, V12).
    """

    quem: str
    cnes: str = ""
    administrador: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person as found: the registration in force, all numbers that resolve to it, and the master among
    them.
    """

    pessoa_id: int
    cns_mestre: str
    cns: tuple[str, ...]
    cpf: str
    qualidade: int
    ativa: bool
    simulado: bool
    data: dict[str, str] = field(repr=False)  # names of DATA; never in a log
    registro: str = ""  # of the registration in force, as its origin names it


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom to issue a number for: the four data that the Receita governs. Date ISO; sex M, F or ""."""

    cpf: str
    nome: str
    nome_mae: str
    data_nascimento: str
    sexo: str


@dataclass(frozen=True, slots=True)
class Issued:
    """The master number of the person with that CPF; `novo` tells whether it was issued now."""

    cpf: str
    pessoa_id: int
    cns: str
    novo: bool


@dataclass(frozen=True, slots=True)
class Registered:
    """What `register` did: the person, the master number ("" while none could be issued), what became of
    the data.
    """

    pessoa_id: int
    cns: str
    fate: Fate
    disputed: bool
