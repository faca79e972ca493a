"""Dates, ages and sex codes as SIB and CadSUS write them. Dates are ISO text, `AAAA-MM-DD`."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import lru_cache

ADULT_AGE = 18
"""Age from which a dependent owes SIB what a titular owes (sib.md, 1.5), in years."""
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@lru_cache(maxsize=65_536)
def is_date(text: str) -> bool:
    """True for a real calendar day written exactly `AAAA-MM-DD` (years 0001 to 9999), without time zone."""
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def age_on(birth: str, day: str) -> int:
    """Full years between two `AAAA-MM-DD` days; negative where `day` comes before `birth`.

    Who was born on 29 February completes the year on 1 March where that day does not exist (Lei 810/1949,
    art. 3). Raises ValueError, without the values, where either is not a date.
    """
    if not (is_date(birth) and is_date(day)):
        raise ValueError("age_on: expected two dates AAAA-MM-DD")
    return int(day[:4]) - int(birth[:4]) - (day[5:] < birth[5:])


def is_adult(birth: str, day: str) -> bool:
    """Whether the person has completed 18 years on `day`. Raises as `age_on`."""
    return age_on(birth, day) >= ADULT_AGE


class Sex(Enum):
    """Sex, with its code in CadSUS."""

    MASCULINO = "M"
    FEMININO = "F"
    IGNORADO = "I"


_CADSUS = {"M": Sex.MASCULINO, "F": Sex.FEMININO, "I": Sex.IGNORADO, "UN": Sex.IGNORADO, "N": Sex.IGNORADO}


def sex_from_cadsus(code: str) -> Sex | None:
    """The sex of a CadSUS code: M, F, I, and UN or N of feeds read as ignorado (C8); None for any other."""
    return _CADSUS.get(code)
