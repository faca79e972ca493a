"""The manual's pictures: each is used, said in words, and small; the site shows the same ones."""

from __future__ import annotations

import re

import pytest
from tools import pictures

from tests.docs.pages import ROOT

MANUAL = ROOT / "docs" / "manual"
SHOWN = re.compile(r"!\[([^\]]*)\]\(img/([^)]+)\)")
FEWEST_WORDS = 6


def _shown() -> dict[str, str]:
    """Picture → what is said of it, of all pages of the manual."""
    return {
        name: words for page in MANUAL.glob("*.md") for words, name in SHOWN.findall(page.read_text("utf-8"))
    }


def test_each_picture_is_used_and_said_in_words() -> None:
    told = _shown()
    assert told.keys() == {path.name for path in pictures.MANUAL.iterdir()}
    for name, words in told.items():
        assert len(words.split()) >= FEWEST_WORDS, name


def test_each_is_taken_by_the_tool() -> None:
    taken = {one.name for one in (*pictures.PICTURES, pictures.INTERRUPTED)} | {"govbr-simulado"}
    assert {name.removesuffix(".png") for name in _shown()} == taken


@pytest.mark.parametrize("name", sorted(_shown()))
def test_each_is_small_and_the_site_shows_the_same(name: str) -> None:
    content = (pictures.MANUAL / name).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) <= pictures.MOST_BYTES
    assert name.startswith("sgop-") == (pictures.SITE / name).is_file()
    assert not name.startswith("sgop-") or (pictures.SITE / name).read_bytes() == content
