"""The monthly open archive of CNES (BASE_DE_DADOS_CNES_AAAAMM.ZIP): its tables, found by name, and their columns.

Official: names of the tables, of the columns of tbEstabelecimento and rlEstabSubTipo, `;`, ISO-8859-1, quoted text
(reference access.md, 3.3). Some headers are SQL expressions (TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')): a column is found
by its name inside them. The names of the columns of the other tables are background. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ESTABLISHMENTS, SUBTYPE_OF = "tbEstabelecimento", "rlEstabSubTipo"
TYPES, SUBTYPES, REASONS = "tbTipoUnidade", "tbSubTipo", "tbMotivoDesativacao"
WORK, PEOPLE = "tbCargaHorariaSus", "tbDadosProfissionalSus"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns read from a table: our name → the names it may bear there. A table's `optional` ones may lack."""

    required: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Our names, the required ones first."""
        return (*self.required, *self.optional)


def _same(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: (name,) for name in names}


LAYOUTS: Mapping[str, Layout] = {
    ESTABLISHMENTS: Layout(
        _same(
            "CO_UNIDADE", "CO_CNES", "NU_CNPJ_MANTENEDORA", "NU_CNPJ", "NO_RAZAO_SOCIAL", "NO_FANTASIA", "TP_UNIDADE",
            "CO_ESTADO_GESTOR", "CO_MUNICIPIO_GESTOR", "CO_CPFDIRETORCLN", "CO_MOTIVO_DESAB", "DT_ATUALIZACAO",
        ),
        _same(
            "NO_LOGRADOURO", "NU_ENDERECO", "NO_COMPLEMENTO", "NO_BAIRRO", "CO_CEP", "NU_TELEFONE", "NO_EMAIL",
            "CO_NATUREZA_JUR", "TP_GESTAO",
        ),
    ),
    SUBTYPE_OF: Layout(
        {
            **_same("CO_UNIDADE", "CO_TIPO_UNIDADE"),
            "CO_SUB_TIPO_UNIDADE": ("CO_SUB_TIPO_UNIDADE", "CO_SUB_TIPO"),
        },
        {},
    ),
    TYPES: Layout({"CODIGO": ("CO_TIPO_UNIDADE",), "DESCRICAO": ("DS_TIPO_UNIDADE", "NO_TIPO_UNIDADE")}, {}),
    SUBTYPES: Layout(
        {
            "TIPO": ("CO_TIPO_UNIDADE",),
            "CODIGO": ("CO_SUB_TIPO", "CO_SUB_TIPO_UNIDADE"),
            "DESCRICAO": ("DS_SUB_TIPO", "DS_SUB_TIPO_UNIDADE", "NO_SUB_TIPO"),
        },
        {},
    ),
    REASONS: Layout(
        {
            "CODIGO": ("CO_MOTIVO_DESAB", "CD_MOTIVO_DESAB"),
            "DESCRICAO": ("DS_MOTIVO_DESAB", "NO_MOTIVO_DESAB"),
        },
        {},
    ),
    WORK: Layout(
        {**_same("CO_UNIDADE", "CO_PROFISSIONAL_SUS"), "CO_CBO": ("CO_CBO", "CO_CBO_OCUPACAO")}, {}
    ),
    PEOPLE: Layout(
        {"CO_PROFISSIONAL_SUS": ("CO_PROFISSIONAL_SUS",), "NO_PROFISSIONAL": ("NO_PROFISSIONAL",)},
        {"CO_CNS": ("CO_CNS", "NU_CNS"), "CO_CPF": ("CO_CPF", "NU_CPF")},
    ),
}  # fmt: skip
_BY_FOLDED = {name.casefold(): name for name in LAYOUTS}
_MEMBER = re.compile(r"(?:.*[/\\])?([A-Za-z]+)([0-9]{6})\.csv", re.IGNORECASE | re.DOTALL)


def table_of(member: str) -> tuple[str, int] | None:
    """Which table a member of the archive is, and of which month (AAAAMM, as written); None: none that is read."""
    found = _MEMBER.fullmatch(member)
    name = _BY_FOLDED.get(found[1].casefold()) if found else None
    return (name, int(found[2])) if found and name else None


def is_month(number: int) -> bool:
    """Whether AAAAMM is a month in which CNES existed."""
    return 2000 <= number // 100 <= 2999 and 1 <= number % 100 <= 12


@dataclass(frozen=True, slots=True)
class Places:
    """`names`: the header with our name where a column is ours; `missing` and `repeated`: our names."""

    names: tuple[str, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    repeated: tuple[str, ...]


def find_columns(header: Sequence[str], layout: Layout) -> Places:
    """Where the columns of a table are in its header. `missing`: required ones not found; `absent`: optional ones."""
    plain = [name.strip().upper() for name in header]
    names = list(header)
    repeated, found = [], set()
    for column, aliases in {**layout.required, **layout.optional}.items():
        places = next((at for alias in aliases if (at := _places(plain, alias))), [])
        if len(places) > 1:
            repeated.append(column)
        elif places:
            names[places[0]] = column
            found.add(column)
    wanted = set(repeated) | found
    return Places(
        tuple(names),
        tuple(column for column in layout.required if column not in wanted),
        tuple(column for column in layout.optional if column not in wanted),
        tuple(repeated),
    )


def _places(header: Sequence[str], name: str) -> list[int]:
    """The columns of exactly this name; else those whose expression holds it as a word."""
    exact = [at for at, text in enumerate(header) if text == name]
    if exact:
        return exact
    word = re.compile(rf"(?<![A-Z0-9_]){name}(?![A-Z0-9_])")
    return [at for at, text in enumerate(header) if "(" in text and word.search(text)]
