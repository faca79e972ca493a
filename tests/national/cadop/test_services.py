"""What pages and other systems ask of the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.opendata.registers import REGISTROS, cnpj_of, line, register
from vincula.national.cadop import services as cadop
from vincula.national.cadop.rules import absences, is_administradora

ONE, TWO, THREE, FOUR = REGISTROS[:4]


@pytest.fixture
def _register(tmp_path: Path, db: None) -> None:
    path = tmp_path / "cadop.csv"
    rows = [
        line(ONE, Razao_Social="COOPERATIVA MÉDICA DO VALE", Nome_Fantasia="Vale Saúde", UF="MG"),
        line(TWO, Razao_Social="AUTOGESTÃO DO MANGUE", Nome_Fantasia="", Modalidade="Autogestão", UF="PE"),
        line(THREE, Razao_Social="ODONTO CERRADO 100% S/A", Nome_Fantasia="", UF="GO"),
    ]
    path.write_bytes(register(rows))
    cadop.load_csv(path)
    path.write_bytes(register(rows[:2]))
    cadop.load_csv(path)


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vale", [ONE]),
        ("medica cooperativa", [ONE]),
        ("VALE SAÚDE", [ONE]),
        (ONE, [ONE]),
        (f"{ONE[:5]}-{ONE[5]}", [ONE]),
        (cnpj_of(TWO), [TWO]),
        (f"{cnpj_of(TWO)[:2]}.{cnpj_of(TWO)[2:5]}.", [TWO, ONE, THREE]),
        ("do", [TWO, ONE, THREE]),
        ("100%", [THREE]),
        ("%", [THREE]),
        ("_", []),
        ("nada disto", []),
        ("  ", []),
        ("vale\0", [ONE]),
        ("' OR 1=1 --", []),
    ],
)
def test_search_finds_by_number_or_by_words_active_ones_first(text: str, found: list[str]) -> None:
    assert [o.registro_ans for o in cadop.search(text)] == found


@pytest.mark.usefixtures("_register")
def test_the_list_is_alphabetical_filtered_and_cut_into_pages() -> None:
    assert [o.registro_ans for o in cadop.listing().items] == [TWO, ONE, THREE]
    second = cadop.listing(2, 2)
    assert (second.total, [o.registro_ans for o in second.items]) == (3, [THREE])
    assert [o.registro_ans for o in cadop.listing(ativa=False).items] == [THREE]
    assert [o.registro_ans for o in cadop.listing(uf="PE").items] == [TWO]
    assert [o.registro_ans for o in cadop.listing(modalidade="Autogestão").items] == [TWO]
    assert cadop.listing(0, text="vale").total == 1


@pytest.mark.usefixtures("_register")
def test_an_operadora_has_a_name_to_be_called_by() -> None:
    names = [o.nome for r in (ONE, TWO) if (o := cadop.get(r))]
    assert names == ["Vale Saúde", "AUTOGESTÃO DO MANGUE"]


@pytest.mark.django_db
@pytest.mark.parametrize("registro", ["", "1", FOUR, "9999999", "99999\0", "' OR 1"])
def test_whoever_is_not_in_the_register(registro: str) -> None:
    assert cadop.get(registro) is None
    assert not cadop.is_active(registro)
    assert not cadop.owes_sib(registro)


@pytest.mark.parametrize(
    ("modalidade", "expected"),
    [
        ("Administradora de Benefícios", True),
        ("ADMINISTRADORA DE BENEFICIOS", True),
        ("Administradora", True),
        ("Medicina de Grupo", False),
        ("Cooperativa odontológica", False),
        ("", False),
    ],
)
def test_who_is_an_administradora(modalidade: str, expected: bool) -> None:
    assert is_administradora(modalidade) is expected


@pytest.mark.parametrize(
    ("active", "taken", "mentioned", "gone", "kept", "allowed"),
    [
        ("", "a", "", "", "", True),
        ("abcd", "abcd", "", "", "", True),
        ("abcd", "ab", "", "cd", "", True),
        ("abcd", "a", "", "bcd", "", False),
        ("abcd", "a", "bc", "d", "bc", True),
        ("abcd", "", "", "abcd", "", False),
        ("ab", "cdef", "", "ab", "", False),
        ("ab", "cdefg", "", "ab", "", True),
    ],
)
def test_who_becomes_inactive(
    active: str, taken: str, mentioned: str, gone: str, kept: str, allowed: bool
) -> None:
    change = absences(set(active), set(taken), set(mentioned))
    assert (change.gone, change.kept, change.allowed) == (tuple(gone), tuple(kept), allowed)


@pytest.mark.usefixtures("_register")
def test_names_are_told_of_active_and_inactive_ones_and_of_no_other() -> None:
    assert cadop.is_loaded()
    assert cadop.names([ONE, THREE, FOUR]) == {
        ONE: "COOPERATIVA MÉDICA DO VALE",
        THREE: "ODONTO CERRADO 100% S/A",
    }
