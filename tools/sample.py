"""Writes docs/manual/exemplo anew: a few people of the demo world, whom no operadora of it has enrolled yet.

Run it with `.venv/bin/python tools/sample.py` when the sandbox's people have changed; then see whether the manual's
walk-through (docs/manual/primeiros-passos.md) still tells what comes out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from vincula.formats.sib import sbx_name
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS, Row, cadsus_rows, receita_rows, write_csv
from vincula.sandbox.beneficiaries import enrolled
from vincula.sandbox.operadoras import cadop_csv
from vincula.sandbox.people import SandboxPerson, people
from vincula.sandbox.sbx import write_sbx_file

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "manual" / "exemplo"
SEED, POPULATION = (
    1988,
    4_000,
)  # those of the demo world (vincula.sandbox.demo.plan); a test holds them together
REGISTRO = "999997"
# Chosen for what becomes of them: every way to a CNS, several reasons for none, a refused record.
FAMILIES = frozenset({1108, 1109, 1117, 1122})
ERROR_RATE = 0.5
# Long past, so that no clock makes the competência a future one.
MOMENT = dt.datetime(2025, 5, 20, 9, 30)  # noqa: DTZ001 - a label


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    persons = [person for person in people(SEED, POPULATION) if person.familia in FAMILIES]
    (FOLDER / "operadoras.csv").write_bytes(cadop_csv())
    _write("receita.csv", RECEITA_COLUMNS, receita_rows, persons)
    _write("cadsus.csv", CADSUS_COLUMNS, cadsus_rows, persons)
    with (FOLDER / sbx_name(REGISTRO, MOMENT)).open("wb") as out:
        records = enrolled(persons, SEED, REGISTRO, ERROR_RATE)
        write_sbx_file(out, REGISTRO, 1, MOMENT, ((1, record.row) for record in records))


def _write(
    name: str,
    columns: tuple[str, ...],
    rows: Callable[[Iterable[SandboxPerson]], Iterable[Row]],
    persons: list[SandboxPerson],
) -> None:
    with (FOLDER / name).open("wb") as out:
        write_csv(out, columns, rows(persons))


if __name__ == "__main__":
    main()
