"""A list of municipalities on top of the one that the product carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from vincula.common.loads import LoadReport
from vincula.common.outcomes import Accepted, Refused
from vincula.formats.tables.municipios import Municipio, carried, check_digit
from vincula.national.ibge import services as ibge

pytestmark = pytest.mark.django_db

NEW = "359999"
NEW7 = NEW + check_digit(NEW)
SAO_PAULO, BRASILIA = "355030", "530010"
Load = Callable[..., LoadReport]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "municipios.csv"


@pytest.fixture
def load(path: Path) -> Load:
    def loaded(text: str, encoding: str = "utf-8") -> LoadReport:
        path.write_text(text, encoding=encoding)
        outcome = ibge.load_csv(path)
        assert isinstance(outcome, Accepted), outcome
        return outcome.value

    return loaded


def full(without: Iterable[str] = (), extra: str = "") -> str:
    left_out = set(without)
    rows = [f"{m.ibge7},{m.nome},{m.uf}\n" for m in carried().by_code6.values() if m.ibge6 not in left_out]
    return "ibge7,nome,uf\n" + "".join(rows) + extra


def test_without_a_load_the_carried_list_holds() -> None:
    assert ibge.municipality_codes6() == carried().codes6
    assert ibge.get("3550308") == ibge.get("355030") == Municipio("355030", "3550308", "São Paulo", "SP")
    assert [ibge.get(code) for code in ("3550309", "999999", "", "35503\0", "x")] == [None] * 5


def test_a_new_municipality_is_valid_at_once_and_the_others_stay(load: Load) -> None:
    report = load(f"ibge7,nome,uf\n{NEW7},Nova Amostra,SP\n")
    assert (report.rows, report.inserted) == (1, 1)
    assert ibge.municipality_codes6() == carried().codes6 | {NEW}
    assert isinstance(ibge.municipality_codes6(), frozenset)
    assert ibge.get(NEW) == Municipio(NEW, NEW7, "Nova Amostra", "SP")
    assert any("continuam válidos" in note for note in report.notes)


def test_names_come_at_once_from_both_lists(load: Load, django_assert_num_queries: Any) -> None:
    load(f"ibge7,nome,uf\n{NEW7},Nova Amostra,SP\n5300108,Brasília Renomeada,DF\n")
    with django_assert_num_queries(1):
        assert ibge.names([SAO_PAULO, BRASILIA, NEW, "999999", "x"]) == {
            SAO_PAULO: "São Paulo (SP)",
            BRASILIA: "Brasília Renomeada (DF)",
            NEW: "Nova Amostra (SP)",
        }
    assert ibge.names([]) == {}


HEADERS = [
    ("ibge7,nome,uf", f"{NEW7},Nova Amostra,SP", "utf-8"),
    ("ibge6;nome;uf", f"{NEW};Nova Amostra;SP", "utf-8"),
    ("IBGE7\tNome\tUF", f"{NEW7}\tNova Amostra\tSP", "utf-8"),
    ("uf,nome,ibge7,ibge6,regiao", f"SP,Nova Amostra,{NEW7},{NEW},Sudeste", "utf-8-sig"),
    (
        "UF;Nome_UF;Código Município Completo;Nome_Município",
        f"35;São Paulo;{NEW7};Nova Amostra",
        "iso-8859-1",
    ),
    ("CD_MUN,NM_MUN,SIGLA_UF,AREA_KM2", f'{NEW7},"Nova Amostra",SP,"1.521,20"', "utf-8"),
    ("codigo_ibge,nome,capital,codigo_uf", f"{NEW7},Nova Amostra,0,35", "utf-8"),
    ("Código;Município", f"{NEW};Nova Amostra", "iso-8859-1"),
]


@pytest.mark.parametrize(("header", "row", "encoding"), HEADERS)
def test_the_usual_headers(load: Load, header: str, row: str, encoding: str) -> None:
    report = load(f"{header}\n{row}\n", encoding)
    assert (report.inserted, report.refused.count) == (1, 0)
    found = ibge.get(NEW)
    assert found is not None
    assert (found.nome, found.uf) == ("Nova Amostra", "SP")


def test_the_loaded_name_wins_over_the_carried_one(load: Load) -> None:
    load(f"ibge6,nome,uf\n{SAO_PAULO},Sampa,SP\n")
    assert ibge.get(SAO_PAULO) == Municipio(SAO_PAULO, "3550308", "Sampa", "SP")


def test_the_same_file_again_changes_nothing(load: Load) -> None:
    text = full(extra=f"{NEW7},Nova Amostra,SP\n")
    assert load(text).inserted == 5_572
    codes = ibge.municipality_codes6()
    report = load(text)
    assert (report.inserted, report.updated, report.unchanged, report.notes) == (0, 0, 5_572, [])
    assert ibge.municipality_codes6() is codes


def test_a_full_list_ends_the_codes_that_it_lacks_and_a_later_one_brings_them_back(load: Load) -> None:
    load(f"ibge7,nome,uf\n{NEW7},Nova Amostra,SP\n{'3550308'},Sampa,SP\n")
    report = load(full(without=[SAO_PAULO]))
    assert ibge.municipality_codes6() == carried().codes6 - {SAO_PAULO}
    assert any(f"{SAO_PAULO}, {NEW}" in note for note in report.notes)
    assert ibge.get(SAO_PAULO) == Municipio(SAO_PAULO, "3550308", "Sampa", "SP")
    again = load(full(without=[SAO_PAULO]))
    assert (again.updated, again.notes) == (0, [])
    load(full())
    assert ibge.municipality_codes6() == carried().codes6


@pytest.mark.parametrize("bad", ["X,Ilegível,SP\n", '"aberta,X,SP\n', "3550308\n"])
def test_a_full_list_with_a_row_of_unknown_code_ends_none(load: Load, bad: str) -> None:
    report = load(full(without=[SAO_PAULO], extra=bad))
    assert report.refused.count == 1
    assert ibge.municipality_codes6() == carried().codes6
    assert any("corrija as linhas recusadas" in note for note in report.notes)


def test_a_refused_row_keeps_its_own_municipality(load: Load) -> None:
    load(full(without=[SAO_PAULO], extra="3550308,São Paulo,RJ\n"))
    assert SAO_PAULO in ibge.municipality_codes6()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("3550309,São Paulo,SP", "CODIGO"),
        (f"{NEW}{(int(NEW7[6]) + 1) % 10},Nova,SP", "CODIGO"),
        ("35503,São Paulo,SP", "CODIGO"),
        ("9950308,Outro,SP", "CODIGO"),
        ("3.55E+06,São Paulo,SP", "CODIGO"),
        ("३५५०३०८,São Paulo,SP", "CODIGO"),
        ("3550308,São Paulo,RJ", "UF"),
        ("3550308,,SP", "NOME"),
        (f"3550308,{'x' * 101},SP", "NOME"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(load: Load, row: str, code: str) -> None:
    report = load(f"ibge7,nome,uf\n5300108,Brasília,DF\n{row}\n")
    assert [(r.line, r.code) for r in report.refused.rows] == [(3, code)]
    assert report.inserted == 1
    assert ibge.municipality_codes6() == carried().codes6


def test_of_a_code_that_comes_twice_the_last_row_holds(load: Load) -> None:
    text = f"ibge6,nome,uf\n{BRASILIA},Um,DF\n{BRASILIA},Dois,DF\n"
    assert (load(text).repeated, load(text).unchanged) == (1, 1)
    assert [m.nome for m in [ibge.get(BRASILIA)] if m] == ["Dois"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ARQUIVO_VAZIO"),
        (b"nome,uf\nX,SP\n", "CABECALHO"),
        (b"3550308,X,SP\n", "CABECALHO"),
        (b"\xff\xfei", "CODIFICACAO"),
    ],
)
def test_a_file_that_is_no_list_is_refused(path: Path, data: bytes, code: str) -> None:
    path.write_bytes(data)
    outcome = ibge.load_csv(path)
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.remedy


def test_progress_ends_with_all_rows(path: Path) -> None:
    path.write_text(full())
    seen: list[int] = []
    ibge.load_csv(path, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 5_571
