"""The manuals and the infographic: the page and the PDF say the same."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.docs.pages import ROOT
from vincula.national.onboarding import drawing, guides, paper


@pytest.mark.requirement("R019", "R020")
@pytest.mark.parametrize("name", guides.BY_NAME)
def test_a_manual_is_read_on_the_site_and_downloaded(name: str) -> None:
    html = guides.page(name)
    assert html.count("<h2>") >= 3
    assert "<script" not in html
    pdf = paper.guide(name)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert paper.guide(name) is pdf, "made once"


def test_the_manual_of_sgop_is_that_of_the_docs() -> None:
    """One text: this copy of it is what an installation has."""
    docs = (ROOT / "docs" / "manual" / "sgop.md").read_text(encoding="utf-8")
    assert guides._source("sgop") == docs
    assert ".md" not in guides.page("sgop")


def test_its_pictures_are_on_the_page_and_in_the_pdf() -> None:
    html, docs = guides.page("sgop"), (ROOT / "docs" / "manual" / "sgop.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(img/([^)]+)\)", docs)
    assert len(shown) >= 4
    for words, name in shown:
        assert f'alt="{words}"' in html
        assert re.search(rf'src="[^"]*/onboarding/manual/{name.removesuffix(".png")}[^"]*\.png"', html), name
    assert paper.guide("sgop").count(b"/Subtype /Image") >= len(shown)


@pytest.mark.requirement("R020", "R051")
def test_the_infographic_says_every_step_in_words() -> None:
    root = etree.fromstring(drawing.svg().encode())
    told = re.sub(r"\s+", " ", " ".join(root.itertext()))
    for step in drawing.boxes():
        assert f"{step.number}. {step.heading}: {step.text}" in told
    assert paper.infographic().startswith(b"%PDF-")


def test_nothing_of_a_text_can_become_markup() -> None:
    hostile = guides._MARKDOWN.parse("Um <b>texto</b> & [um laço](javascript:alert(1)) `<i>`\n")
    assert (
        paper._inline(hostile[1])
        == 'Um &lt;b&gt;texto&lt;/b&gt; &amp; [um laço](javascript:alert(1)) <font face="Courier">&lt;i&gt;</font>'
    )
