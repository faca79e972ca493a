"""CPFs, CNS and PIS numbers for whole arrays of people, unique because they are permutations of a serial.

Nothing is remembered: person 4,000,000 gets a number that no other person has, without a look at the
others. At most 100 million serials fit. Numbers are valid by their check digits and belong to nobody on
purpose; by chance one can coincide with a real one.

The CNS base that the sandbox begins with never uses 7099… and 8099…: these are what the installation issues.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vincula.sandbox.chance import I64, Chance

SERIALS = 10**8
# Cards of a person, best first: the order in which the master card is chosen (7, 9, 1, 2, 8).
CARD_PREFIXES = ("7", "9", "1", "2", "898", "8")


def _digits(numbers: I64, width: int) -> list[I64]:
    return [(numbers // 10 ** (width - 1 - i)) % 10 for i in range(width)]


def _weighted_sum(digits: Sequence[I64], first_weight: int) -> I64:
    total = np.zeros_like(digits[0])
    for i, digit in enumerate(digits):
        total += digit * (first_weight - i)
    return total


def _mod11_digit(total: I64) -> I64:
    rest = 11 - total % 11
    digit: I64 = np.where(rest >= 10, 0, rest)
    return digit


def cpfs(chance: Chance, serials: I64, regions: I64) -> I64:
    """Eleven digits as an integer. `regions` (0-9) is the ninth digit: the fiscal region of issue."""
    stem = chance.permute("cpf", serials, 10**4)
    nines = stem * 10 + regions
    nines = np.where(
        nines % 111_111_111 == 0, stem * 10 + (regions + 1) % 10, nines
    )  # eleven equal digits are invalid
    digits = _digits(nines, 9)
    digits.append(_mod11_digit(_weighted_sum(digits, 10)))
    digits.append(_mod11_digit(_weighted_sum(digits, 11)))
    return nines * 100 + digits[9] * 10 + digits[10]


def pis_numbers(chance: Chance, serials: I64, first: int) -> I64:
    """Eleven digits as an integer, beginning with `first` (1 or 2), on which a CNS of that prefix is
    built.
    """
    stem = chance.permute(f"pis{first}", serials, 10**4)
    ten = first * 10**9 + stem * 10 + chance.below("pis/extra", serials, 10)
    digits = _digits(ten, 10)
    total = np.zeros_like(ten)
    for digit, weight in zip(digits, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2), strict=True):
        total += digit * weight
    return ten * 10 + _mod11_digit(total)


def _cns_provisional(chance: Chance, serials: I64, prefix: str) -> I64:
    """7, 8, 898 and 9: thirteen digits, a spare one that makes the check digit fit, the check digit."""
    body = chance.permute(f"cns{prefix}", serials, 10**5)
    third = chance.below("cns/third", serials, 9)  # never 9: 7099… and 8099… are the issuing range
    head = np.full_like(third, 898) if prefix == "898" else int(prefix) * 100 + third
    stem: I64 = head * 10**10 + body
    total = _weighted_sum(_digits(stem, 13), 15)
    spare = (total % 11 == 1).astype(np.int64)  # no digit would fit: with a spare 1 it is 8
    check = (11 - (total + spare * 2) % 11) % 11
    number: I64 = stem * 100 + spare * 10 + check
    return number


def _cns_on_pis(pis: I64) -> I64:
    """1 and 2: the official routine on the eleven digits of the PIS."""
    total = _weighted_sum(_digits(pis, 11), 15)
    check = 11 - total % 11
    check = np.where(check == 11, 0, check)
    plain = pis * 10_000 + check
    number: I64 = np.where(check == 10, pis * 10_000 + 18, plain)
    return number


def cns_numbers(chance: Chance, serials: I64, prefix: str) -> I64:
    """Fifteen digits as an integer, of a prefix of `CARD_PREFIXES`."""
    if prefix in ("1", "2"):
        return _cns_on_pis(pis_numbers(chance, serials, int(prefix)))
    return _cns_provisional(chance, serials, prefix)
