"""CNES's pages in a real browser: axe on every one, the phone, and a head office registered by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, enter
from tests.browser.looking import Axe, look_over
from tests.browser.site import Site, serve
from tests.common.installation import Installation
from vincula.sandbox.establishments import ARAUCARIA, INACTIVE, SECRETARIA, WRONG_DIGIT

MEMBER = "52998224725"
WIKI = "https://wiki.saude.gov.br/cnes/index.php/Categoria:Como_obter_um_n%C3%BAmero_de_CNES"
PUBLIC = [
    "/cnes/",
    "/cnes/?sedes=on",
    "/cnes/?texto=nada+disso",
    "/cnes/?texto=ab",
    f"/cnes/{ARAUCARIA}/",
    f"/cnes/{SECRETARIA}/",
    f"/cnes/{INACTIVE}/",
    f"/cnes/{WRONG_DIGIT}/",
    "/cnes/tipos/",
    "/cnes/obter/",
]
OFFICE = ["/cnes/sede/", "/cnes/sede/novo/", "/cnes/sede/1/"]
BY_THEIR_LINKS = ["/cnes/sede/1/corrigir/", "/cnes/8900000/profissionais/", "/cnes/8900000/profissionais/1/"]


@pytest.fixture(scope="module")
def site(executable: Path, fresh_installation: Installation) -> Iterator[Site]:
    """The demo's operadoras and establishments; a person who acts for the operadora without CNES."""
    with serve(fresh_installation) as running:
        running.people((MEMBER, "MARIA DA SILVA SOUZA", PASSWORD, "000001"))
        running.run(
            """
            import tempfile
            from pathlib import Path
            from vincula.national.cadop import services as cadop
            from vincula.national.cnes import services as cnes
            from vincula.sandbox.establishments import cnes_zip
            from vincula.sandbox.operadoras import cadop_csv
            folder = Path(tempfile.mkdtemp())
            for name, content, load in (
                ("cadop.csv", cadop_csv(), cadop.load_csv), ("cnes.zip", cnes_zip(), cnes.load_zip),
            ):
                (folder / name).write_bytes(content)
                outcome = load(folder / name)
                assert hasattr(outcome, "value"), outcome
            """
        )
        yield running


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_has_no_violation_and_fits_a_phone(page: Page, axe: Axe, path: str) -> None:
    look_over(page, axe, path)


@pytest.mark.requirement("R008", "R009")
def test_obter_cnes_is_reached_by_the_side_menu(page: Page) -> None:
    page.goto("/")
    menu = page.get_by_role("navigation", name="Navegação")
    expect(menu.get_by_text("Acesso Rápido")).to_be_visible()
    menu.get_by_role("link", name="Obter CNES").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Obter CNES")
    expect(page.get_by_role("link", name="Como obter um número de CNES")).to_have_attribute("href", WIKI)


@pytest.mark.requirement("R004", "R005")
def test_the_query_leads_to_an_establishment_and_the_table_to_its_type(page: Page) -> None:
    page.goto("/cnes/")
    page.get_by_label("CNES, CNPJ ou nome").fill("araucaria")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=ARAUCARIA).click()
    expect(page.get_by_text("Vale como sede de operadora")).to_be_visible()
    expect(page.get_by_text("Responsável")).to_have_count(0)
    page.goto("/cnes/tipos/")
    row = page.get_by_role("row").filter(has_text="68/005")
    expect(row).to_contain_text("Estabelecimento de cunho administrativo")
    expect(row).to_contain_text("Portaria n° 186/SAS/MS, de 02 de março de 2016")


@pytest.mark.requirement("R001", "R007")
def test_a_head_office_is_registered_by_keyboard_alone(page: Page, axe: Axe) -> None:
    enter(page, MEMBER)
    page.goto("/cnes/sede/")
    page.get_by_role("link", name="Registrar a sede", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fazer o pré-cadastro").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Não foi possível continuar")
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    page.get_by_label("Logradouro").focus()
    for value in (
        "RUA DA AMOSTRA",
        "100",
        "BOA VISTA",
        "50010000",
        "261160",
        "81 3333 0000",
        "a@exemplo.invalid",
    ):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.type(MEMBER)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Situação: Pré-cadastro")).to_be_visible()
    look_over(page, axe, page.url)
    page.get_by_role("link", name="Corrigir os dados do pré-cadastro").click()
    look_over(page, axe, page.url)
    page.get_by_label("Bairro").fill("CENTRO")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dados corrigidos.")).to_be_visible()
    for button in ("Entregar as fichas ao gestor", "Simular o gestor", "Simular o Ministério"):
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        if button.startswith("Entregar"):  # the longest button comes next
            expect(page.get_by_text("Situação: Em consistência")).to_be_visible()
            look_over(page, axe, page.url)
    expect(page.get_by_text("Situação: Ativo")).to_be_visible()
    expect(page.get_by_text("SIMULADO").first).to_be_visible()
    office = page.url
    page.get_by_role("link", name="Profissionais da sede").focus()
    page.keyboard.press("Enter")
    page.get_by_label("CPF").focus()
    page.keyboard.type(MEMBER)
    page.keyboard.press("Tab")
    page.keyboard.type("ANA DE EXEMPLO")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Profissional vinculado.")).to_be_visible()
    look_over(page, axe, page.url)
    page.get_by_role("link", name="Desvincular ANA DE EXEMPLO").click()
    look_over(page, axe, page.url)
    page.get_by_role("button", name="Desvincular").click()
    expect(page.get_by_text("Nenhum profissional vinculado.")).to_be_visible()
    page.goto(office)
    page.get_by_label("CPF do novo diretor").fill("11144477735")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trocar o diretor")
    axe(page)
    page.get_by_role("button", name="Trocar o diretor").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Diretor, gerente ou administrador trocado.")).to_be_visible()
    look_over(page, axe, page.url)
    page.get_by_label("Motivo da desativação").fill("Mudou de sede")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Situação: Desativado")).to_be_visible()
    for path in OFFICE:
        look_over(page, axe, path)
