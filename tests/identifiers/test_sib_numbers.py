"""CCO, registro ANS and plan number: rules derived from public numbers (sib.md, section 6), and the CNES."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import Status, cco, cnes, plano, registro_ans

from .numbers import digit_strings, one_digit_slips


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1234567, "000123456709"),
        (2000001, "000200000104"),
        (1, "000000000109"),
        (6, "000000000600"),  # r = 10 counts as 00
    ],
)
def test_the_cco_of_a_number_and_back(number: int, text: str) -> None:
    assert cco.from_number(number) == text
    assert cco.number(text) == number
    assert cco.check(text).status is Status.VALID


def test_a_wrong_cco_check_digit_only_warns() -> None:
    verdict = cco.check("000123456708")
    assert (verdict.status, verdict.rule, verdict.ok) == (Status.WARNED, "CCO.dv", True)
    assert verdict.message
    assert verdict.remedy


@given(st.integers(0, cco.MAX_NUMBER))
def test_every_cco_is_valid_and_gives_its_number_back(number: int) -> None:
    text = cco.from_number(number)
    assert cco.is_valid(text)
    assert cco.number(text) == number
    assert text[10] == "0"


@given(st.integers(0, cco.MAX_NUMBER))
def test_a_wrong_cco_digit_is_seen_save_in_the_first(number: int) -> None:
    """The first digit has weight 0; and r = 10 shares its 00 with r = 0."""
    text = cco.from_number(number)
    for place in range(10):
        for slip in one_digit_slips(text, range(place, place + 1)):
            assert not cco.is_valid(slip) or place == 0 or text.endswith("00")


@pytest.mark.parametrize("number", [-1, cco.MAX_NUMBER + 1])
def test_a_number_of_more_than_ten_digits_has_no_cco(number: int) -> None:
    with pytest.raises(ValueError):
        cco.from_number(number)


@pytest.mark.parametrize("text", ["", "00012345670", "00012345670x"])
def test_there_is_no_number_in_what_is_not_a_cco(text: str) -> None:
    with pytest.raises(ValueError):
        cco.number(text)


@pytest.mark.parametrize("number", ["999997", "999903", "000001", "000060"])  # v = 11: 000001; v = 10: 000060
def test_the_vectors_of_the_registro_ans(number: str) -> None:
    assert registro_ans.check(number).status is Status.VALID


@pytest.mark.parametrize("number", ["123456211", "987654195"])  # v = 11; plain
def test_the_vectors_of_the_plan_number(number: str) -> None:
    assert plano.check(number).status is Status.VALID


@given(digit_strings(5), st.integers(1, 9))
def test_any_other_check_digit_of_a_registro_is_refused(base: str, shift: int) -> None:
    wrong = str((int(registro_ans.check_digits(base)) + shift) % 10)
    verdict = registro_ans.check(base + wrong)
    assert (verdict.status, verdict.rule) == (Status.INVALID, "REGISTRO.dv")


@given(digit_strings(8), st.integers(1, 9))
def test_any_other_check_digit_of_a_plan_is_refused(base: str, shift: int) -> None:
    wrong = str((int(plano.check_digits(base)) + shift) % 10)
    assert (plano.check(base + wrong).status, plano.check(base + wrong).rule) == (Status.INVALID, "PLANO.dv")


@given(digit_strings(8), digit_strings(2))
def test_the_year_of_a_plan_number_does_not_count(base: str, year: str) -> None:
    assert plano.check_digits(base) == plano.check_digits(base[:6] + year)


def test_a_cnes_with_another_check_digit_only_warns() -> None:
    """3312450 is a public number that contradicts the observed rule."""
    verdict = cnes.check("3312450")
    assert (verdict.status, verdict.rule, verdict.ok) == (Status.WARNED, "CNES.dv", True)
