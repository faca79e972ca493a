"""What is left out on PostgreSQL is named as it is: a name that nothing bears would leave out nothing, or the wrong thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import ON_BOTH_ALL_THE_SAME, ON_ONE_ENGINE, WITHOUT_A_BASE

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", [*ON_ONE_ENGINE, *ON_BOTH_ALL_THE_SAME])
def test_each_name_is_that_of_a_test(name: str) -> None:
    path, _, function = name.partition("::")
    found = [path] if path.endswith("/") else [str(one.relative_to(ROOT)) for one in ROOT.glob(f"{path}*")]
    assert found
    assert all((ROOT / one).exists() for one in found)
    assert not function or any(f"def {function}" in (ROOT / one).read_text() for one in found)


@pytest.mark.parametrize("room", WITHOUT_A_BASE)
def test_a_room_without_a_base_knows_none(room: str) -> None:
    for source in (ROOT / "src" / "vincula" / room).rglob("*.py"):
        assert "django" not in source.read_text(), source
