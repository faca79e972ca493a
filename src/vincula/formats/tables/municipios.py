"""The municipalities of IBGE: the list that the product carries, and what makes a code right. Pure.

SIB and CadSUS write the code with 6 digits, IBGE with 7: the seventh is a check digit of the other six. Facts of
IBGE (Divisão Territorial Brasileira); the check digit is derived, and fits all of the list but nine codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from vincula.identifiers.digits import is_digits

_HEADER = "ibge7\tnome\tuf"
_VERSION = "# versao:"
UF_BY_CODE: Mapping[str, str] = MappingProxyType(
    {
        "11": "RO", "12": "AC", "13": "AM", "14": "RR", "15": "PA", "16": "AP", "17": "TO",
        "21": "MA", "22": "PI", "23": "CE", "24": "RN", "25": "PB", "26": "PE", "27": "AL", "28": "SE", "29": "BA",
        "31": "MG", "32": "ES", "33": "RJ", "35": "SP",
        "41": "PR", "42": "SC", "43": "RS",
        "50": "MS", "51": "MT", "52": "GO", "53": "DF",
    }
)  # fmt: skip
"""The state of the first two digits of a code (the 27 of IBGE)."""


@dataclass(frozen=True, slots=True)
class Municipio:
    """A municipality. `ibge7` is "" where only the code of 6 digits is known; `uf` is the state's two letters."""

    ibge6: str
    ibge7: str
    nome: str
    uf: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A version of the carried list, by the code of 6 digits."""

    version: str
    by_code6: Mapping[str, Municipio]
    codes6: frozenset[str]


@cache
def carried() -> Carried:
    """The list in `data/municipios.tsv`: ibge7, nome, uf."""
    version, by_code6 = "", {}
    for line in _lines():
        if line.startswith(_VERSION):
            version = line.removeprefix(_VERSION).strip()
        elif line and line != _HEADER and not line.startswith("#"):
            ibge7, nome, uf = line.split("\t")
            by_code6[ibge7[:6]] = Municipio(ibge7[:6], ibge7, nome, uf)
    return Carried(version, MappingProxyType(by_code6), frozenset(by_code6))


def _lines() -> Iterator[str]:
    text = files(__package__).joinpath("data/municipios.tsv").read_text(encoding="utf-8")
    yield from text.splitlines()


def check_digit(ibge6: str) -> str:
    """The seventh digit: weights 1,2,1,2,1,2, digits of each product added up, to the next ten (derived).

    `ibge6` must be six ASCII digits.
    """
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(ibge6))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def is_right_code7(ibge7: str) -> bool:
    """Whether a code of 7 digits is one of the carried list, or fits the check digit where the list has none."""
    if not is_digits(ibge7, 7):
        return False
    known = carried().by_code6.get(ibge7[:6])
    return known.ibge7 == ibge7 if known else check_digit(ibge7[:6]) == ibge7[6]
