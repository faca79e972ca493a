"""The load of the CPF base, and the view that the attribution joins."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cpf
from vincula.national.receita import services
from vincula.national.receita.models import Contribuinte
from vincula.national.receita.rules import COLUMNS, fault_of, sound

CPF_1, CPF_2, CPF_3 = (cpf.complete(f"{n:09d}") for n in (1, 2, 3))
ANA = (CPF_1, "Ana Luísa D’Ávila", "", "Rita de Sá-Lima", "1980-01-31", "F", "0", "")
EVA = (CPF_2, "EVA SOUZA", "", "", "", "", "3", "2019")


def file_of(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = COLUMNS) -> Path:
    path.write_text("\n".join(",".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Any:
    outcome = services.load_csv(path)
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def view() -> list[tuple[Any, ...]]:
    columns = "cpf, nome_chave, data_nascimento, situacao, nome_mae, mae_chave, nome, sexo"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM receita_identidade ORDER BY cpf")
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_view_gives_each_cpf_with_the_keys_of_its_names(tmp_path: Path) -> None:
    report = load(file_of(tmp_path / "r.csv", ANA, EVA))
    assert (report.rows, report.inserted, report.refused.count) == (2, 2, 0)
    ana = (CPF_1, "ANA LUISA D'AVILA", "1980-01-31", 0, ANA[3], "RITA DE SA LIMA", ANA[1], "F")
    assert view() == sorted([ana, (CPF_2, "EVA SOUZA", "", 3, "", "", "EVA SOUZA", "")])


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_a_newer_file_changes_what_differs(tmp_path: Path) -> None:
    load(file_of(tmp_path / "r.csv", ANA, EVA))
    again = load(tmp_path / "r.csv")
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 2)
    married = (CPF_1, "ANA LUISA LIMA", *ANA[2:])
    newer = load(file_of(tmp_path / "s.csv", married, EVA))
    assert (newer.inserted, newer.updated, newer.unchanged) == (0, 1, 1)
    assert view()[0][1] == "ANA LUISA LIMA"


@pytest.mark.django_db
def test_of_a_cpf_that_comes_twice_the_last_row_holds(tmp_path: Path) -> None:
    report = load(file_of(tmp_path / "r.csv", ANA, (CPF_1, "ANA LIMA", *ANA[2:])))
    assert (report.rows, report.inserted, report.repeated) == (2, 1, 1)
    assert Contribuinte.objects.get().nome == "ANA LIMA"


@pytest.mark.django_db
def test_a_file_is_taken_packed_and_in_windows_encoding(tmp_path: Path) -> None:
    plain = file_of(tmp_path / "r.csv", ANA).read_text(encoding="utf-8").replace("’", "'")
    packed = tmp_path / "r.csv.gz"
    packed.write_bytes(gzip.compress(plain.encode("iso-8859-1")))
    load(packed)
    assert view()[0][1] == "ANA LUISA D'AVILA"


@pytest.mark.django_db
def test_progress_is_told_and_commits_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    seen: list[int] = []
    services.load_csv(file_of(tmp_path / "r.csv", ANA, EVA, (CPF_3, *ANA[1:])), seen.append)
    assert seen == [2, 3]


@pytest.mark.django_db
def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    outcome = services.load_csv(file_of(tmp_path / "r.csv", header=("cpf", "nome")))
    assert isinstance(outcome, Refused)
    assert "situacao" in outcome.details["faltam"]


REFUSALS = [
    ("cpf", "11111111111", "CPF"),
    ("cpf", "", "CPF"),
    ("cpf", "1234567890x", "CPF"),
    ("nome", " ", "NOME"),
    ("nome_mae", "M" * 301, "TAMANHO"),
    ("data_nascimento", "31/01/1980", "DATA"),
    ("data_nascimento", "1980-02-30", "DATA"),
    ("sexo", "3", "SEXO"),
    ("situacao", "1", "SITUACAO"),
    ("situacao", "", "SITUACAO"),
    ("ano_obito", "19", "ANO"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "value", "code"), REFUSALS)
def test_a_row_that_is_not_fit_is_left_out_and_named(
    tmp_path: Path, column: str, value: str, code: str
) -> None:
    bad = list(ANA)
    bad[COLUMNS.index(column)] = value
    report = load(file_of(tmp_path / "r.csv", EVA, tuple(bad)))
    assert report.inserted == 1
    (refused,) = report.refused.rows
    assert (refused.line, refused.code) == (3, code)
    assert len(value) < 3 or value not in refused.message


CELLS = [["", CPF_1, "123", "é" * 11], ["", " ", "ANA"], ["", "N" * 301], ["", "RITA"], ["", "1980-01-31", "x"],
         ["", "F", "UN", "3"], ["0", "3", "7", ""], ["", "2019", "20"]]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.just(ANA), st.tuples(*map(st.sampled_from, CELLS))), min_size=1, max_size=5))
def test_whole_columns_are_judged_as_each_row_is(rows: list[tuple[str, ...]]) -> None:
    assert sound(rows) == all(fault_of(row) is None for row in rows)


@pytest.mark.django_db
def test_the_table_made_by_hand_has_the_columns_of_its_model() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM receita_contribuinte")
        names = {column[0] for column in cursor.description}
    assert names == {field.column for field in Contribuinte._meta.local_concrete_fields}
