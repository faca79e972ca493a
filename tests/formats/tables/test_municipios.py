"""The municipalities that the product carries."""

from __future__ import annotations

from collections import Counter

import pytest

from vincula.formats.tables.municipios import UF_BY_CODE, carried, check_digit, is_right_code7


def test_all_municipalities_are_there() -> None:
    table = carried()
    assert len(table.by_code6) == len(table.codes6) == 5_571
    assert table.version == "2025"
    by_state = Counter(m.uf for m in table.by_code6.values())
    assert len(by_state) == 27
    assert (by_state["MG"], by_state["SP"], by_state["RR"], by_state["DF"]) == (853, 645, 15, 1)


@pytest.mark.parametrize(
    ("ibge7", "nome", "uf"),
    [
        ("3550308", "São Paulo", "SP"),
        ("5300108", "Brasília", "DF"),
        ("2605459", "Fernando de Noronha", "PE"),
        ("1100015", "Alta Floresta D'Oeste", "RO"),
        ("5101837", "Boa Esperança do Norte", "MT"),
    ],
)
def test_some_that_everybody_knows(ibge7: str, nome: str, uf: str) -> None:
    found = carried().by_code6[ibge7[:6]]
    assert (found.ibge7, found.nome, found.uf) == (ibge7, nome, uf)


def test_every_code_begins_with_its_state_and_has_its_check_digit_but_nine() -> None:
    every = carried().by_code6.values()
    assert all(UF_BY_CODE[m.ibge7[:2]] == m.uf for m in every)
    assert all(m.nome == m.nome.strip() != "" for m in every)
    exceptions = {m.ibge7 for m in every if check_digit(m.ibge6) != m.ibge7[6]}
    assert exceptions == {
        "2201919", "2201988", "2202251", "2611533", "3117836", "3152131", "4305871", "5203939", "5203962",
    }  # fmt: skip
    assert all(is_right_code7(m.ibge7) for m in every)


@pytest.mark.parametrize("code", ["3550309", "2201910", "355030", "35503080", "", "३५५०३०८", "A550308"])
def test_a_code_that_is_not_right(code: str) -> None:
    assert not is_right_code7(code)


def test_a_code_that_ibge_may_give_tomorrow_is_right_by_its_digit() -> None:
    code = "359999" + check_digit("359999")
    assert "359999" not in carried().codes6
    assert is_right_code7(code)
