"""The small lists that the sandbox carries (data/README.md says whence), as tables to draw from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from vincula.sandbox.chance import weighted

DECADES = 10  # 1930 … 2020
# First names that are seldom alone: MARIA APARECIDA, JOSÉ CARLOS, ANA CLARA.
_COMPOUND = frozenset(
    ("MARIA", "ANA", "JOSÉ", "JOÃO", "LUIZ", "LUÍS", "PEDRO", "CARLOS", "MARCOS", "ANTÔNIO")
)
SUFFIXES = ("", " JÚNIOR", " FILHO", " NETO", " SOBRINHO", " JR.")
# Long names exist, and a file of SIB cuts them at 70 characters.
LONG_PARTS = (
    "",
    " XAVIER DE VASCONCELOS ALBUQUERQUE CAVALCANTI BITTENCOURT",
    " DE ALBUQUERQUE MARANHÃO WANDERLEY SÁ CAVALCANTI DE VASCONCELOS",
)
# Ninth digit of a CPF: the fiscal region where it was issued (Receita Federal).
_REGIONS = {
    0: "RS",
    1: "DF GO MT MS TO",
    2: "AC AM AP PA RO RR",
    3: "CE MA PI",
    4: "AL PB PE RN",
    5: "BA SE",
    6: "MG",
    7: "ES RJ",
    8: "SP",
    9: "PR SC",
}
REGION_OF_UF = {uf: digit for digit, ufs in _REGIONS.items() for uf in ufs.split()}


@dataclass(frozen=True)
class Municipio:
    """A municipality of the sample: IBGE code with its check digit, and the range of its CEPs (first five
    digits).
    """

    ibge7: str
    nome: str
    uf: str
    ddd: str
    cep5_first: int
    cep5_last: int


@dataclass(frozen=True)
class Lists:
    """Everything a person is composed of. Position 0 of given, second and surname texts means "none"."""

    given: tuple[str, ...]  # "MARIA"
    second: tuple[str, ...]  # " APARECIDA"
    given_table: NDArray[np.int64]  # [sex 0 F / 1 M][decade][slot] -> position in given
    compound: NDArray[np.bool_]
    surnames: tuple[str, ...]  # position * 3 + form: " LIMA", " DE LIMA", "-LIMA"
    surname_table: NDArray[np.int64]
    particle_percent: NDArray[np.int64]
    municipios: tuple[Municipio, ...]
    municipio_table: NDArray[np.int64]
    streets: tuple[tuple[str, str, str], ...]  # type code, type, name
    bairros: tuple[str, ...]
    adult_ages: NDArray[np.int64]  # slot -> first year of a five-year band, from 20


def _read(name: str) -> list[list[str]]:
    text = resources.files("vincula.sandbox").joinpath("data", name).read_text("utf-8")
    return list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


@lru_cache(maxsize=1)
def load() -> Lists:
    """Read the lists once."""
    names = _read("prenomes.tsv")
    given = ("", *sorted({row[0] for row in names}))
    place = {name: i for i, name in enumerate(given)}
    table = np.empty((2, DECADES, 1 << 16), dtype=np.int64)
    for sex, code in enumerate("FM"):
        rows = [row for row in names if row[1] == code]
        positions = np.array([place[row[0]] for row in rows], dtype=np.int64)
        for decade in range(DECADES):
            table[sex, decade] = positions[weighted([int(row[2 + decade]) for row in rows])]
    surnames = [["", "1", "", "0"], *_read("sobrenomes.tsv")]
    cities = _read("municipios_amostra.tsv")
    bands = [row for row in _read("piramide.tsv") if int(row[0]) >= 20]
    return Lists(
        given=given,
        second=("", *(f" {name}" for name in given[1:])),
        given_table=table,
        compound=np.array([name in _COMPOUND for name in given]),
        surnames=tuple(form for row in surnames for form in _forms(row[0], row[2])),
        surname_table=weighted([int(row[1]) for row in surnames[1:]]) + 1,
        particle_percent=np.array([int(row[3]) for row in surnames], dtype=np.int64),
        municipios=tuple(Municipio(r[0], r[1], r[2], r[3], int(r[5]), int(r[6])) for r in cities),
        municipio_table=weighted([int(row[4]) for row in cities]),
        streets=tuple((row[0], row[1], row[2]) for row in _read("logradouros.tsv")),
        bairros=tuple(row[0] for row in _read("bairros.tsv")),
        adult_ages=np.array([int(row[0]) for row in bands])[weighted([int(row[1]) for row in bands])],
    )


def _forms(surname: str, particle: str) -> tuple[str, str, str]:
    if not surname:
        return "", "", ""
    return f" {surname}", f" {particle} {surname}" if particle else f" {surname}", f"-{surname}"
