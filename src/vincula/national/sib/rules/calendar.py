"""Competências and their calendar.

That M takes what arrives from day 6 of M to day 5 of M+1 is our inference from the official deadline (day 5 of M+1;
reference sib.md section 7): the day is data (sib_regra_calendario), and so are exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vincula.common.outcomes import Accepted, Outcome, Refused

_DAY = timedelta(days=1)
FIRST, LAST = 190001, 209912  # ours: beyond them a year was typed wrong
LAST_FIRST_DAY = 28  # the last day that every month has


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day on which files of a competência are received, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """`rules`: (since competência, first day 1 to 28), ascending, at least one; `exceptions`: competência → window.

    Whatever they say, every day belongs to exactly one competência, and later days never to earlier ones. Where two
    exceptions contradict each other the deadline that was promised holds: the last day of the earlier competência
    decides when the next one begins. Raises ValueError for rules that no month could keep.
    """

    rules: Sequence[tuple[int, int]]
    exceptions: Mapping[int, Window]

    def __post_init__(self) -> None:
        if not self.rules or not all(1 <= day <= LAST_FIRST_DAY for _, day in self.rules):
            raise ValueError("calendar: at least one rule, each with a first day from 1 to 28")

    def window(self, month: int) -> Window:
        """The days on which files of `month` are received; none (last before first) where exceptions left none."""
        return Window(self._last(previous_month(month)) + _DAY, self._last(month))

    def of_day(self, day: date) -> int:
        """The competência that receives what arrives on this day."""
        current = day.year * 100 + day.month
        candidates = {previous_month(current), current}
        for month in self.exceptions:
            candidates |= {previous_month(month), month, next_month(month)}
        return next(month for month in sorted(candidates) if self.window(month).holds(day))

    def _last(self, month: int) -> date:
        """The last day of a competência: its own, unless an earlier one was extended beyond it."""
        special = {m for e in self.exceptions for m in (previous_month(e), e) if m <= month}
        regular = month
        while regular in special:
            regular = previous_month(regular)
        return max(self._own_last(m) for m in (regular, *special))

    def _own_last(self, month: int) -> date:
        if month in self.exceptions:
            return self.exceptions[month].last
        following = next_month(month)
        if following in self.exceptions:
            return self.exceptions[following].first - _DAY
        day = [first for since, first in self.rules if since <= following or since == self.rules[0][0]][-1]
        return date(following // 100, following % 100, day) - _DAY


def next_month(month: int) -> int:
    """202612 → 202701."""
    return month + 1 if month % 100 < 12 else month + 89


def previous_month(month: int) -> int:
    """202701 → 202612."""
    return month - 1 if month % 100 > 1 else month - 89


def is_near(month: int, day: date) -> bool:
    """Whether a day lies within twelve months of a competência: an exception beyond that is a year typed wrong."""
    return abs((day.year - month // 100) * 12 + day.month - month % 100) <= 12


def as_text(month: int) -> str:
    """202611 → '2026-11'."""
    return f"{month // 100:04d}-{month % 100:02d}"


def parse_month(text: str) -> Outcome[int]:
    """'2026-11' → 202611. Refused (COMPETENCIA_INVALIDA): no year and month, or not from FIRST to LAST."""
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if not match:
        return Refused(
            "COMPETENCIA_INVALIDA",
            f"“{text[:20]}” não é uma competência.",
            "Escreva ano e mês (de 01 a 12), assim: 2026-11.",
        )
    month = int(match[1]) * 100 + int(match[2])
    if not FIRST <= month <= LAST:
        return Refused(
            "COMPETENCIA_INVALIDA",
            f"A competência {text} está fora do intervalo aceito, de {as_text(FIRST)} a {as_text(LAST)}.",
            "Confira o ano.",
        )
    return Accepted(month)
