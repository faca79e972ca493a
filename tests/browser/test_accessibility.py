"""Every page of the layout in a real browser: axe, the phone, the keyboard, the five shortcuts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import JOAO, MARIA, enter
from tests.browser.site import Site

Axe = Callable[[Page], None]

PUBLIC = [
    "/",
    "/entrar/",
    "/mapa/",
    "/busca/",
    "/busca/?q=senha",
    "/busca/?q=xyzw",
    "/acessibilidade/",
    "/sair/",
]
BEHIND_THE_LOGIN = ["/", "/operadora/", "/sair/", "/mapa/", "/senha/trocar/"]
ERRORS = ["/nao-existe/", "/exemplo/400/", "/exemplo/403/", "/exemplo/500/"]
SHORTCUTS = [
    ("1", "Ir para o Conteúdo 1"),
    ("2", "Ir para a Página Inicial 2"),
    ("3", "Ir para o menu de Navegação 3"),
    ("4", "Ir para a Busca 4"),
    ("5", "Ir para o Mapa do site 5"),
]


def press_access_key(page: Page, key: str) -> None:
    """Alt and the figure as the window sends them (Playwright's own keyboard sends no text while Alt is down)."""
    page.locator("h1").click()
    page.context.new_cdp_session(page).send(
        "Input.dispatchKeyEvent",
        {
            "type": "keyDown",
            "modifiers": 1,
            "key": key,
            "code": f"Digit{key}",
            "text": key,
            "unmodifiedText": key,
            "windowsVirtualKeyCode": ord(key),
        },
    )


@pytest.mark.parametrize("path", [*PUBLIC, *ERRORS, "/exemplo/"])
def test_a_page_has_no_violation_and_fits_a_phone(page: Page, axe: Axe, path: str) -> None:
    page.goto(path)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", "/entrar/", "/exemplo/"])
def test_a_page_has_no_violation_on_a_phone(page: Page, axe: Axe, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(path)
    axe(page)


@pytest.mark.parametrize("path", BEHIND_THE_LOGIN)
def test_the_pages_behind_the_login_have_no_violation(page: Page, axe: Axe, path: str) -> None:
    enter(page, MARIA)
    page.goto(path)
    axe(page)


def test_the_open_menu_and_the_session_warning_have_no_violation(page: Page, axe: Axe) -> None:
    enter(page, JOAO)
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Navegação")).to_be_visible()
    axe(page)
    page.evaluate("document.getElementById('sessao-aviso').showModal()")
    axe(page)


def test_errors_are_tied_to_their_fields_and_come_first(page: Page, axe: Axe) -> None:
    page.goto("/entrar/")
    page.get_by_role("main").get_by_role("button", name="Entrar").click()
    expect(page.locator("[data-foco]")).to_be_focused()
    field = page.get_by_label("CPF")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert "Informe o CPF." in [page.locator(f"#{name}").inner_text() for name in described]
    assert page.title().startswith("Erro:")
    axe(page)


@pytest.mark.requirement("R161")
@pytest.mark.parametrize("path", ["/", "/entrar/", "/acessibilidade/", "/nao-existe/"])
def test_the_first_five_tab_stops_are_the_shortcuts_in_their_order_and_wording(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("document.activeElement.blur()")
    for key, label in SHORTCUTS:
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert " ".join(link.inner_text().split()) == label
        expect(link).to_have_attribute("accesskey", key)
        box = link.bounding_box()
        assert box is not None, "a shortcut that has the focus is seen"
        assert box["y"] >= 0
    assert page.locator("[accesskey]").count() == 5


@pytest.mark.requirement("R161")
@pytest.mark.parametrize(("key", "lands"), [("1", "conteudo"), ("3", "navegacao"), ("4", "busca")])
@pytest.mark.parametrize("width", [1280, 360])
def test_an_access_key_or_its_link_moves_the_focus_within_the_page(
    page: Page, key: str, lands: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/acessibilidade/")
    press_access_key(page, key)
    expect(page.locator(f"#{lands}")).to_be_focused()
    expect(page.locator(f"#{lands}")).to_be_visible()
    page.goto("/acessibilidade/")
    page.locator(f'[accesskey="{key}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{lands}")).to_be_focused()


@pytest.mark.requirement("R161")
@pytest.mark.parametrize(("key", "path"), [("2", "/"), ("5", "/mapa/")])
def test_an_access_key_or_its_link_opens_another_page(page: Page, site: Site, key: str, path: str) -> None:
    page.goto("/acessibilidade/")
    press_access_key(page, key)
    expect(page).to_have_url(site.url + path)
    page.goto("/acessibilidade/")
    page.locator(f'[accesskey="{key}"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.url + path)


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/")
    menu = page.get_by_role("navigation", name="Navegação")
    button = page.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    menu.get_by_role("link", name="Página inicial").focus()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_a_wide_table_scrolls_within_its_own_region_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/exemplo/")
    region = page.get_by_role("region", name="Críticas do arquivo")
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


ROLES = {"table", "row", "columnheader", "rowheader", "cell"}


def roles(page: Page) -> Counter[str]:
    """The parts of tables, as the browser itself tells them to a screen reader."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    found = [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]
    return Counter(role for role in found if role in ROLES)


def test_tables_and_charts_on_a_phone_are_tables_for_a_screen_reader_all_the_same(page: Page) -> None:
    page.goto("/exemplo/")
    wide = roles(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert roles(page) == wide
    assert wide["table"] == 3


@pytest.mark.parametrize("width", [320, 360])
def test_a_stacked_table_fits_a_phone_with_each_cell_behind_its_label(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/exemplo/")
    for name in ("Arquivos", "Beneficiários sem CNS, por motivo"):
        region = page.get_by_role("region", name=name, exact=True)
        assert region.evaluate("e => e.scrollWidth <= e.clientWidth"), name
    cell = page.get_by_role("region", name="Arquivos", exact=True).get_by_role("cell").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Recebido em: "'
    assert cell.evaluate("e => e.getBoundingClientRect().width") > width * 0.8


def test_without_scripts_the_menu_is_there_and_the_login_works(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    plain = context.new_page()
    plain.set_viewport_size({"width": 360, "height": 800})
    enter(plain, JOAO)
    expect(plain.get_by_role("navigation", name="Navegação")).to_be_visible()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Olá, João")
    context.close()
