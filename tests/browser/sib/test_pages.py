"""SIB's pages in a real browser: axe on every one, the phone, a CNX from end to end, closing by the staff."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import enter
from tests.browser.looking import look_over
from tests.browser.sib.conftest import Axe, SibSite
from tests.national.sib import world
from tests.national.sib.web.stage import MEMBER, NOBODY, STAFF, STRANGER
from vincula.formats.sib import read_cnx

CLOSED = "2026-10"


def operadora_pages(site: SibSite) -> list[str]:
    facts = site.facts
    return [
        "/sib/",
        "/sib/enviar/",
        "/sib/arquivos/",
        f"/sib/arquivos/{facts['findings']}/",
        f"/sib/arquivos/{facts['findings']}/?regra=CPF-1&pagina=2",
        f"/sib/arquivos/{facts['rejected']}/",
        "/sib/competencias/",
        f"/sib/competencias/{CLOSED}/",
        f"/sib/competencias/{facts['current']}/",
        f"/sib/competencias/{CLOSED}/substituidos/",
        f"/sib/competencias/{CLOSED}/sem-cns/",
        f"/sib/competencias/{facts['current']}/sem-cns/",
        f"/sib/competencias/{CLOSED}/sem-cns/nome-difere/",
        f"/sib/competencias/{CLOSED}/cnx/",
        f"/sib/competencias/{facts['current']}/cnx/",
        f"/sib/vinculos/{facts['vinculo']}/",
        "/sib/cnx/",
        "/sib/qualidade/",
    ]


def staff_pages(site: SibSite) -> list[str]:
    base = f"/sib/gestao/{site.facts['current']}/"
    return [
        "/sib/gestao/",
        base,
        f"{base}encerrar/",
        f"{base}consolidar/",
        f"{base}revisao/",
        f"/sib/gestao/{CLOSED}/",
    ]


def test_the_pages_of_the_operadora_have_no_violation(page: Page, axe: Axe, site: SibSite) -> None:
    enter(page, MEMBER)
    for path in operadora_pages(site):
        look_over(page, axe, path)


def test_the_pages_of_the_staff_have_no_violation(page: Page, axe: Axe, site: SibSite) -> None:
    enter(page, STAFF)
    for path in staff_pages(site):
        look_over(page, axe, path)


@pytest.mark.requirement("R097", "R098", "R099")
def test_the_cnx_is_asked_for_and_fetched_by_keyboard_alone(page: Page, axe: Axe, tmp_path: Path) -> None:
    enter(page, MEMBER)
    menu = page.get_by_role("navigation", name="Navegação")
    menu.get_by_role("link", name="CNX").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"Pedir o CNX de {CLOSED}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pedir o CNX").focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Baixar o CNX")
    expect(link).to_be_visible(timeout=30_000)
    axe(page)
    contents = []
    for name in ("um", "outro"):
        link.focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == f"ArqConf{world.OPERADORA}1120261001.CNX"
        download.value.save_as(tmp_path / name)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
    with (tmp_path / "um").open("rb") as source:
        assert len(list(read_cnx(source))) == 3


@pytest.mark.requirement("R100")
def test_the_cnx_of_the_open_competencia_cannot_be_asked_for(page: Page, site: SibSite) -> None:
    enter(page, MEMBER)
    page.goto(f"/sib/competencias/{site.facts['current']}/cnx/")
    expect(page.get_by_role("alert")).to_contain_text("não foi encerrada")
    expect(page.get_by_role("button", name="Pedir o CNX")).to_have_count(0)
    answer = page.goto(f"/sib/competencias/{site.facts['current']}/cnx/arquivo/")
    assert answer is not None
    assert answer.status == 409


@pytest.mark.requirement("R098", "R101")
def test_others_and_visitors_get_nothing_of_this_operadora(page: Page, site: SibSite) -> None:
    mine = [f"/sib/arquivos/{site.facts['findings']}/", f"/sib/vinculos/{site.facts['vinculo']}/"]
    for path in (*mine, f"/sib/competencias/{CLOSED}/cnx/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Entrar")
    enter(page, STRANGER)
    for path in mine:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Página não encontrada")
    page.goto("/sair/")
    page.get_by_role("button", name="Confirmar a saída").click()
    enter(page, NOBODY)
    for path in (*mine, f"/sib/competencias/{CLOSED}/cnx/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Você não tem acesso a esta página")


def test_a_competencia_is_closed_and_consolidated_by_the_staff(page: Page, axe: Axe, site: SibSite) -> None:
    """Last of the file: after it, nothing is sent to this competência any more."""
    enter(page, STAFF)
    page.goto(f"/sib/gestao/{site.facts['current']}/")
    for button, confirm, state in (
        ("Encerrar…", "Confirmar o encerramento", "ENCERRADA"),
        ("Consolidar…", "Confirmar a consolidação", "CONSOLIDADA"),
    ):
        page.get_by_role("link", name=button).click()
        page.get_by_role("button", name=confirm).click()
        expect(page.locator("#gestao .v-etiqueta")).to_have_text(state, timeout=90_000)
        axe(page)
