"""The operadoras are invented, valid by their check digits, and say that they are fictitious."""

from __future__ import annotations

import pytest

from vincula.identifiers import cnpj, plano, registro_ans
from vincula.sandbox.operadoras import CONTRATANTES, OPERADORAS, SandboxOperadora, cadop_csv


@pytest.mark.parametrize("operadora", OPERADORAS, ids=lambda o: o.registro_ans)
def test_numbers_are_valid_and_names_say_fictitious(operadora: SandboxOperadora) -> None:
    assert registro_ans.is_valid(operadora.registro_ans)
    assert cnpj.is_valid(operadora.cnpj)
    assert all(plano.is_valid(number) for number in operadora.planos)
    assert "FICTÍCIA" in operadora.razao_social


def test_there_is_an_administradora_and_an_inactive_one() -> None:
    assert [o.registro_ans for o in OPERADORAS if o.administradora] == ["999881"]
    assert [o.registro_ans for o in OPERADORAS if not o.ativa] == ["999873"]
    assert all(cnpj.is_valid(number) for number in CONTRATANTES)


def test_the_register_has_the_official_layout() -> None:
    lines = cadop_csv(with_inactive=True).decode("iso-8859-1").splitlines()
    assert lines[0].startswith("Registro_ANS;CNPJ;Razao_Social;Nome_Fantasia;Modalidade;")
    assert lines[1].endswith(';"DIRETOR";4;"01/03/2010"')
    assert len(lines) == len(OPERADORAS) + 1
    assert "999873" not in cadop_csv().decode("iso-8859-1")
