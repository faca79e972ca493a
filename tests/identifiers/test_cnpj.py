"""CNPJ: with digits only, and with letters since July 2026."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import Status, cnpj


@pytest.mark.parametrize("number", ["11222333000181", "12ABC34501DE35", "03589068000146"])
def test_numbers_with_and_without_letters_are_valid(number: str) -> None:
    assert cnpj.check(number).status is Status.VALID


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("11222333000182", "CNPJ.dv"),
        ("12ABC34501DE36", "CNPJ.dv"),
        ("00000000000000", "CNPJ.repetido"),
        ("12abc34501DE35", "CNPJ.forma"),
        ("12ABC34501DEA5", "CNPJ.forma"),
        ("12.ABC.345/01DE-35", "CNPJ.forma"),
        ("1122233300018", "CNPJ.forma"),
        ("12ÁBC34501DE35", "CNPJ.forma"),
    ],
)
def test_what_is_wrong_is_said(number: str, rule: str) -> None:
    assert (cnpj.check(number).status, cnpj.check(number).rule) == (Status.INVALID, rule)


def test_lower_case_and_punctuation_are_repaired_by_parse() -> None:
    assert cnpj.parse(" 12.abc.345/01de-35 ") == "12ABC34501DE35"
    assert cnpj.format("12ABC34501DE35") == "12.ABC.345/01DE-35"


def test_only_digits_fit_the_sib_schema() -> None:
    assert cnpj.is_numeric("11222333000181")
    assert not cnpj.is_numeric("12ABC34501DE35")


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12))
def test_what_is_completed_is_valid(base: str) -> None:
    number = cnpj.complete(base)
    assert cnpj.is_valid(number) is (len(set(number)) > 1)
    assert cnpj.parse(cnpj.format(number)) == number


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12), st.integers(1, 99))
def test_any_other_check_digits_are_refused(base: str, shift: int) -> None:
    wrong = f"{(int(cnpj.check_digits(base)) + shift) % 100:02d}"
    assert cnpj.check(base + wrong).status is Status.INVALID
