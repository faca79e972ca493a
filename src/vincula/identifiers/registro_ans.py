"""Registro ANS of an operadora: 6 digits, the last a check digit (reference sib.md, section 6).

Weights 6,5,4,3,2; v = 11 − (sum mod 11); 10 -> 0, 11 -> 1. Derived: it fits all 1,170 operadoras of 2021-12.
"""

from __future__ import annotations

from . import digits
from .verdict import Verdict

WIDTH = 6
_KIND = digits.Kind(
    "O registro ANS",
    "REGISTRO",
    WIDTH,
    check_width=1,
    repeated_allowed=True,
    remedy="Confira o registro da operadora na ANS.",
)
WEIGHTS = (6, 5, 4, 3, 2)


def check_digits(base: str) -> str:
    """The check digit of five digits. Raises ValueError unless they are five ASCII digits."""
    digits.require(base, 5, "registro ANS base")
    return modulo_11(digits.weighted(base, WEIGHTS))


def modulo_11(total: int) -> str:
    """ANS's check digit of a weighted sum: 11 − (sum mod 11), where 10 becomes 0 and 11 becomes 1."""
    value = 11 - total % 11
    return str({10: 0, 11: 1}.get(value, value))


def complete(base: str) -> str:
    """The whole registro of five digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return digits.is_digits(value, WIDTH) and value[5:] == check_digits(value[:5])


def check(text: str) -> Verdict:
    """The verdict on exactly 6 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`99999-7`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`99999-7`; a value that is not 6 digits comes back as it is."""
    return f"{value[:5]}-{value[5:]}" if digits.is_digits(value, WIDTH) else value
