"""Whole columns give the same answers as one value at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import bulk, cco, cns, cpf, pis

PAIRS = [
    (bulk.cpf_valid, cpf),
    (bulk.cns_valid, cns),
    (bulk.pis_valid, pis),
]
EACH = pytest.mark.parametrize(
    ("many", "one"), PAIRS, ids=[one.__name__.rsplit(".", 1)[-1] for _, one in PAIRS]
)
Many = Callable[[Sequence[str]], "bulk.Flags"]


def _right(module: ModuleType, digits: str) -> str:
    """A number with right check digits made of the drawn digits, so that both answers occur often."""
    if module is cns:
        return (
            (cns.issue("7" + digits[1:14]) or digits) if digits[14] > "4" else cns.from_pis("1" + digits[:10])
        )
    width = module.WIDTH - (2 if module is cpf else 1)
    return str(module.complete(digits[:width]))


@EACH
@given(data=st.data())
def test_the_answers_are_those_of_the_scalar(many: Many, one: ModuleType, data: st.DataObject) -> None:
    width = one.WIDTH
    drawn = data.draw(
        st.lists(st.tuples(st.text("0123456789", min_size=width, max_size=width), st.booleans()), max_size=30)
    )
    values = [_right(one, digits) if right else digits for digits, right in drawn]
    values += [digit * width for digit in "0123456789"]
    assert many(values).tolist() == [one.is_valid(value) for value in values]


@EACH
def test_an_empty_column_has_no_answers(many: Many, one: ModuleType) -> None:
    assert many([]).tolist() == []


@EACH
def test_input_that_breaks_the_promise_raises_without_showing_it(many: Many, one: ModuleType) -> None:
    width = one.WIDTH
    for broken in (
        ["1" * (width - 1), "1" * (width + 1)],
        ["1" * (width - 1) + "x"],
        ["1" * (width - 1) + "²"],
        [""],
    ):
        with pytest.raises(ValueError) as caught:
            many(broken)
        assert "1" * (width - 1) not in str(caught.value)


@given(st.lists(st.integers(0, cco.MAX_NUMBER), max_size=50))
def test_many_ccos_equal_one_by_one(numbers: list[int]) -> None:
    assert bulk.ccos(numbers) == [cco.from_number(number) for number in numbers]


@pytest.mark.parametrize("numbers", [[-1], [5, cco.MAX_NUMBER + 1]])
def test_a_number_past_ten_digits_is_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError):
        bulk.ccos(numbers)
