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
    ],
)
def test_a_value_is_written_as_people_read_it(column: str, text: str, expected: str) -> None:
    assert shown.value(column, text) == expected
