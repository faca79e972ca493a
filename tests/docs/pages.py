"""The manual's pages, cut up for the tests that hold them to the code."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual"


@lru_cache
def page(name: str) -> str:
    """The text of a page of the manual."""
    return (MANUAL / f"{name}.md").read_text(encoding="utf-8")


@lru_cache
def whole_manual() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(MANUAL.glob("*.md")))


def table_rows(text: str) -> list[tuple[str, ...]]:
    """The rows of all tables of a text, cell by cell, without the lines that draw them."""
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.lstrip().startswith("|")]
    cells = [tuple(cell.strip() for cell in row) for row in rows]
    return [row for row in cells if not set("".join(row)) <= set("-: ")]


def row_of(text: str, first: str) -> tuple[str, ...]:
    """The one row that begins with this cell."""
    found = [row for row in table_rows(text) if row[0] == first]
    assert len(found) == 1, f"{first}: {len(found)} rows in the manual"
    return found[0]


def sections(text: str, level: str) -> dict[str, str]:
    """Heading → what stands under it, for headings of one level (`##`, `###`)."""
    parts = re.split(rf"(?m)^{level} (.+)$", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
