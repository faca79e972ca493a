"""The code tables of CadSUS that the product carries, each a small versioned file (`data/tabelas`). Pure.

Official domain tables (cadsus-rules.md, section 10); names stand as they were published, mostly without accents.
Codes that a table only reserves, or calls invalid itself, are left out: nobody may be registered with them (derived).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_HEADER = "codigo\tdescricao"
_VERSION = "# versao:"
NAMES = (
    "etnia", "nacionalidade", "orgao_emissor", "pais", "raca_cor", "sexo", "tipo_certidao", "tipo_logradouro",
    "tipo_sanguineo", "tipo_telefone", "uf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A version of one table: code → name, in the official order."""

    version: str
    names: Mapping[str, str]

    def __contains__(self, code: object) -> bool:
        return code in self.names


@cache
def table(name: str) -> Table:
    """A table by its name (one of NAMES). Raises KeyError for any other."""
    if name not in NAMES:
        raise KeyError(name)
    version, names = "", {}
    for line in _lines(name):
        if line.startswith(_VERSION):
            version = line.removeprefix(_VERSION).strip()
        elif line and line != _HEADER and not line.startswith("#"):
            code, _, text = line.partition("\t")
            names[code] = text
    return Table(version, MappingProxyType(names))


def _lines(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(f"data/tabelas/{name}.tsv").read_text(encoding="utf-8")
    yield from text.splitlines()
