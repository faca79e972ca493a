"""PIS/PASEP, CEI and CAEPF: public algorithms, worked by hand here on invented numbers."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import Status, caepf, cei, pis


@pytest.mark.parametrize(
    ("module", "base", "check_digits"),
    [
        # 1·3+2·2+3·9+4·8+5·7+6·6+7·5+8·4+9·3+0·2 = 231 = 21·11; 11 − 0 = 11 -> 0
        (pis, "1234567890", "0"),
        # 1·3 = 3; 11 − 3 = 8
        (pis, "1000000000", "8"),
        # 9th digit 4·3 = 12 = 11 + 1; 11 − 1 = 10 -> 0
        (pis, "0000000040", "0"),
        # 1·7 = 7: tens 0 + units 7 = 7; 10 − 7 = 3
        (cei, "10000000000", "3"),
        # 9·7 = 63: 6 + 3 = 9; 10 − 9 = 1
        (cei, "90000000000", "1"),
        # 8·7 = 56: 5 + 6 = 11, units 1; 10 − 1 = 9
        (cei, "80000000000", "9"),
        # nothing: 0; 10 − 0 = 10 -> 0
        (cei, "00000000000", "0"),
        # CNPJ-like digits 6 and 5+9·6=59=5·11+4: 64; 64 + 12 = 76
        (caepf, "100000000000", "76"),
        # 00 + 12
        (caepf, "000000000000", "12"),
        # last digit 1: first 9, second (8 + 9·9 = 89 = 8·11 + 1) 1: 91 + 12 = 103 - 100
        (caepf, "000000000001", "03"),
    ],
)
def test_check_digits_worked_by_hand(module: ModuleType, base: str, check_digits: str) -> None:
    assert module.check_digits(base) == check_digits
    assert module.check(base + check_digits).status is Status.VALID or set(base + check_digits) == {"0"}


@pytest.mark.parametrize("module", [pis, cei, caepf], ids=["pis", "cei", "caepf"])
@given(data=st.data())
def test_any_other_check_digits_are_refused(module: ModuleType, data: st.DataObject) -> None:
    width = {pis: 10, cei: 11, caepf: 12}[module]
    base = data.draw(st.text("0123456789", min_size=width, max_size=width))
    right = module.check_digits(base)
    size = 10 ** len(right)
    wrong = f"{(int(right) + data.draw(st.integers(1, size - 1))) % size:0{len(right)}d}"
    assert module.check(base + wrong).status is Status.INVALID


@pytest.mark.parametrize(
    ("module", "number"), [(pis, "0" * 11), (cei, "0" * 12), (pis, "1" * 11), (caepf, "5" * 14)]
)
def test_one_digit_repeated_is_nobodys_number(module: ModuleType, number: str) -> None:
    assert module.check(number).rule.endswith(".repetido")
