"""`sib check`: everything that is wrong is listed at once, whatever the file is refused for."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.national.sib import services
from vincula.national.sib.services import Report

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
ROWS = [(1, inclusao(f"A{number}", cpf=world.valid_cpf(number))) for number in range(1, 5)]
HEADERS: list[tuple[int, dict[str, str | None]]] = [
    (18, {"origem_registro": world.OTHER}),
    (22, {"destino_cnpj": None, "destino_registro": "999997"}),
    (23, {"destino_cnpj": "11222333000181"}),
    (24, {"versao_padrao": "1.2"}),
]


def checked(path: Path, spoil: int = 0) -> Report:
    """The report on a file in which so many names have got a character that none may have."""
    content = path.read_bytes().replace(b"MARIA", b"MARI4", spoil)
    return services.check(io.BytesIO(content), path.name, lambda done: None)


@pytest.mark.parametrize(("code", "header"), HEADERS)
def test_structural_faults_are_listed_under_a_wrong_header_too(
    tmp_path: Path, code: int, header: dict[str, str | None]
) -> None:
    world.load_cadop(tmp_path)
    report = checked(world.Files(tmp_path).make(ROWS, **header), spoil=3)
    assert report.rejection is not None
    assert report.rejection.code == code
    assert [fault["position"] for fault in report.faults] == [1, 2, 3]
    assert sum("MARI4" in line or "procedimento" in line for line in report.as_lines()[1:]) >= 3
    assert report.as_mapping()["rejeicao"]["total_de_falhas"] == 3


def test_the_operadora_that_is_not_active_is_told_beside_the_faults(tmp_path: Path) -> None:
    world.load_cadop(tmp_path, [world.OPERADORA, world.OTHER, world.INACTIVE])
    world.load_cadop(tmp_path, [world.OPERADORA, world.OTHER])
    report = checked(world.Files(tmp_path, world.INACTIVE).make(ROWS), spoil=1)
    assert report.rejection is not None
    assert (report.rejection.code, report.fault_count) == (19, 1)


@pytest.mark.parametrize("spoil", [0, 2])
def test_without_cadop_the_operadora_is_noted_as_not_checked(tmp_path: Path, spoil: int) -> None:
    report = checked(world.Files(tmp_path).make(ROWS), spoil)
    assert (report.rejection.code if report.rejection else 0) == (16 if spoil else 0)
    assert report.fault_count == spoil
    (told,) = report.notes
    assert "vincula bases load cadop" in told
    assert told in report.as_lines()
    assert report.as_mapping()["notas"] == [told]


def test_with_cadop_an_operadora_that_it_has_not_is_refused(tmp_path: Path) -> None:
    world.load_cadop(tmp_path, [world.OTHER])
    report = checked(world.Files(tmp_path).make(ROWS))
    assert report.rejection is not None
    assert (report.rejection.code, report.notes) == (18, [])


def test_a_zip_under_the_name_of_an_sbx_is_called_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "99999720261110090000.SBX"
    path.write_bytes(b"PK\x03\x04" + bytes(60))
    report = checked(path)
    assert report.rejection is not None
    refused = report.rejection.as_refused()
    assert refused.message.endswith("O arquivo é um ZIP (compactado), e não um SBX.")
    assert refused.remedy == "Descompacte e envie o SBX de dentro."
    assert not any("Linha" in line for line in report.as_lines())


@pytest.mark.parametrize("spoil", [0, 1, 4])
def test_all_procedures_are_counted_also_where_no_rows_could_be_read(tmp_path: Path, spoil: int) -> None:
    world.load_cadop(tmp_path)
    report = checked(world.Files(tmp_path).make(ROWS), spoil)
    assert report.procedures == 4
    assert report.as_lines()[0].endswith(": 4 procedimentos.")
    assert report.as_mapping()["total_de_procedimentos"] == 4


def test_a_codigo_commands_no_terminal_and_stays_as_it_is_for_programs(tmp_path: Path) -> None:
    world.load_cadop(tmp_path)
    report = checked(world.Files(tmp_path).make([(1, inclusao("A\x9b2J", cpf="11111111111"))]))
    assert report.as_mapping()["exemplos"][0]["beneficiario"] == "A\x9b2J"
    assert any("beneficiário A?2J" in line for line in report.as_lines())
    assert all(map(str.isprintable, report.as_lines()))
