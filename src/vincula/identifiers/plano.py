"""RPS, the plan's number in the register of products: 9 digits `NNNNNN/AA-D` (reference sib.md, section
6).

The check digit covers the first six digits only, weights 7,6,5,4,3,2; v = 11 − (sum mod 11); 10 -> 0, 11
-> 1. Derived: it fits 9 of 9 public numbers, among which v = 10 was not seen. Numbers of plans older than
Lei 9.656/98 (SCPA) are free text of up to 20 characters and have no check.
"""

from __future__ import annotations

from . import digits
from .registro_ans import modulo_11
from .verdict import Verdict

WIDTH = 9
_KIND = digits.Kind(
    "O número do plano na ANS",
    "PLANO",
    WIDTH,
    check_width=1,
    repeated_allowed=True,
    remedy="Confira o registro do produto na ANS (RPS).",
)
WEIGHTS = (7, 6, 5, 4, 3, 2)


def check_digits(base: str) -> str:
    """The check digit of eight digits (the last two, the year, do not count). Raises ValueError unless
    eight.
    """
    digits.require(base, 8, "RPS base")
    return modulo_11(digits.weighted(base, WEIGHTS))


def complete(base: str) -> str:
    """The whole number of eight digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return digits.is_digits(value, WIDTH) and value[8:] == check_digits(value[:8])


def check(text: str) -> Verdict:
    """The verdict on exactly 9 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`123456/21-1`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`123456/21-1`; a value that is not 9 digits comes back as it is."""
    return f"{value[:6]}/{value[6:8]}-{value[8:]}" if digits.is_digits(value, WIDTH) else value
