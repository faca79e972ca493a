"""CEI, the older register of employers without CNPJ: 12 digits, the last a check digit (public algorithm).

Weights 7,4,1,8,5,2,1,6,3,7,4; tens plus units of the sum; the units of that from 10 (10 -> 0).
"""

from __future__ import annotations

from . import digits
from .verdict import Verdict

WIDTH = 12
_KIND = digits.Kind("O CEI", "CEI", WIDTH, check_width=1)
WEIGHTS = (7, 4, 1, 8, 5, 2, 1, 6, 3, 7, 4)


def check_digits(base: str) -> str:
    """The check digit of 11 digits. Raises ValueError unless they are 11 ASCII digits."""
    digits.require(base, 11, "CEI base")
    total = digits.weighted(base, WEIGHTS)
    return str(-(total // 10 + total % 10) % 10)


def complete(base: str) -> str:
    """The whole number of 11 digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return (
        digits.is_digits(value, WIDTH)
        and value.count(value[0]) != WIDTH
        and value[11:] == check_digits(value[:11])
    )


def check(text: str) -> Verdict:
    """The verdict on exactly 12 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`11.222.33333/44`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`11.222.33333/44`; a value that is not 12 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:2]}.{value[2:5]}.{value[5:10]}/{value[10:]}"
