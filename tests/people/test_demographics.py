"""Dates, ages and sex codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.people.demographics import (
    Sex,
    age_on,
    is_adult,
    is_date,
    sex_from_cadsus,
)


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("2024-02-29", True),
        ("0001-01-01", True),
        ("2023-02-29", False),
        ("2024-13-01", False),
        ("0000-01-01", False),
        ("2024-2-9", False),
        ("20240229", False),
        ("2024-W09-4", False),
        ("29/02/2024", False),
        ("2024-02-29Z", False),
        ("2024-02-29\n", False),
        (" 2024-02-29", False),
        ("２024-02-29", False),
        ("", False),
    ],
)
def test_a_date_is_a_real_day_written_in_one_way(text: str, real: bool) -> None:
    assert is_date(text) is real


@given(st.dates())
def test_every_calendar_day_is_a_date(day: date) -> None:
    assert is_date(day.isoformat())


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2000-05-10", "2018-05-09", 17),
        ("2000-05-10", "2018-05-10", 18),
        ("2000-05-10", "2000-05-10", 0),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2000-05-10", "2000-05-09", -1),
    ],
)
def test_age_in_full_years(birth: str, day: str, age: int) -> None:
    assert age_on(birth, day) == age
    assert is_adult(birth, day) is (age >= 18)


@pytest.mark.parametrize(("birth", "day"), [("", "2020-01-01"), ("2020-01-01", "2020-02-30")])
def test_there_is_no_age_without_two_dates(birth: str, day: str) -> None:
    with pytest.raises(ValueError):
        age_on(birth, day)


def test_sex_codes_of_cadsus_and_sib() -> None:
    codes = {code: sex_from_cadsus(code) for code in ("M", "F", "I", "UN", "N", "m", "", "X")}
    assert codes == {
        "M": Sex.MASCULINO,
        "F": Sex.FEMININO,
        "I": Sex.IGNORADO,
        "UN": Sex.IGNORADO,
        "N": Sex.IGNORADO,
        "m": None,
        "": None,
        "X": None,
    }
