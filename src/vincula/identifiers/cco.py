"""CCO (Codigo de Controle Operacional): the 12 digits that ANS gives to each vinculo (reference sib.md,
section 6).

A 10-digit number and two check digits: r = sum of i·d_i (i = 0…9 from the left) modulo 11; "00" where r
is 10, else r in two digits. Derived from 22 real numbers, and one older number does not fit: a wrong
check digit only warns. The first digit has weight 0, so the rule does not protect it.
"""

from __future__ import annotations

from . import digits
from .verdict import Status, Verdict

WIDTH = 12
MAX_NUMBER = 9_999_999_999
_KIND = digits.Kind("O CCO", "CCO", WIDTH, check_width=2, repeated_allowed=True, dv_status=Status.WARNED)
WEIGHTS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)


def check_digits(base: str) -> str:
    """The two check digits of ten digits. Raises ValueError unless they are ten ASCII digits."""
    digits.require(base, 10, "CCO base")
    return f"0{digits.weighted(base, WEIGHTS) % 11 % 10}"


def complete(base: str) -> str:
    """The whole CCO of ten digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def from_number(number: int) -> str:
    """The CCO of the record with this number (0 to 9 999 999 999). Raises ValueError outside that range."""
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError("CCO: the number must have at most ten digits")
    return complete(f"{number:010d}")


def number(cco: str) -> int:
    """The number within a CCO, whatever its check digits. Raises ValueError unless it is 12 ASCII digits."""
    digits.require(cco, WIDTH, "CCO")
    return int(cco[:10])


def is_valid(value: str) -> bool:
    """True where `check` answers VALID; False does not mean refused: wrong check digits are only WARNED."""
    return digits.is_digits(value, WIDTH) and value[10:] == check_digits(value[:10])


def check(text: str) -> Verdict:
    """The verdict on exactly 12 ASCII digits; empty is ABSENT, unexpected check digits are WARNED."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed; never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """`0001234567-09`; a value that is not 12 digits comes back as it is."""
    if not digits.is_digits(value, WIDTH):
        return value
    return f"{value[:10]}-{value[10:]}"
