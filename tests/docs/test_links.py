"""Links between the documents, and to files of the repository, lead somewhere; nothing of one machine stands in them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")])


def _anchors(path: Path) -> set[str]:
    """The anchors that a forge makes of headings."""
    text = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
    return {_anchor(heading) for heading in re.findall(r"(?m)^#+ (.+)$", text)}


def _anchor(heading: str) -> str:
    kept = [c for c in heading.strip().lower() if c in " -_" or unicodedata.category(c)[0] in "LN"]
    return "".join(kept).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    broken = []
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and anchor not in _anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_a_machine_of_ours(path: Path) -> None:
    assert not re.search(r"(?<![\w/.])/(work|home|Users|root)/", path.read_text(encoding="utf-8"))


def test_decisions_have_numbers_of_their_own_and_the_three_parts() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len({path.name[:4] for path in files}) == len(files)
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert all(part in text for part in ("**Context.**", "**Decision**", "**Consequences.**")) or all(
            part in text for part in ("**Context.**", "**Decision.**", "**Consequences.**")
        ), path.name
