"""CNPJ: 12 characters `[0-9A-Z]` and two check digits (IN RFB 2.229/2024; reference access.md, 10.2).

A character is worth its ASCII code less 48 (A = 17 … Z = 42); the algorithm of the old numbers is unchanged.
Letters I, O, Q and F are not refused (no official source says so). SIB's schema v1.2 knows only digits: that
restriction belongs to the format, `is_numeric` answers it.
"""

from __future__ import annotations

import re

from . import digits
from .verdict import Status, Verdict

WIDTH = 14
_KIND = digits.Kind("O CNPJ", "CNPJ", WIDTH, check_width=2)
_FORM = re.compile(r"[0-9A-Z]{12}[0-9]{2}", re.ASCII)
_BASE = re.compile(r"[0-9A-Z]{12}", re.ASCII)
FIRST_WEIGHTS = (6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9)
"""Weights 5,4,3,2,9…2 with DV = 11 − r are the same as these with DV = r (10 counts as 0)."""
SECOND_WEIGHTS = (5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8)


def check_digits(base: str) -> str:
    """The two check digits of the 12 characters `base`. Raises ValueError unless they are 12 of
    `[0-9A-Z]`.
    """
    if not _BASE.fullmatch(base):
        raise ValueError("CNPJ base: expected exactly 12 characters 0-9 or A-Z")
    first = digits.weighted(base, FIRST_WEIGHTS) % 11 % 10
    second = (digits.weighted(base, SECOND_WEIGHTS) + 9 * first) % 11 % 10
    return f"{first}{second}"


def complete(base: str) -> str:
    """The whole CNPJ of 12 characters. Raises ValueError as `check_digits` does."""
    return base + check_digits(base)


def is_valid(value: str) -> bool:
    """True where `check` answers VALID (so False for an empty value)."""
    return (
        _FORM.fullmatch(value) is not None
        and value.count(value[0]) != WIDTH
        and value[12:] == check_digits(value[:12])
    )


def is_numeric(value: str) -> bool:
    """True for 14 digits without letters, all that the SIB schema v1.2 can carry."""
    return digits.is_digits(value, WIDTH)


def check(text: str) -> Verdict:
    """The verdict on the wire form `[0-9A-Z]{12}[0-9]{2}`; empty is ABSENT."""
    if not text or is_valid(text) or is_numeric(text):
        return digits.judge(text, _KIND, is_valid)
    return digits.wrong_check_digits(text, _KIND) if _FORM.fullmatch(text) else _wrong_form(text)


def _wrong_form(text: str) -> Verdict:
    if _FORM.fullmatch(parse(text)):
        why, remedy = (
            "este traz pontuação, espaços ou letras minúsculas",
            "Retire a pontuação e use maiúsculas.",
        )
    elif len(text) != WIDTH:
        why, remedy = f"este tem {len(text)}", "Confira o número no comprovante de inscrição da empresa."
    else:
        why = "este traz outro sinal, ou letra no lugar de um dígito verificador"
        remedy = "Confira o número no comprovante de inscrição da empresa."
    message = (
        f"O CNPJ deve ter exatamente 14 caracteres, 12 algarismos ou letras de A a Z e 2 algarismos, e {why}."
    )
    return Verdict(Status.INVALID, text, "CNPJ.forma", message, remedy)


def parse(text: str) -> str:
    """The wire form of what a person typed (`12.abc.345/01de-35`): upper case, no punctuation; never
    raises.
    """
    return digits.strip_human(text).upper()


def format(value: str) -> str:
    """`12.ABC.345/01DE-35`; a value that is not of the wire form comes back as it is."""
    if not _FORM.fullmatch(value):
        return value
    return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"
