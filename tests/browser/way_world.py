"""What national bases bring before the first page is opened: operadoras, establishments, the professionals' CNS. Run
inside the site; afterwards everything is done by people at pages."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from vincula.common.accounts import services as accounts
from vincula.common.outcomes import Accepted
from vincula.national.cadop import services as cadop
from vincula.national.cadsus import services as cadsus
from vincula.national.cnes import services as cnes
from vincula.sandbox.bases import CADSUS_COLUMNS
from vincula.sandbox.establishments import cnes_zip
from vincula.sandbox.examples import Person
from vincula.sandbox.operadoras import cadop_csv
from vincula.sandbox.professionals import GOOD, POOR, rows

REGISTRO = "000001"
"""The operadora without CNES."""
_, _, RITA, CAETANO, ANTONIA, BENTO = GOOD
CLARA = POOR
"""RITA works for the operadora, CAETANO is of the team; ANTONIA directs the head office, BENTO is too early, CLARA
becomes the operator."""


def build(password: str) -> None:
    """Load the bases; open the two accounts that are there before: of the operadora's person and of the team's."""
    folder = Path(tempfile.mkdtemp())
    (folder / "cadop.csv").write_bytes(cadop_csv())
    (folder / "cnes.zip").write_bytes(cnes_zip())
    _write(folder / "cadsus.csv", [dict(zip(CADSUS_COLUMNS, one, strict=True)) for one in rows()])
    for outcome in (
        cadop.load_csv(folder / "cadop.csv"),
        cnes.load_zip(folder / "cnes.zip"),
        cadsus.load_csv(folder / "cadsus.csv"),
    ):
        assert isinstance(outcome, Accepted), outcome
    for person, operadora in ((RITA, REGISTRO), (CAETANO, "")):
        made = accounts.create_person(person.cpf, person.nome, password=password)
        assert isinstance(made, Accepted), made
        if operadora:
            accounts.join_operadora(made.value, operadora)
        else:
            accounts.set_staff(made.value, True, actor="teste")


def corrected(path: Path, person: Person) -> None:
    """The file that the CNS base sends after a health unit has completed the person's record."""
    registro = next(f"PROFISSIONAL-{n}" for n, one in enumerate((*GOOD, POOR), 1) if one == person)
    whole = person.columns(registro) | RITA.mais | {"nome_mae": "MAE EXEMPLO DO PANTANAL"}
    _write(path, [whole | {"email": "clara@exemplo.invalid", "atualizado_em": "2026-02-01"}])


def _write(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, CADSUS_COLUMNS, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(found)
