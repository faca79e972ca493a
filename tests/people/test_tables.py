"""The code tables that the product carries."""

from __future__ import annotations

import pytest

from vincula.people.tables import NAMES, table


@pytest.mark.parametrize(
    ("name", "code", "meaning"),
    [
        ("pais", "010", "BRASIL"),
        ("pais", "021", "ARGENTINA"),
        ("etnia", "X405", "SEM INFORMACAO"),
        ("tipo_logradouro", "081", "RUA"),
        ("orgao_emissor", "81", "OUTROS EMISSORES"),
        ("uf", "SP", "SÃO PAULO"),
        ("raca_cor", "03", "PARDA"),
        ("raca_cor", "04", "AMARELA"),
        ("sexo", "I", "IGNORADO"),
        ("nacionalidade", "P", "PORTUGUÊS EQUIPARADO"),
        ("tipo_certidao", "95", "RANI-REGISTRO ADMINISTRATIVO INDÍGENA"),
        ("tipo_telefone", "3", "CELULAR"),
        ("tipo_sanguineo", "O-", "O-"),
    ],
)
def test_a_code_means_what_the_table_says(name: str, code: str, meaning: str) -> None:
    assert table(name).names[code] == meaning
    assert code in table(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [("pais", "020"), ("pais", "048"), ("pais", "050"), ("tipo_logradouro", "999"), ("uf", "XX")],
)
def test_what_a_table_only_reserves_or_does_not_have_is_no_code(name: str, code: str) -> None:
    assert code not in table(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_its_version_and_has_clean_rows(name: str) -> None:
    found = table(name)
    assert found.version == "2015"
    assert found.names
    for code, text in found.names.items():
        assert code == code.strip() != ""
        assert text == text.strip() != ""


def test_a_table_that_is_not_carried_is_an_error() -> None:
    with pytest.raises(KeyError):
        table("municipio")
