"""The date and the moment of the SIB schema v1.2, beside the other simple types (`values`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vincula.formats.sib.values import BLANK, Problem, ValueType

_DATE_TIME = re.compile(
    r"[ \t\r\n]*([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?[ \t\r\n]*"
)


@dataclass(frozen=True, slots=True)
class DateTime(ValueType):
    """A moment AAAA-MM-DDTHH:MM:SS, with or without fraction and time zone."""

    @property
    def fast(self) -> str:
        return "(?!)"  # matches nothing: once in a file, and not worth an expression

    def problem(self, value: str) -> Problem | None:
        found = _DATE_TIME.fullmatch(value)
        if found and _is_moment(found[1], int(found[2]), int(found[3]), int(found[4])):
            return None
        fault = "está vazio" if not value.strip(BLANK) else "não é uma data e hora"
        return Problem(fault, "Informe no formato AAAA-MM-DDTHH:MM:SS, por exemplo 2025-05-02T10:30:00.")

    def canonical(self, value: str) -> str:
        return value.strip(BLANK)


def _is_moment(day: str, hour: int, minute: int, second: int) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    midnight_after = hour == 24 and minute == second == 0
    return (hour < 24 or midnight_after) and minute < 60 and second < 60


_DATE = re.compile(
    r"[ \t\r\n]*([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?[ \t\r\n]*"
)
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"


@dataclass(frozen=True, slots=True)
class Date(ValueType):
    """A calendar date AAAA-MM-DD not before `minimum` (ISO). Years of more than four digits are refused."""

    minimum: str

    @property
    def fast(self) -> str:
        first = "19[4-9][0-9]" if self.minimum >= "1940" else "19[0-9]{2}"
        leap = f"(?!19[0-3]){_LEAP}" if self.minimum >= "1940" else _LEAP
        return f"(?:(?:{first}|20[0-9]{{2}})-{_MONTH_DAY}|{leap})"

    def problem(self, value: str) -> Problem | None:
        iso = self.canonical(value)
        if not iso:
            fault = "está vazio" if not value.strip(BLANK) else "não é uma data do calendário"
            return Problem(fault, "Informe a data no formato AAAA-MM-DD, por exemplo 1980-02-29.")
        if iso < self.minimum:
            day, month, year = reversed(self.minimum.split("-"))
            return Problem(f"tem data anterior a {day}/{month}/{year}", "Confira o ano da data no documento.")
        return None

    def canonical(self, value: str) -> str:
        """The date without blanks and time zone; "" when it is no date."""
        found = _DATE.fullmatch(value)
        if not found:
            return ""
        iso = "-".join(found.groups())
        try:
            date.fromisoformat(iso)
        except ValueError:
            return ""
        return iso
