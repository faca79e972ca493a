"""The type of an operadora's head office and its neighbours, shipped with the product (R004, R005). Pure.

Codes and names are those of the official table of subtypes; the description of 68/005 and its Portaria are quoted by
the notice of ANS to the operadoras. An archive that is loaded brings the rest of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PORTARIA = "Portaria n° 186/SAS/MS, de 02 de março de 2016"
_DESCRIPTION = (
    "Estabelecimento de cunho administrativo onde é sediada operadora de plano de assistência à saúde, "
    "nos termos da Lei nº 9.656, de 03 de junho de 1998."
)
TYPES: Mapping[int, str] = {68: "Central de Gestão em Saúde"}
SUBTYPES: Mapping[tuple[int, int], str] = {
    (68, 1): "Secretaria Estadual de Saúde",
    (68, 2): "Regional de Saúde",
    (68, 3): "Secretaria Municipal de Saúde",
    (68, 4): "Distrito Sanitário",
    (68, 5): "Sede de Operadora de Plano de Saúde",
    (68, 6): "Sede de Consórcio Público na Área de Saúde",
}
_EXPLAINED = {(68, 5): (_DESCRIPTION, PORTARIA)}


@dataclass(frozen=True, slots=True)
class Subtype:
    """A subtype of a type; `descricao` and `portaria` are "" where we know none."""

    codigo: int
    nome: str
    descricao: str = ""
    portaria: str = ""

    @property
    def code(self) -> str:
        """As the tables write it: "005"."""
        return f"{self.codigo:03d}"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of establishment with its subtypes, in order."""

    codigo: int
    nome: str
    subtypes: Sequence[Subtype]

    @property
    def code(self) -> str:
        """As the tables write it: "68"."""
        return f"{self.codigo:02d}"


def table(types: Mapping[int, str], subtypes: Mapping[tuple[int, int], str]) -> list[Type]:
    """The whole table, in order: what was loaded, and what is shipped (whose names, with their accents, hold)."""
    names = {**types, **TYPES}
    below = {**subtypes, **SUBTYPES}
    numbers = sorted(names.keys() | {kind for kind, _ in below})
    return [
        Type(
            kind,
            names.get(kind, ""),
            tuple(
                Subtype(code, below[kind, code], *_EXPLAINED.get((kind, code), ()))
                for of, code in sorted(below)
                if of == kind
            ),
        )
        for kind in numbers
    ]
