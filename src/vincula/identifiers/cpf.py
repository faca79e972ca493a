"""CPF: 11 digits, the last two check digits modulo 11 (reference access.md, 10.1; RN001 of CadSUS).

The ninth digit names the fiscal region of the first registration: never validated. Eleven equal digits are
refused although their check digits pass (RN001.3, SIB rule CPF-1).
"""

from __future__ import annotations

from . import digits
from .verdict import Verdict

WIDTH = 11
_KIND = digits.Kind("O CPF", "CPF", WIDTH, check_width=2)
FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9)
"""Weights 10…2 with DV = 11 − r are the same as 1…9 with DV = r: the signs cancel modulo 11 (10 counts as
0).
"""
SECOND_WEIGHTS = (0, 1, 2, 3, 4, 5, 6, 7, 8)


def check_digits(base: str) -> str:
    """The two check digits of the nine digits `base`. Raises ValueError unless they are nine ASCII digits."""
    digits.require(base, 9, "CPF base")
    return _check_digits(base)


def _check_digits(base: str) -> str:
    first = digits.weighted(base, FIRST_WEIGHTS) % 11 % 10
    second = (digits.weighted(base, SECOND_WEIGHTS) + 9 * first) % 11 % 10
    return f"{first}{second}"


def complete(base: str) -> str:
    """The whole CPF of nine digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return (
        digits.is_digits(value, WIDTH)
        and value.count(value[0]) != WIDTH
        and value[9:] == _check_digits(value[:9])
    )


def check(text: str) -> Verdict:
    """The verdict on the wire form: exactly 11 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`111.222.333-96`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`111.222.333-96`; a value that is not 11 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"


def mask(value: str) -> str:
    """`***.456.789-**`, for pages that are not entitled to the CPF; what is not a CPF is hidden whole."""
    if not value:
        return ""
    if not digits.is_digits(value, WIDTH):
        return "***.***.***-**"
    return f"***.{value[3:6]}.{value[6:9]}-**"
