"""What the tests of all identifiers share: digit strings, one-digit slips, swapped neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st


def digit_strings(width: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789", min_size=width, max_size=width)


def one_digit_slips(number: str, positions: range | None = None) -> Iterator[str]:
    """Every number that differs from `number` in exactly one digit, at one of the positions."""
    for place in positions or range(len(number)):
        for other in "0123456789":
            if other != number[place] and number[place].isdigit():
                yield number[:place] + other + number[place + 1 :]
