"""The CNS number: the strict rule by default, the loose one reported as such (cadsus-services.md, section
10).
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import Status, cns

from .numbers import digit_strings, one_digit_slips

V, W, X = Status.VALID, Status.WARNED, Status.INVALID


@pytest.mark.parametrize(
    ("number", "strict", "loose", "rule"),
    [
        ("100000000000007", V, V, ""),
        ("200000000000003", V, V, ""),
        ("100000000060018", V, V, ""),  # check digit 10: suffix 001, final 8
        ("100000000080000", V, V, ""),  # check digit 11: final 0
        ("700000000000005", V, V, ""),
        ("800000000000001", V, V, ""),
        ("900000000000008", V, V, ""),
        ("898000000000002", V, V, ""),
        ("750000000000141", V, V, ""),
        ("100000000000015", X, W, "CNS.frouxa"),  # suffix 001x where x is not 8
        ("500000000000002", X, W, "CNS.frouxa"),  # prefix 5
        ("300000000000050", X, X, "CNS.prefixo"),  # the sum is right, the prefix does not exist
        ("100000000000006", X, X, "CNS.dv"),
        ("700000000000004", X, X, "CNS.dv"),
        ("000000000000000", X, X, "CNS.repetido"),
        ("111111111111111", X, X, "CNS.repetido"),
        ("777777777777777", X, X, "CNS.repetido"),
        ("70000000000000", X, X, "CNS.forma"),
        ("7000000000000050", X, X, "CNS.forma"),
    ],
)
def test_the_vectors_of_the_reference(number: str, strict: Status, loose: Status, rule: str) -> None:
    assert (cns.check(number).status, cns.check(number).rule) == (strict, rule)
    assert (cns.check(number, loose=True).status, cns.check(number, loose=True).rule) == (loose, rule)
    assert cns.is_valid(number) is (strict is V)


def test_a_loose_number_is_called_loose_in_words() -> None:
    assert "regra frouxa" in cns.check("500000000000002").message
    assert "regra frouxa" in cns.check("500000000000002", loose=True).message


@given(st.sampled_from("789"), digit_strings(13))
def test_an_issued_number_is_valid(first: str, rest: str) -> None:
    number = cns.issue(first + rest)
    if number is None:
        assert not any(cns.is_valid(f"{first}{rest}{digit}") for digit in range(10))
    else:
        assert number[:14] == first + rest
        assert cns.check(number).status is V


@given(st.sampled_from("12"), digit_strings(10))
def test_a_number_built_on_a_pis_is_valid_strictly_and_loosely(first: str, rest: str) -> None:
    number = cns.from_pis(first + rest)
    assert cns.is_valid(number)
    assert cns.is_loose(number)
    assert number[11:14] in ("000", "001")
    assert number[11:14] == "000" or number[14] == "8"


def test_one_base_in_eleven_has_no_number() -> None:
    bases = [f"7099{serial:010d}" for serial in range(1100)]
    assert sum(cns.issue(base) is None for base in bases) == 100


@given(st.sampled_from("789"), digit_strings(13))
def test_every_one_digit_slip_that_keeps_the_prefix_is_detected(first: str, rest: str) -> None:
    """Weights 2 to 10 and 12 to 15 are prime to 11; only the fifth digit has weight 11 and is unprotected."""
    number = cns.issue(first + rest)
    if number is None:
        return
    for place in range(1, 15):
        for slip in one_digit_slips(number, range(place, place + 1)):
            assert cns.is_valid(slip) is (place == 4)


@given(digit_strings(15))
def test_what_is_strict_is_loose(number: str) -> None:
    assert not cns.is_valid(number) or cns.is_loose(number)


@pytest.mark.parametrize("base", ["", "1234567890123", "10000000000000", "5000000000000", "7000000000000x"])
def test_no_number_is_issued_from_a_base_that_is_not_ours_to_use(base: str) -> None:
    with pytest.raises(ValueError):
        cns.issue(base)


@pytest.mark.parametrize("pis", ["", "3000000000", "30000000000", "1000000000x"])
def test_no_number_is_built_on_anything_but_a_pis_beginning_with_1_or_2(pis: str) -> None:
    with pytest.raises(ValueError):
        cns.from_pis(pis)


@pytest.mark.parametrize(("grade", "prefix"), [(0, "8"), (79, "8"), (80, "8"), (81, "7"), (100, "7")])
def test_a_new_card_begins_with_7_only_above_80(grade: int, prefix: str) -> None:
    assert cns.quality_prefix(grade) == prefix


def test_a_cns_is_shown_3_4_4_4() -> None:
    assert cns.format("700000000000005") == "700 0000 0000 0005"
    assert cns.parse("700 0000 0000 0005") == "700000000000005"
