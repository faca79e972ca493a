"""Which fields of a record leave in a PDQ answer (access.md, L3: the minimum; where the format demands more, that)."""

from __future__ import annotations

from collections.abc import Iterable

Release = frozenset[str]

FEW: Release = frozenset(
    {
        "cartoes",
        "nome",
        "nome_social",
        "telefone",
        "email",
        "sexo",
        "data_nascimento",
        "obito",
        "endereco",
        "raca_cor",
        "cpf",
        "pis",
        "nome_mae",
        "nome_pai",
        "municipio_nascimento",
    }
)
"""What most answers are made of."""
MORE: Release = frozenset(
    {
        "locais",
        "sigilo",
        "etnia",
        "passaporte",
        "documentos",
        "certidoes",
        "naturalizacao",
        "pais_nascimento",
        "idioma",
    }
)
"""What only an answer of official size has: `sigilo` is the confidentiality and the VIP mark, `pais_nascimento` the
birth place of who was born abroad, `idioma` the constant languageCommunication."""
# What a message cannot do without is not listed: the identificador corporativo, the state of the record, the master
# card, the score. `cartoes` releases the other cards, `obito` deceasedInd and deceasedTime.
FIELDS: Release = FEW | MORE
INTEGRADOR: Release = FIELDS
"""Everything held that the format has a place for."""
OPERADORA: Release = frozenset({"nome", "sexo", "data_nascimento"})
"""The master card and the score, and what clients read without asking whether it is there: the name (which HL7 demands
of every person), the sex and the birth."""


def released_fields(names: Iterable[str]) -> Release:
    """The fields of a configured list. Raises ValueError for an unknown name: a slip must not change what leaves."""
    chosen = frozenset(names)
    if unknown := chosen - FIELDS:
        raise ValueError(
            f"Campos desconhecidos: {', '.join(sorted(unknown))}. Use: {', '.join(sorted(FIELDS))}."
        )
    return chosen
