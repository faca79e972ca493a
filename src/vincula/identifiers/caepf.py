"""CAEPF, the register of a person's economic activity, which replaced the CEI in SIB: 14 digits (sib.md,
1.6).

Nine digits of the holder's CPF without its check digits, a three-digit order, two check digits: those of
the modulo 11 with weights as the CNPJ's, then + 12 (less 100 where that passes 99). Public algorithm.
"""

from __future__ import annotations

from . import cnpj, digits
from .verdict import Verdict

WIDTH = 14
_KIND = digits.Kind("O CAEPF", "CAEPF", WIDTH, check_width=2)
OFFSET = 12
"""What is added to the two check digits computed as a CNPJ's."""


def check_digits(base: str) -> str:
    """The two check digits of 12 digits. Raises ValueError unless they are 12 ASCII digits."""
    digits.require(base, 12, "CAEPF base")
    return f"{(int(cnpj.check_digits(base)) + OFFSET) % 100:02d}"


def complete(base: str) -> str:
    """The whole number of 12 digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return (
        digits.is_digits(value, WIDTH)
        and value.count(value[0]) != WIDTH
        and value[12:] == check_digits(value[:12])
    )


def check(text: str) -> Verdict:
    """The verdict on exactly 14 ASCII digits; empty is ABSENT."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed (`111.222.333/001-00`); never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`111.222.333/001-DD`; a value that is not 14 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:3]}.{value[3:6]}.{value[6:9]}/{value[9:12]}-{value[12:]}"
