"""The pages of the steps, "saiba mais" and the manuals: axe, phone, keyboard, and what can be downloaded."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Axe, look_over

PAGES = ("/passos/", "/saiba-mais/", "/saiba-mais/manual/sgop/", "/saiba-mais/manual/cadsus-web/")


def text_of(pdf: bytes) -> str:
    """What a PDF of reportlab shows: the strings that its pages draw, in their order."""
    assert pdf.startswith(b"%PDF-")
    drawn: list[bytes] = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))
        except (ValueError, zlib.error):
            continue  # of a font or a picture
        drawn += re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", content)
    octal = re.compile(rb"\\([0-7]{3})")
    return " ".join(octal.sub(lambda m: bytes([int(m[1], 8)]), one).decode("cp1252") for one in drawn)


def downloaded(page: Page, link: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return Path(waiting.value.path())


@pytest.mark.requirement("R018", "R051")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation_and_fits_a_phone(page: Page, axe: Axe, path: str) -> None:
    look_over(page, axe, path)


@pytest.mark.requirement("R010", "R042", "R051", "R052", "R053", "R054")
def test_the_six_steps_are_read_and_left_by_keyboard_alone(page: Page) -> None:
    """The shortcut leads into the content; each stop after it is a link that is seen to have the focus."""
    page.goto("/passos/")
    headings = page.locator(".v-passo h2")
    assert [" ".join(one.split()) for one in headings.all_inner_texts()] == [
        "1. OPERADORA NO CNES",
        "2. CADASTRO DOS PROFISSIONAIS NO SGOP",
        "3. QUALIDADE DO CADASTRO",
        "4. CADASTRO DO ADMINISTRADOR",
        "5. CADASTRO DO OPERADOR",
        "6. ACESSO AO CADSUS WEB",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#conteudo")).to_be_focused()
    for name in ("Página Inicial", "Entre", "Saiba mais"):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        expect(here).to_have_text(name)
        assert here.evaluate("e => getComputedStyle(e).outlineStyle") == "solid", "the focus is seen"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saiba mais")


@pytest.mark.requirement("R019", "R020", "R026", "R028")
def test_the_manuals_and_the_infographic_are_downloaded_and_say_what_they_should(page: Page) -> None:
    page.goto("/saiba-mais/")
    expect(page.get_by_text("Lá os seus dados são editados e retificados na base do CNS.")).to_be_visible()
    for link, said in (
        ("Baixar Manual do SGOP (PDF)", "Os três pedidos"),
        ("Baixar Manual do CadSUS Web (PDF)", "os três pedidos aprovados no SGOP"),
        ("Baixar o infográfico (PDF)", "4. CADASTRO DO"),
    ):
        pdf = downloaded(page, link).read_bytes()
        assert said in text_of(pdf), link
    assert page.locator(".v-figura").evaluate("e => e.complete && e.naturalWidth > 300")
    answer = page.goto("/saiba-mais/infografico.svg")
    assert answer is not None
    assert answer.headers["content-type"] == "image/svg+xml"
    expect(page.locator("svg > desc")).to_contain_text("6. ACESSO AO CADSUS WEB")
