"""The synthetic country of the benches: made once, kept in bench/dados (not under version control)."""

from __future__ import annotations

import csv
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "dados"
SEED = 7
OPERADORA = "999997"
ERRORS = 0.05
MOMENT = dt.datetime(2026, 11, 10, 9, 0, 0)  # noqa: DTZ001 - a moment of the synthetic country


@dataclass(frozen=True)
class World:
    """`people` persons: their Receita base, their CNS base, and the SBX files that include them all."""

    people: int

    @property
    def folder(self) -> Path:
        return FOLDER / str(self.people)

    @property
    def receita(self) -> Path:
        return self.folder / "receita.csv"

    @property
    def cadsus(self) -> Path:
        return self.folder / "cadsus.csv"

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.SBX"))


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of one of the CSV files, after the header."""
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.reader(source)
        next(reader)
        yield from reader


def make(people: int) -> World:
    """Make what is not there yet."""
    world = World(people)
    if (world.folder / "pronto").exists():
        return world
    from vincula.sandbox import bases
    from vincula.sandbox.beneficiaries import beneficiaries
    from vincula.sandbox.people import people as persons
    from vincula.sandbox.sbx import write_inclusoes

    print(f"making the data of {people:,} persons (once)…", flush=True)
    started = time.monotonic()
    world.folder.mkdir(parents=True, exist_ok=True)
    for _ in write_inclusoes(world.folder, OPERADORA, beneficiaries(SEED, OPERADORA, people, ERRORS), MOMENT):
        pass
    with world.receita.open("wb") as out:
        bases.write_csv(out, bases.RECEITA_COLUMNS, bases.receita_rows(persons(SEED, people)))
    with world.cadsus.open("wb") as out:
        bases.write_csv(out, bases.CADSUS_COLUMNS, bases.cadsus_rows(persons(SEED, people)))
    (world.folder / "pronto").touch()
    print(f"made in {time.monotonic() - started:.0f} s", flush=True)
    return world
