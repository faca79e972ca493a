"""Which competência takes what arrives today: day 6 of M to day 5 of M+1, unless the data say otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted, Refused
from vincula.national.sib.rules.calendar import (
    Calendar,
    Window,
    as_text,
    next_month,
    parse_month,
    previous_month,
)

DAY = timedelta(days=1)
PLAIN = Calendar([(190001, 6)], {})


def d(text: str) -> date:
    return date.fromisoformat(text)


def window(first: str, last: str) -> Window:
    return Window(d(first), d(last))


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2026-11-05", 202610),
        ("2026-11-06", 202611),
        ("2026-11-30", 202611),
        ("2026-12-05", 202611),
        ("2026-12-06", 202612),
        ("2026-12-31", 202612),
        ("2027-01-05", 202612),
        ("2027-01-06", 202701),
        ("2028-02-29", 202802),
        ("2028-03-05", 202802),
        ("2028-03-06", 202803),
        ("1900-01-01", 189912),
    ],
)
def test_a_competencia_takes_files_from_day_6_to_day_5_of_the_next_month(day: str, month: int) -> None:
    assert PLAIN.of_day(d(day)) == month
    assert PLAIN.window(month).holds(d(day))


def test_the_window_of_december_ends_in_the_next_year() -> None:
    assert PLAIN.window(202612) == window("2026-12-06", "2027-01-05")


CASES = [
    ("prazo prorrogado: a competência seguinte começa depois", {202611: window("2026-11-06", "2026-12-10")},
     {202611: window("2026-11-06", "2026-12-10"), 202612: window("2026-12-11", "2027-01-05")}),
    ("encerrada antes: a seguinte começa antes, sem dia sem dono", {202611: window("2026-11-06", "2026-12-03")},
     {202611: window("2026-11-06", "2026-12-03"), 202612: window("2026-12-04", "2027-01-05")}),
    ("aberta depois: a anterior recebe até a véspera", {202611: window("2026-11-10", "2026-12-05")},
     {202610: window("2026-10-06", "2026-11-09"), 202611: window("2026-11-10", "2026-12-05")}),
    ("dois prazos que se contradizem: vale o fim prometido",
     {202611: window("2026-11-06", "2026-12-10"), 202612: window("2026-12-08", "2027-01-08")},
     {202611: window("2026-11-06", "2026-12-10"), 202612: window("2026-12-11", "2027-01-08"),
      202701: window("2027-01-09", "2027-02-05")}),
    ("prorrogada além de toda a seguinte, que fica sem dias", {202611: window("2026-11-06", "2027-01-20")},
     {202611: window("2026-11-06", "2027-01-20"), 202701: window("2027-01-21", "2027-02-05")}),
    ("duas encerradas muito antes: a terceira começa no dia seguinte",
     {202611: window("2026-11-06", "2026-11-07"), 202612: window("2026-11-08", "2026-11-09")},
     {202612: window("2026-11-08", "2026-11-09"), 202701: window("2026-11-10", "2027-02-05")}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "exceptions", "windows"), CASES, ids=[c[0] for c in CASES])
def test_an_exception_moves_its_neighbours(
    why: str, exceptions: dict[int, Window], windows: dict[int, Window]
) -> None:
    calendar = Calendar([(190001, 6)], exceptions)
    assert {month: calendar.window(month) for month in windows} == windows, why
    for month, days in windows.items():
        assert calendar.of_day(days.first) == month
        assert calendar.of_day(days.last) == month


def test_a_competencia_that_exceptions_left_without_days_holds_none() -> None:
    calendar = Calendar([(190001, 6)], {202611: window("2026-11-06", "2027-01-20")})
    days = calendar.window(202612)
    assert days.last < days.first
    assert not any(days.holds(d("2026-12-01") + i * DAY) for i in range(70))


def test_a_new_rule_holds_from_its_competencia_on() -> None:
    calendar = Calendar([(190001, 6), (202612, 11)], {})
    assert calendar.window(202611) == window("2026-11-06", "2026-12-10")
    assert calendar.window(202612) == window("2026-12-11", "2027-01-10")


@pytest.mark.parametrize("rules", [[], [(190001, 0)], [(190001, 29)], [(190001, 6), (202601, 31)]])
def test_rules_that_no_month_could_keep_are_refused(rules: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="first day"):
        Calendar(rules, {})


MONTHS = st.builds(lambda year, month: year * 100 + month, st.integers(2024, 2026), st.integers(1, 12))
DAYS = st.dates(date(2023, 6, 1), date(2027, 6, 30))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any rules, and any exceptions, sensible or not."""
    changes = draw(st.dictionaries(MONTHS, st.integers(1, 28), max_size=3))
    exceptions = {
        month: Window(*sorted((draw(DAYS), draw(DAYS)))) for month in draw(st.sets(MONTHS, max_size=4))
    }
    return Calendar([(190001, draw(st.integers(1, 28))), *sorted(changes.items())], exceptions)


@given(calendars())
@settings(max_examples=100, deadline=None)
def test_windows_tile_time_without_gap_or_overlap(calendar: Calendar) -> None:
    month, end = 202212, calendar.window(202211).last
    while month < 202804:
        days = calendar.window(month)
        assert days.last >= end, "a later competência never ends earlier"
        assert days.first == end + DAY
        month, end = next_month(month), days.last


@given(calendars(), st.dates(date(2022, 1, 1), date(2028, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_every_day_belongs_to_the_one_competencia_whose_window_holds_it(
    calendar: Calendar, day: date
) -> None:
    month = 202110
    holders = []
    while month < 202904:
        if calendar.window(month).holds(day):
            holders.append(month)
        month = next_month(month)
    assert holders == [calendar.of_day(day)]
    assert calendar.of_day(day + DAY) >= holders[0]


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_months_follow_each_other_across_years(year: int, month: int) -> None:
    value = year * 100 + month
    assert previous_month(next_month(value)) == value == next_month(previous_month(value))
    assert previous_month(value) < value < next_month(value)
    assert parse_month(as_text(value)) == Accepted(value)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-1", "202611", "11/2026", "2026-11-01", "٢٠٢٦-١١", "2026-11\n"]
)
def test_what_is_no_competencia_is_refused_with_the_way_to_write_it(text: str) -> None:
    refused = parse_month(text)
    assert isinstance(refused, Refused)
    assert "2026-11" in refused.remedy


@pytest.mark.parametrize("text", ["9999-12", "2100-01", "1899-12", "0000-01"])
def test_a_year_that_was_typed_wrong_is_told_from_what_is_no_competencia(text: str) -> None:
    refused = parse_month(text)
    assert isinstance(refused, Refused)
    assert refused.message == f"A competência {text} está fora do intervalo aceito, de 1900-01 a 2099-12."
    assert "Confira o ano" in refused.remedy
