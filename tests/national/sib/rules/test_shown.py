"""How values of a vínculo are written on pages."""

from __future__ import annotations

import pytest

from vincula.national.sib.rules import shown


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("nome", "ANA LIMA", "ANA LIMA"),
        ("nome", "", "—"),
        ("cpf", "11122233396", "***.222.333-**"),
        ("cpf", "123", "***.***.***-**"),
        ("cpf", "", "—"),
        ("nascimento", "1980-05-17", "17/05/1980"),
        ("cancelamento", "qualquer", "qualquer"),
        ("sexo", "1", "masculino"),
        ("sexo", "3", "feminino"),
        ("situacao", "I", "INATIVO"),
        ("relacao", "1", "1 (titular)"),
        ("relacao", "4", "4"),
        ("municipio", "355030", "355030"),
        ("municipio", "999999", "999999"),
    ],
)
def test_a_value_is_written_as_people_read_it(column: str, text: str, expected: str) -> None:
    assert shown.value(column, text) == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("municipio", "355030", "355030 – São Paulo (SP)"),
        ("municipio_residencia", "355030", "355030 – São Paulo (SP)"),
        ("municipio", "999999", "999999"),
        ("municipio", "", "—"),
        ("numero", "355030", "355030"),
    ],
)
def test_a_municipality_is_shown_with_its_name_where_that_is_known(
    column: str, text: str, expected: str
) -> None:
    assert shown.value(column, text, {"355030": "São Paulo (SP)"}) == expected
