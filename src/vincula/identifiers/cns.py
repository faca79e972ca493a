"""CNS: 15 digits; the strict (official) rule, the loose one of foreign data, and the making of new
numbers.

Source: reference cadsus-services.md, section 10. First digit 1 or 2: built on the 11 digits of a PIS/NIS
with suffix 000 or 001; 7, 8 or 9: weighted sum divisible by 11; any other first digit is not a CNS. A
16th digit on a printed card (the via) is not part of the number.
"""

from __future__ import annotations

import re

from . import digits
from .verdict import Status, Verdict

WIDTH = 15
QUALITY_THRESHOLD = 80
"""A card begins with 7 where the quality grade is greater than this, else with 8 (cadsus-rules.md,
section 5).
"""
_KIND = digits.Kind("O CNS", "CNS", WIDTH, check_width=1)
WEIGHTS = (15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
PIS_WEIGHTS = WEIGHTS[:11]
_LOOSE = re.compile(r"[12][0-9]{10}00[01][0-9]|[57-9][0-9]{14}", re.ASCII)


def from_pis(pis: str) -> str:
    """The 15-digit number built on the 11 digits of a PIS/NIS whose first digit is 1 or 2.

    The check digit is computed for suffix 000; where it comes out as 10 the suffix becomes 001 and it is
    computed again (then always 8). Raises ValueError for anything but 11 ASCII digits beginning with 1 or 2.
    """
    digits.require(pis, 11, "PIS/NIS")
    if pis[0] not in "12":
        raise ValueError("PIS/NIS: a CNS is built only on one that begins with 1 or 2")
    return _from_pis(pis)


def _from_pis(pis: str) -> str:
    total = digits.weighted(pis, PIS_WEIGHTS)
    digit = (11 - total % 11) % 11
    if digit == 10:
        return f"{pis}001{(11 - (total + 2) % 11) % 11}"
    return f"{pis}000{digit}"


def issue(base: str) -> str | None:
    """The 15-digit number of the 14 digits `base` (first digit 7, 8 or 9), or None where no digit fits.

    One base in eleven has none: take the next. Raises ValueError for any other base.
    """
    digits.require(base, WIDTH - 1, "CNS base")
    if base[0] not in "789":
        raise ValueError("CNS base: the first digit must be 7, 8 or 9")
    digit = -digits.weighted(base, WEIGHTS[:14]) % 11
    return None if digit == 10 else f"{base}{digit}"


def quality_prefix(grade: int, threshold: int = QUALITY_THRESHOLD) -> str:
    """First digit of a new card for a quality grade of 0 to 100 percent: "7" above the threshold, else
    "8".
    """
    return "7" if grade > threshold else "8"


def is_valid(value: str) -> bool:
    """True where the strict `check` answers VALID (so False for an empty value)."""
    if not digits.is_digits(value, WIDTH):
        return False
    if value[0] in "789":
        return digits.weighted(value, WEIGHTS) % 11 == 0
    return value[0] in "12" and value == _from_pis(value[:11])


def is_loose(value: str) -> bool:
    """True for the loose rule, observed in a national primary-care system: it admits also prefix 5 and
    any 001x.
    """
    return (
        _LOOSE.fullmatch(value) is not None
        and value.count(value[0]) != WIDTH
        and digits.weighted(value, WEIGHTS) % 11 == 0
    )


def check(text: str, *, loose: bool = False) -> Verdict:
    """The verdict on exactly 15 ASCII digits; empty is ABSENT.

    A number that only the loose rule accepts is always reported as such (rule "CNS.frouxa"): INVALID by
    default, WARNED with `loose`, which is for reading foreign data.
    """
    foreign = digits.is_digits(text, WIDTH) and text.count(text[0]) != WIDTH and not is_valid(text)
    if foreign and is_loose(text):
        return _only_loose(text, accepted=loose)
    if foreign and text[0] not in "12789":
        message = "O CNS não é válido: começa por 1, 2, 7, 8 ou 9, e este começa por outro algarismo."
        remedy = "Confira se o número é mesmo o do Cartão Nacional de Saúde."
        return Verdict(Status.INVALID, text, "CNS.prefixo", message, remedy)
    return digits.judge(text, _KIND, is_valid)


def _only_loose(text: str, *, accepted: bool) -> Verdict:
    message = (
        "O CNS passa apenas na regra frouxa, que alguns sistemas usam: a soma confere, mas o prefixo ou a "
        "terminação não existem na rotina oficial."
    )
    remedy = "Confira o número no cartão ou consulte o CNS da pessoa pelo CPF."
    return Verdict(Status.WARNED if accepted else Status.INVALID, text, "CNS.frouxa", message, remedy)


def parse(text: str) -> str:
    """The wire form of what a person typed (`700 0000 0000 0005`); never raises."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`700 0000 0000 0005`; a value that is not 15 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:3]} {value[3:7]} {value[7:11]} {value[11:]}"
