"""`vincula bases load cnes` and `vincula cnes`: what who runs an installation types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.stage import Stage, stage
from tests.site.terminal import refused
from vincula.identifiers import cpf
from vincula.sandbox.establishments import ARAUCARIA, INACTIVE, SECRETARIA, WRONG_DIGIT, cnes_zip

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("cnes")]
ARCHIVE = "BASE_DE_DADOS_CNES_202501.ZIP"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An installation into which the archive of the demo was loaded twice."""
    folder = tmp_path_factory.mktemp("cnes")
    archive = folder / ARCHIVE
    archive.write_bytes(cnes_zip())
    with stage(folder) as made:
        first = said(made, "bases", "load", "cnes", str(archive))
        again = said(made, "bases", "load", "cnes", str(archive))
        assert (first["inseridas"], first["recusadas"]) == (6, 0)
        assert (again["inseridas"], again["atualizadas"], again["iguais"]) == (0, 0, 6)
        yield made


def said(place: Stage, *argv: str) -> Any:
    ended = place.run(*argv, "--json")
    assert (ended.status, ended.err) == (0, ""), ended
    return json.loads(ended.out)


@pytest.mark.requirement("R002", "R003", "R007")
@pytest.mark.parametrize(
    ("cnes", "reason", "warned"),
    [
        (ARAUCARIA, "", False),
        (WRONG_DIGIT, "", True),
        (SECRETARIA, "CNES_SUBTIPO", False),
        (INACTIVE, "CNES_DESATIVADO", False),
    ],
)
def test_an_establishment_is_shown_with_what_it_counts_for(
    place: Stage, cnes: str, reason: str, warned: bool
) -> None:
    shown = said(place, "cnes", "show", cnes)
    assert (shown["cnes"], shown["sede_de_operadora"], shown["motivo"]) == (cnes, not reason, reason)
    assert bool(shown["aviso"]) is warned
    assert "cpf" not in " ".join(shown).lower()
    assert f"; {shown['municipio_nome']}; " in place.run("cnes", "show", cnes).out
    assert shown["municipio_nome"].endswith(f" ({shown['uf']})")


def test_a_number_that_does_not_exist_is_refused(place: Stage) -> None:
    refused(place.run("cnes", "show", "9999999"), "CNES_INEXISTENTE")
    refused(place.run("cnes", "show", "12"), "CNES_FORMA")


def test_the_director_changes_in_the_sandbox_and_nobody_is_named(place: Stage) -> None:
    number = cpf.complete("990200103")
    ended = place.run("cnes", "director", ARAUCARIA, number)
    assert ended.status == 0
    assert number not in ended.out + ended.err
    refused(place.run("cnes", "director", ARAUCARIA, "12345678900"), "CPF_INVALIDO")
    refused(place.run("cnes", "director", ARAUCARIA, ""), "CPF_INVALIDO")


def test_a_file_that_is_no_archive_is_refused(place: Stage, tmp_path: Path) -> None:
    path = tmp_path / "base.zip"
    path.write_bytes(b"CO_CNES;CO_UNIDADE\n")
    refused(place.run("bases", "load", "cnes", str(path)), "FORMATO")
