"""The table of attacks names tests that there are."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT


def test_every_test_that_is_named_exists_and_every_attack_has_one() -> None:
    table = (ROOT / "docs" / "withstands.md").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| ") and "---" not in line][1:]
    named = {row: re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row) for row in rows}
    assert len(rows) > 20
    assert [row for row, tests in named.items() if not tests] == []
    for tests in named.values():
        for path, name in tests:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)
