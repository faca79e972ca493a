"""Login, the chooser of the operadora, logout, the end of the session, by a person at a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import JOAO, MARIA, OPERADORAS, enter
from tests.browser.site import Site


@pytest.mark.requirement("R155", "R156", "R157", "R158")
def test_the_operadora_is_chosen_by_keyboard_alone(page: Page) -> None:
    enter(page, MARIA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Escolher operadora")
    rows = page.locator("tbody tr")
    assert rows.count() == len(OPERADORAS)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(0)).to_have_attribute("aria-selected", "false")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(rows.nth(1).locator(".v-marcada")).to_be_visible()
    expect(rows.nth(0).locator(".v-marcada")).to_be_hidden()
    red, green, blue = (
        rows.nth(1)
        .locator("td")
        .first.evaluate("e => getComputedStyle(e).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)")
    )
    assert green > max(red, blue), "the row of the chosen one is green"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Olá, Maria")
    expect(page.locator(".v-conta-operadora")).to_contain_text(sorted(OPERADORAS)[1])


@pytest.mark.requirement("R158")
def test_a_click_anywhere_in_the_row_chooses_it(page: Page) -> None:
    enter(page, MARIA)
    row = page.locator("tbody tr").nth(1)
    row.locator("td").nth(1).click()
    expect(row).to_have_attribute("aria-selected", "true")
    expect(row.get_by_role("radio")).to_be_checked()


@pytest.mark.requirement("R160")
def test_a_member_of_one_operadora_goes_straight_on(page: Page, site: Site) -> None:
    enter(page, JOAO)
    expect(page).to_have_url(site.url + "/")
    expect(page.locator(".v-conta-operadora")).to_contain_text(OPERADORAS[0])
    expect(page.get_by_role("link", name="Escolher operadora")).to_have_count(0)


def test_after_login_and_choice_the_page_asked_for_opens(page: Page, site: Site) -> None:
    page.goto("/exemplo/minha/")
    page.get_by_label("CPF").fill("529.982.247-25")
    page.get_by_label("Senha").fill("Senha@123")
    page.get_by_label("Senha").press("Enter")
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Confirmar").click()
    expect(page).to_have_url(site.url + "/exemplo/minha/")
    expect(page.locator("#registro")).to_have_text(sorted(OPERADORAS)[1])


def test_logout_ends_the_session(page: Page, site: Site) -> None:
    enter(page, JOAO)
    page.get_by_role("button", name="Sair").click()
    expect(page.locator("#avisos").get_by_text("Você saiu")).to_be_visible()
    page.goto("/exemplo/minha/")
    expect(page).to_have_url(site.url + "/entrar/?next=%2Fexemplo%2Fminha%2F")


def test_the_end_of_the_session_is_announced_and_can_be_put_off(page: Page) -> None:
    page.clock.install()
    enter(page, JOAO)
    dialog = page.get_by_role("dialog", name="A sessão vai terminar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Olá, João")
    page.clock.fast_forward("07:54:00")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("00:02:00")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Continuar conectado").click()
    expect(dialog).to_be_hidden()
