"""SIB's pages in a real browser: axe on every one, the phone, the keyboard, a file and a CNX from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, enter
from tests.browser.site import ROOT, Site, serve
from tests.national.sib import world
from tests.national.sib.web.stage import MEMBER, NOBODY, STAFF, STRANGER
from vincula.formats.sib import read_cnx

Axe = Callable[[Page], None]
CLOSED = "2026-10"


@dataclass(frozen=True)
class SibSite(Site):
    """The site with SIB's world in it, and the worker at work beside it."""

    facts: dict[str, Any]


@pytest.fixture(scope="module")
def site(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SibSite]:
    with serve() as running:
        said = running.run(
            "import sys; from tests.browser.sib_world import build; build(sys.argv[1])", PASSWORD
        )
        facts = json.loads(said.splitlines()[-1])
        with (tmp_path_factory.mktemp("trabalho") / "log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "vincula.site.worker"],
                env=running.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
            try:
                yield SibSite(running.url, running.data, running.environment, facts)
            finally:
                worker.terminate()
                worker.wait(timeout=30)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> world.Files:
    """Files that nobody has sent yet, later than those of the world."""
    made = world.Files(tmp_path_factory.mktemp("sbx"))
    made.moment = made.moment.replace(hour=12)
    return made


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


def look_over(page: Page, axe: Axe, path: str) -> None:
    """No violation, wide and narrow, and nothing that makes a phone scroll sideways."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_pages_of_the_operadora_have_no_violation(page: Page, axe: Axe, site: SibSite) -> None:
    enter(page, MEMBER)
    for path in operadora_pages(site):
        look_over(page, axe, path)


def test_the_pages_of_the_staff_have_no_violation(page: Page, axe: Axe, site: SibSite) -> None:
    enter(page, STAFF)
    for path in staff_pages(site):
        look_over(page, axe, path)


def test_a_file_is_sent_by_keyboard_alone_and_its_result_comes_by_itself(
    page: Page, axe: Axe, files: world.Files
) -> None:
    rows = [(1, world.inclusao(f"T{n}", cpf=world.valid_cpf(40_000 + n))) for n in range(20)]
    path = files.make([*rows, (1, world.inclusao("T-ERRO", cpf="33333333333"))])
    enter(page, MEMBER)
    menu = page.get_by_role("navigation", name="Navegação")
    menu.get_by_role("link", name="Enviar SBX").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enviar SBX")
    page.wait_for_load_state("load")
    field = page.get_by_label("Arquivo SBX")
    field.focus()
    expect(field).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(path)
    page.get_by_role("button", name="Enviar", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Arquivo {path.name}")
    expect(page.get_by_role("heading", name="Resultado")).to_be_visible(timeout=30_000)
    expect(page.locator("#arquivo")).not_to_have_attribute("hx-get", "")
    expect(page.get_by_role("region", name="Críticas, na ordem dos registros")).to_contain_text("CPF-1")
    axe(page)
    rule = page.get_by_label("Regra", exact=True)
    rule.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Filtrar").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?regra=CPF-1*")
    expect(page.get_by_role("region", name="Críticas, na ordem dos registros")).to_contain_text("T-ERRO")
    link = page.get_by_role("link", name="Baixar o RPX")
    link.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".RPX")


def test_the_end_of_the_processing_is_spoken(page: Page, files: world.Files) -> None:
    path = files.make([(1, world.inclusao("FALADO", cpf=world.valid_cpf(50_000)))])
    enter(page, MEMBER)
    page.goto("/sib/enviar/")
    page.get_by_label("Arquivo SBX").set_input_files(path)
    page.get_by_role("button", name="Enviar", exact=True).click()
    said = page.locator("main p.v-oculto[role=status]")
    expect(said).to_have_text("Processamento concluído: 1 registros, 0 recusados.", timeout=30_000)


def test_a_refused_upload_says_why_on_the_form(page: Page, axe: Axe, tmp_path: Path) -> None:
    other = world.Files(tmp_path, world.OTHER).make([(1, world.inclusao("X"))])
    enter(page, MEMBER)
    page.goto("/sib/enviar/")
    page.get_by_label("Arquivo SBX").set_input_files(other)
    page.get_by_role("button", name="Enviar", exact=True).click()
    summary = page.locator("[data-foco]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("não da operadora em que você entrou")
    expect(page.get_by_label("Arquivo SBX")).to_have_attribute("aria-invalid", "true")
    axe(page)


def test_without_scripts_a_file_is_sent_and_followed_by_a_link(
    browser: Browser, site: SibSite, files: world.Files
) -> None:
    path = files.make([(1, world.inclusao("SEM-JS", cpf=world.valid_cpf(60_000)))])
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain = context.new_page()
    enter(plain, MEMBER)
    plain.goto("/sib/enviar/")
    plain.get_by_label("Arquivo SBX").set_input_files(path)
    plain.get_by_role("button", name="Enviar", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(f"Arquivo {path.name}")
    for _ in range(60):
        if plain.get_by_role("heading", name="Resultado").count():
            break
        link = plain.get_by_role("link", name="Atualizar o andamento")
        if link.count():
            link.click()
        plain.wait_for_timeout(250)
    expect(plain.get_by_role("heading", name="Resultado")).to_be_visible()
    context.close()


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
        expect(page.locator("#gestao .v-etiqueta")).to_have_text(state, timeout=30_000)
        axe(page)
