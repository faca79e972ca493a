"""Numbers are valid, unique without remembering any, and never those that the installation issues."""

from __future__ import annotations

import numpy as np
import pytest

from vincula.common.config import SANDBOX_CNS_RANGE
from vincula.identifiers import cns, cpf, pis
from vincula.sandbox.chance import Chance
from vincula.sandbox.numbers import CARD_PREFIXES, SERIALS, cns_numbers, cpfs, pis_numbers

SERIAL = np.concatenate([np.arange(5_000), np.arange(SERIALS - 5_000, SERIALS)]).astype(np.int64)


def test_cpfs_are_valid_and_unique_and_bear_the_fiscal_region() -> None:
    regions = SERIAL % 10
    made = [f"{n:011d}" for n in cpfs(Chance(1), SERIAL, regions).tolist()]
    assert all(cpf.is_valid(number) for number in made)
    assert len(set(made)) == len(SERIAL)
    assert [number[8] for number in made] == [str(r) for r in regions.tolist()]


def test_eleven_equal_digits_never_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chance, "permute", lambda self, label, values, half: values)
    for digit in range(10):
        stem = np.array([int(str(digit) * 8)], dtype=np.int64)
        made = f"{cpfs(Chance(1), stem, np.array([digit]))[0]:011d}"
        assert cpf.is_valid(made), made


@pytest.mark.parametrize("first", [1, 2])
def test_pis_numbers_are_valid_and_unique(first: int) -> None:
    made = [f"{n:011d}" for n in pis_numbers(Chance(1), SERIAL, first).tolist()]
    assert all(pis.is_valid(number) and number[0] == str(first) for number in made)
    assert len(set(made)) == len(SERIAL)


@pytest.mark.parametrize("prefix", CARD_PREFIXES)
def test_cards_are_valid_unique_and_outside_the_issuing_range(prefix: str) -> None:
    made = [str(n) for n in cns_numbers(Chance(1), SERIAL, prefix).tolist()]
    assert all(cns.is_valid(number) and number.startswith(prefix) for number in made)
    assert len(set(made)) == len(SERIAL)
    tail = (SANDBOX_CNS_RANGE[0][1:4], SANDBOX_CNS_RANGE[1][1:4])
    assert not any(number[0] in "78" and tail[0] <= number[1:4] <= tail[1] for number in made)
