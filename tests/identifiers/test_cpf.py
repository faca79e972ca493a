"""CPF: 11 digits, modulo 11."""

from __future__ import annotations

import pytest
from hypothesis import given

from vincula.identifiers import Status, cpf

from .numbers import digit_strings, one_digit_slips

PUBLIC_DEMO = [
    "40442820135",
    "63017285995",
    "91708635203",
    "58136053391",
    "40532176871",
    "47123586964",
    "07691852312",
    "10975384600",
    "01648527949",
    "47893062592",
    "98302514705",
]
"""The CPFs of SERPRO's public demonstration (access.md, 10.1)."""


@pytest.mark.parametrize("number", [*PUBLIC_DEMO, "11122233396"])
def test_public_demonstration_numbers_are_valid(number: str) -> None:
    assert cpf.check(number).status is Status.VALID


@pytest.mark.parametrize(
    ("number", "rule", "says"),
    [
        ("11122233395", "CPF.dv", "dígitos verificadores"),
        ("11122233369", "CPF.dv", "dígitos verificadores"),
        ("11111111111", "CPF.repetido", "repetido"),
        ("00000000000", "CPF.repetido", "repetido"),
        ("1112223339", "CPF.forma", "este tem 10"),
        ("111.222.333-96", "CPF.forma", "pontos"),
        ("1112223339²", "CPF.forma", "outro alfabeto"),
        ("1112223339X", "CPF.forma", "letras"),
    ],
)
def test_what_is_wrong_is_said(number: str, rule: str, says: str) -> None:
    verdict = cpf.check(number)
    assert (verdict.status, verdict.rule) == (Status.INVALID, rule)
    assert says in verdict.message


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("12345678909", "***.456.789-**"),
        ("", ""),
        ("1234", "***.***.***-**"),
        ("123.456.789-09", "***.***.***-**"),
    ],
)
def test_a_masked_cpf_shows_only_the_middle(number: str, masked: str) -> None:
    assert cpf.mask(number) == masked


@given(digit_strings(9))
def test_a_wrong_digit_is_detected_save_where_a_remainder_of_ten_hides_it(base: str) -> None:
    """Weights 1 to 9 are prime to 11, but 10 is written as 0 too: a slip hides only behind a check digit
    0.
    """
    for slip in one_digit_slips(cpf.complete(base), range(9, 11)):
        assert not cpf.is_valid(slip)
    if "0" not in cpf.check_digits(base):
        assert not any(cpf.is_valid(slip) for slip in one_digit_slips(cpf.complete(base), range(9)))
