"""CNES: 7 digits. The check digit is observed, not official (one public number contradicts it): it only
warns.

Weights 7,6,5,4,3,2 over the first six, r = 11 − (sum mod 11), 10 and 11 count as 0; existence in the base
decides (reference access.md, 3.1).
"""

from __future__ import annotations

from . import digits
from .verdict import Status, Verdict

WIDTH = 7
_KIND = digits.Kind("O CNES", "CNES", WIDTH, check_width=1, repeated_allowed=True, dv_status=Status.WARNED)
WEIGHTS = (7, 6, 5, 4, 3, 2)


def check_digits(base: str) -> str:
    """The observed check digit of six digits. Raises ValueError unless they are six ASCII digits."""
    digits.require(base, 6, "CNES base")
    return str((11 - digits.weighted(base, WEIGHTS) % 11) % 11 % 10)


def complete(base: str) -> str:
    """The seven-digit number of six digits. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID; False does not mean refused: a wrong check digit is only WARNED."""
    return digits.is_digits(value, WIDTH) and value[6:] == check_digits(value[:6])


def check(text: str) -> Verdict:
    """The verdict on exactly 7 ASCII digits; empty is ABSENT, an unexpected check digit is WARNED."""
    return digits.judge(text, _KIND, is_valid)


def parse(text: str) -> str:
    """The wire form of what a person typed; never raises, never pads with zeros."""
    return digits.strip_human(text)


def format(value: str) -> str:
    """Seven digits as they are: the CNES has no punctuation."""
    return value
