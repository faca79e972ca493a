"""The header of the register of operadoras, in each official layout (reference sib.md, section 10).

Since 2021-12: 20 columns, plain names, the first one Registro_ANS or, later, REGISTRO_OPERADORA. Before (2021-05 to
2022-06, side by side for a time): a title line, a blank line, and 19 columns with accents, without the region.
Columns are found by name, in any order; further columns are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vincula.formats.opendata.cells import DELIMITERS, split
from vincula.people.folding import without_accents

LINES_BEFORE = 10
"""A header is looked for in so many lines: titles and blank lines may precede it."""
REGIAO = "regiao"
COLUMNS = {
    "registro_ans": ("registro_ans", "registro_operadora"),
    "cnpj": ("cnpj",),
    "razao_social": ("razao_social",),
    "nome_fantasia": ("nome_fantasia",),
    "modalidade": ("modalidade",),
    "logradouro": ("logradouro",),
    "numero": ("numero",),
    "complemento": ("complemento",),
    "bairro": ("bairro",),
    "cidade": ("cidade",),
    "uf": ("uf",),
    "cep": ("cep",),
    "ddd": ("ddd",),
    "telefone": ("telefone",),
    "fax": ("fax",),
    "email": ("endereco_eletronico", "e_mail", "email"),
    "representante": ("representante",),
    "cargo_representante": ("cargo_representante", "cargo_do_representante"),
    REGIAO: ("regiao_de_comercializacao", "regiao_comercializacao"),
    "data_registro": ("data_registro_ans", "data_de_registro_ans", "data_registro"),
}
"""Our name of each column, and the names it has in the files (folded: lower case, no accents, _ between words)."""


class Layout(Enum):
    """Which official layout a file is in."""

    ATUAL = "20 colunas, desde dezembro de 2021"
    ANTERIOR = "19 colunas com título, sem a região de comercialização, até meados de 2022"


@dataclass(frozen=True, slots=True)
class Header:
    """How the cells of the rows are to be read. `places`: our column name → index."""

    delimiter: str
    width: int
    places: dict[str, int]
    missing: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        """Told by the region, which only the present layout has."""
        return Layout.ATUAL if REGIAO in self.places else Layout.ANTERIOR


def find_header(line: str) -> Header | None:
    """The header that this line is; None where it is not one (it names neither the registro nor the CNPJ)."""
    delimiter = max(DELIMITERS, key=line.count)
    names = [_plain(name) for name in split(line, delimiter)]
    places = {column: _index(names, aliases) for column, aliases in COLUMNS.items()}
    found = {column: place for column, place in places.items() if place is not None}
    if not {"registro_ans", "cnpj"} <= found.keys():
        return None
    missing = tuple(COLUMNS[column][0] for column in COLUMNS if column not in found and column != REGIAO)
    repeated = tuple(
        name
        for name, times in Counter(names).items()
        if times > 1 and any(name in a for a in COLUMNS.values())
    )
    return Header(delimiter, len(names), found, missing, repeated)


def _index(names: Sequence[str], aliases: tuple[str, ...]) -> int | None:
    return next((names.index(alias) for alias in aliases if alias in names), None)


def _plain(name: str) -> str:
    folded = without_accents(name).casefold()
    return "_".join("".join(c if c.isalnum() else " " for c in folded).split())
