"""R091, R092: the three equalities with the Receita, and nothing else, decide the automatic CNS."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from vincula.people.agreement import Field, Ground, Identity, agree

RECEITA = Identity("11122233396", "JOSÉ D'ÁVILA DA CONCEIÇÃO-NETO", "1980-02-29")
SENT = Identity("11122233396", "JOSE D'AVILA DA CONCEICAO NETO", "1980-02-29")
OTHER = {"cpf": "98765432100", "nome": "JOSE D'AVILA DA CONCEICAO", "data_nascimento": "1980-02-28"}


@pytest.mark.requirement("R091")
def test_three_equalities_make_the_record_identical() -> None:
    agreement = agree(SENT, RECEITA)
    assert agreement.identical
    assert agreement.differing == ()
    assert (agreement.cpf, agreement.nome, agreement.data_nascimento) == (
        Ground.IGUAL,
        Ground.IGUAL_DOBRADO,
        Ground.IGUAL,
    )


@pytest.mark.requirement("R091", "R092")
@pytest.mark.parametrize(
    ("cpf", "nome", "data_nascimento"),
    list(product([True, False], repeat=3)),
    ids=lambda same: "=" if same else "≠",
)
def test_all_eight_combinations_only_one_is_identical(cpf: bool, nome: bool, data_nascimento: bool) -> None:
    same = {"cpf": cpf, "nome": nome, "data_nascimento": data_nascimento}
    sent = replace(SENT, **{name: OTHER[name] for name, equal in same.items() if not equal})
    agreement = agree(sent, RECEITA)
    assert agreement.identical is (cpf and nome and data_nascimento)
    assert [which.name.lower() for which in agreement.differing] == [
        name.removeprefix("data_") for name, equal in same.items() if not equal
    ]


@pytest.mark.requirement("R092")
@pytest.mark.parametrize("missing", ["cpf", "nome", "data_nascimento"])
def test_what_is_missing_on_either_side_is_never_equal_not_even_to_nothing(missing: str) -> None:
    assert not agree(replace(SENT, **{missing: ""}), RECEITA).identical
    assert not agree(SENT, replace(RECEITA, **{missing: ""})).identical
    both = agree(replace(SENT, **{missing: ""}), replace(RECEITA, **{missing: ""}))
    assert not both.identical
    assert getattr(both, missing) is Ground.NAO_ENVIADO


@pytest.mark.requirement("R091", "R092")
def test_the_nome_social_does_not_count() -> None:
    sent = replace(SENT, nome="JOANA D'AVILA DA CONCEICAO NETO")
    agreement = agree(sent, RECEITA, nome_social="Joana D'Ávila da Conceição-Neto")
    assert not agreement.identical
    assert agreement.nome is Ground.NOME_SOCIAL
    assert agree(SENT, RECEITA, nome_social="Joana").identical


@pytest.mark.requirement("R091")
@pytest.mark.parametrize(
    ("sent", "receita", "ground"),
    [
        ("ANA LIA COSTA", "ANA LIA COSTA", Ground.IGUAL),
        ("ana lia costa", "ANA LIA COSTA", Ground.IGUAL_DOBRADO),
        ("ANA LIA COSTA", "ANA-LIA COSTA", Ground.IGUAL_DOBRADO),
        ("A" * 34 + " " + "B" * 35, "A" * 34 + " " + "B" * 35 + " COSTA", Ground.IGUAL_CORTADO),
        ("ANA LIA", "ANA LIA COSTA", Ground.DIFERENTE),
        ("ANA LIA COSTA", "", Ground.NAO_CONSTA),
        (" ", "ANA LIA COSTA", Ground.NAO_ENVIADO),
    ],
)
def test_on_what_ground_a_name_agrees(sent: str, receita: str, ground: Ground) -> None:
    agreement = agree(replace(SENT, nome=sent), replace(RECEITA, nome=receita))
    assert agreement.nome is ground
    assert agreement.identical is ground.agrees


@pytest.mark.parametrize(
    ("different", "named"),
    [
        ((), None),
        (("nome",), Field.NOME),
        (("data_nascimento",), Field.NASCIMENTO),
        (("nome", "data_nascimento"), None),
        (("cpf",), None),
        (("cpf", "nome"), None),
        (("cpf", "nome", "data_nascimento"), None),
    ],
)
def test_a_difference_is_named_only_where_the_cpf_and_the_other_field_agree(
    different: tuple[str, ...], named: Field | None
) -> None:
    """Else the answer would tell a stranger what the Receita holds on somebody."""
    assert agree(replace(SENT, **{name: OTHER[name] for name in different}), RECEITA).nameable is named


def test_an_identity_is_never_printed() -> None:
    assert "111" not in repr(SENT)
    assert "JOSE" not in repr(SENT)
