"""Synthetic registrations for the tests of the CNS base, and a picture of the base to compare."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from vincula.common.outcomes import Accepted, Outcome
from vincula.identifiers import cns, cpf
from vincula.national.cadsus import services
from vincula.national.cadsus.rows import COLUMNS

AUTHOR = services.Author("teste", "7654321")
TABLES = (
    "cadsus_pessoa",
    "cadsus_identificador",
    "cadsus_cartao",
    "cadsus_reivindicacao",
    "cadsus_revisao",
    "cadsus_contador",
    "cadsus_uniao",
    "cadsus_transacao",
)


def a_cpf(serial: int) -> str:
    return cpf.complete(f"{serial:09d}")


def a_cns(serial: int, prefix: str = "7") -> str:
    """The serial-th number of the prefix that has a check digit."""
    found = [n for base in range(serial * 2, serial * 2 + 2) if (n := cns.issue(f"{prefix}{base:013d}"))]
    return found[0]


def row(registro: int, **values: str) -> dict[str, str]:
    """A row of a file: person number `registro`, whom no two rows share unless told so."""
    return {
        "registro_id": str(registro),
        "cns": a_cns(registro),
        "cpf": a_cpf(registro),
        "cpf_situacao": "0",
        "nome": f"PESSOA {_letters(registro)} DA SILVA",
        "nome_mae": f"MAE {_letters(registro)} DA SILVA",
        "sexo": "F",
        "data_nascimento": "1980-01-01",
        "atualizado_em": "2025-01-01",
        **values,
    }


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def write_csv(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(path: Path, rows: Iterable[dict[str, str]]) -> Any:
    """Load the rows from a file in the folder `path`; the report."""
    return accepted(services.load_csv(write_csv(path / "base.csv", rows)))


def accepted(outcome: Outcome[Any]) -> Any:
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def values(nome: str = "MARIA DE LOURDES TESTE", **more: str) -> dict[str, str]:
    return {
        "nome": nome,
        "nome_mae": "ANA DE LOURDES TESTE",
        "data_nascimento": "1990-05-20",
        "sexo": "F",
        **more,
    }


def picture() -> dict[str, list[tuple[Any, ...]]]:
    """All that the base holds, but for the moments at which it was written."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            kept = [
                i
                for i, name in enumerate(names)
                if name not in {"id", "quando", "criada_em"} or "pessoa" in table
            ]
            found[table] = sorted(tuple(str(line[i]) for i in kept) for line in cursor.fetchall())
    return found


def empty() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
