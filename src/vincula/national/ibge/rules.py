"""What a row of a list of municipalities must satisfy, and which columns it may come in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vincula.formats.tables.municipios import UF_BY_CODE, Municipio, carried, is_right_code7
from vincula.identifiers.digits import is_digits
from vincula.people.folding import without_accents

FULL_LIST = 5_000
"""A file with at least so many municipalities, of all 27 states, is a full list (IBGE has 5,571)."""
NAME_LIMIT = 100
FAULTS = frozenset({"CODIGO", "UF", "NOME"})
"""The codes of the faults that `read_row` finds."""

CODE_COLUMNS = (
    "ibge7", "ibge6", "ibge", "codigo_ibge", "cod_ibge", "codigo_municipio", "cod_municipio", "cd_municipio",
    "co_municipio", "codigo_municipio_completo", "cd_mun", "cd_geocmu", "cd_geocodi", "geocodigo", "geocod",
    "id_municipio", "municipio_id", "codigo",
)  # fmt: skip
NAME_COLUMNS = ("nome", "nome_municipio", "nm_municipio", "no_municipio", "nm_mun", "municipio", "cidade")
UF_COLUMNS = ("uf", "sigla_uf", "sg_uf", "uf_sigla", "codigo_uf", "cod_uf", "cd_uf")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file, by their names in it; `uf` is "" where it has none (the code tells the state)."""

    code: str
    name: str
    uf: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken. `code6` is the municipality it speaks of, where that can be read."""

    code: str
    column: str
    message: str
    code6: str = ""


def columns_of(header: Sequence[str]) -> Columns | None:
    """Which of the usual headers this is; None where the code or the name is missing."""
    plain: dict[str, str] = {}
    for name in header:
        plain.setdefault(_plain(name), name)
    code, name, uf = (
        next((plain[alias] for alias in aliases if alias in plain), "")
        for aliases in (CODE_COLUMNS, NAME_COLUMNS, UF_COLUMNS)
    )
    return Columns(code, name, uf) if code and name else None


def _plain(name: str) -> str:
    folded = without_accents(name.strip().lstrip("\ufeff")).casefold()
    return "_".join("".join(c if c.isalnum() else " " for c in folded).split())


def read_row(code: str, name: str, uf: str) -> Municipio | Fault:
    """A municipality of the cells of a row: code of 7 or 6 digits, name, state as letters, IBGE's number or "".

    Where only 6 digits are given the seventh is taken from the carried list, else left open.
    """
    code, name, uf = code.strip(), " ".join(name.split()), uf.strip().upper()
    if not (is_digits(code, 6) or is_digits(code, 7)):
        return Fault("CODIGO", "codigo", "O código do município não tem 6 nem 7 algarismos: corrija a linha.")
    code6 = code[:6]
    state = UF_BY_CODE.get(code[:2])
    if state is None:
        return Fault("CODIGO", "codigo", "O código não começa pelo número de um estado: corrija a linha.")
    if len(code) == 7 and not is_right_code7(code):
        return Fault("CODIGO", "codigo", "O sétimo algarismo do código não confere: corrija a linha.", code6)
    if uf and uf not in (state, code[:2]):
        return Fault("UF", "uf", "A UF não é a do código do município: corrija uma das duas.", code6)
    if not name or len(name) > NAME_LIMIT:
        return Fault(
            "NOME", "nome", f"O nome falta ou passa de {NAME_LIMIT} caracteres: corrija a linha.", code6
        )
    known = carried().by_code6.get(code6)
    code7 = code if len(code) == 7 else known.ibge7 if known else ""
    return Municipio(code6, code7, name, state)


def is_full(codes6: set[str]) -> bool:
    """Whether so many municipalities are a whole country, so that those not among them are no longer valid."""
    return len(codes6) >= FULL_LIST and len({code[:2] for code in codes6}) == len(UF_BY_CODE)
