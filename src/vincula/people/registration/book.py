"""The register of the rules: what each item asks, and whether it is in force (`data/regras_cadsus.tsv`, versioned).

The official text is of about 2015. A rule that has changed since is switched off in the data, alone; the others stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from .faults import Fault

_HEADER = "regra\tvale\tcampo\texige"
_VERSION = "# versao:"


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the field it is about and what it asks, in Portuguese."""

    rule: str
    campo: str
    exige: str


@dataclass(frozen=True, slots=True)
class Book:
    """A version of the register. `off`: the items not in force."""

    version: str
    items: tuple[Item, ...] = field(repr=False)
    off: frozenset[str] = frozenset()

    def in_force(self, fault: Fault) -> bool:
        """Whether the fault counts: neither its item nor the one by which it applies is switched off."""
        return not self.off or (fault.rule not in self.off and fault.via not in self.off)

    def holds(self, rule: str) -> bool:
        """Whether an item is in force."""
        return rule not in self.off

    def without(self, *rules: str) -> Book:
        """The register with these items switched off as well. Raises KeyError for an item it does not know."""
        if unknown := set(rules) - {item.rule for item in self.items}:
            raise KeyError(", ".join(sorted(unknown)))
        return replace(self, off=self.off | set(rules))


def read_book(lines: Iterable[str]) -> Book:
    """A register from its TSV form. Raises ValueError, naming the line, where it is not of that form."""
    version, header, items, off = "", False, [], set()
    for place, line in enumerate((line.rstrip("\r\n") for line in lines), start=1):
        if line.startswith("#"):
            version = line.removeprefix(_VERSION).strip() if line.startswith(_VERSION) else version
        elif not header:
            if line != _HEADER:
                raise ValueError(f"linha {place}: esperado o cabeçalho regra, vale, campo, exige")
            header = True
        else:
            cells = line.split("\t")
            if len(cells) != 4 or cells[1] not in ("sim", "nao"):
                raise ValueError(f"linha {place}: esperados regra, sim ou nao, campo e o que a regra exige")
            items.append(Item(cells[0], cells[2], cells[3]))
            if cells[1] == "nao":
                off.add(cells[0])
    if not version or len({item.rule for item in items}) != len(items) or not items:
        raise ValueError("registro de regras sem versão, sem regras ou com uma regra repetida")
    return Book(version, tuple(items), frozenset(off))


@cache
def official() -> Book:
    """The register that the product carries."""
    text = files("vincula.people").joinpath("data/regras_cadsus.tsv").read_text(encoding="utf-8")
    return read_book(text.splitlines())
