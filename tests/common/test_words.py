"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from vincula.common.words import counted


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 arquivos"),
        (1, "1 arquivo"),
        (2, "2 arquivos"),
        (1_001, "1.001 arquivos"),
        (1_234_567, "1.234.567 arquivos"),
    ],
)
def test_only_one_is_singular(count: int, expected: str) -> None:
    assert counted(count, "arquivo", "arquivos") == expected
