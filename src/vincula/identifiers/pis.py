"""PIS/PASEP/NIS: 11 digits, the last a check digit: weights 3,2,9,8,7,6,5,4,3,2, 11 − (sum mod 11), 10
and 11 -> 0.

Public algorithm (reference sib.md, section 6; RN032 of CadSUS). Eleven equal digits are refused.
"""

from __future__ import annotations

from . import digits
from .verdict import Verdict

WIDTH = 11
_KIND = digits.Kind("O PIS/PASEP", "PIS", WIDTH, check_width=1)
WEIGHTS = (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def check_digits(base: str) -> str:
    """The check digit of ten digits. Raises ValueError unless they are ten ASCII digits."""
    digits.require(base, 10, "PIS base")
    return str(-digits.weighted(base, WEIGHTS) % 11 % 10)


def complete(base: str) -> str:
    """The whole number of ten digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return (
        digits.is_digits(value, WIDTH)
        and value.count(value[0]) != WIDTH
        and value[10:] == check_digits(value[:10])
    )


def check(text: str) -> Verdict:
    """The verdict on exactly 11 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`123.45678.90-0`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`123.45678.90-0`; a value that is not 11 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:3]}.{value[3:8]}.{value[8:10]}-{value[10:]}"
