"""A file from the form to its result in a real browser: by keyboard, without scripts, late, twice, and what is none."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, enter
from tests.browser.sib.conftest import Axe, SibSite
from tests.national.sib import world
from tests.national.sib.web.stage import MEMBER

SPOKEN = "main p.v-oculto[role=status]"  # what a screen reader is told of changes without a reload


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
    said = page.locator(SPOKEN)
    expect(said).to_have_text("Processamento concluído: 1 registro, 0 recusados.", timeout=30_000)


def test_a_zip_under_the_name_of_an_sbx_is_called_one_and_a_second_sending_leads_to_the_first(
    page: Page, axe: Axe, files: world.Files
) -> None:
    path = files.make([(1, world.inclusao("REPETIDO", cpf=world.valid_cpf(55_000)))])
    zipped = files.make([])
    zipped.write_bytes(b"PK\x03\x04" + bytes(60))
    enter(page, MEMBER)
    for one, says in (
        (zipped, "O arquivo é um ZIP (compactado), e não um SBX."),
        (path, "Resultado"),
        (path, "Este mesmo arquivo, nome e conteúdo, já tinha sido recebido"),
    ):
        page.goto("/sib/enviar/")
        page.get_by_label("Arquivo SBX").set_input_files(one)
        page.get_by_role("button", name="Enviar", exact=True).click()
        expect(page.locator("#arquivo")).to_contain_text(says, timeout=30_000)
        axe(page)
    page.get_by_role("link", name="Ver o arquivo que já tinha sido recebido").click()
    expect(page.get_by_role("heading", name="Resultado")).to_be_visible()


def test_after_an_upload_back_and_forward_show_what_their_addresses_say(
    page: Page, files: world.Files
) -> None:
    path = files.make([(1, world.inclusao("VOLTA", cpf=world.valid_cpf(56_000)))])
    enter(page, MEMBER)
    page.goto("/sib/enviar/")
    page.get_by_label("Arquivo SBX").set_input_files(path)
    page.get_by_role("button", name="Enviar", exact=True).click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(f"Arquivo {path.name}")
    for _ in range(2):
        page.go_back()
        expect(title).to_have_text("Enviar SBX")
        page.go_forward()
        expect(title).to_have_text(f"Arquivo {path.name}")


def test_after_the_logout_back_shows_nothing_and_a_late_form_is_told(
    page: Page, axe: Axe, site: SibSite, files: world.Files
) -> None:
    enter(page, MEMBER)
    page.goto(f"/sib/vinculos/{site.facts['vinculo']}/")
    other = page.context.new_page()
    other.goto("/sib/enviar/")
    page.get_by_role("button", name="Sair").click()
    expect(page.locator("#avisos").get_by_text("Você saiu")).to_be_visible()
    page.go_back()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Entrar")
    other.get_by_label("Arquivo SBX").set_input_files(files.make([(1, world.inclusao("TARDE"))]))
    other.get_by_role("button", name="Enviar", exact=True).click()
    expect(other.locator("#avisos")).to_contain_text("A sua sessão tinha terminado")
    expect(other.get_by_role("banner").get_by_role("link", name="Entrar")).to_be_visible()
    axe(other)
    other.get_by_label("CPF").fill(MEMBER)
    other.get_by_label("Senha").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="Entrar").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Enviar SBX")


def test_progress_that_is_answered_by_the_login_page_gives_way_to_it(page: Page, site: SibSite) -> None:
    enter(page, MEMBER)
    page.goto(f"/sib/arquivos/{site.facts['findings']}/")
    page.evaluate(
        """url => { const one = document.querySelector('#arquivo');
        one.setAttribute('hx-get', url); one.setAttribute('hx-trigger', 'every 1s'); one.setAttribute('hx-swap', 'outerHTML');
        document.cookie = 'x=1'; htmx.process(one); }""",
        f"/sib/arquivos/{site.facts['findings']}/andamento/",
    )
    page.context.clear_cookies()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entrar")
    expect(page.locator("main")).to_have_count(1)


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
    expect(page.locator(SPOKEN)).to_have_text(
        ""
    )  # the summary that has the focus is read; "Enviado…" is over
    axe(page)


def test_a_file_that_is_rejected_on_arrival_is_spoken_of(page: Page, files: world.Files) -> None:
    path = files.make([(1, world.inclusao("NOME"))])
    path = path.rename(path.with_name("nome-que-nao-serve.SBX"))
    enter(page, MEMBER)
    page.goto("/sib/enviar/")
    page.get_by_label("Arquivo SBX").set_input_files(path)
    page.get_by_role("button", name="Enviar", exact=True).click()
    expect(page.locator("#arquivo")).to_contain_text("Arquivo rejeitado: código 26")
    expect(page.locator(SPOKEN)).to_have_text("Arquivo rejeitado.")


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
