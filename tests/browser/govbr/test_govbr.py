"""Entering by gov.br and leaving it, by a person at a browser: the button, the simulation's page, back, out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.national.govbr.world import BRONZE, GOLD, NO_LEVEL, SILVER, SOCIAL, UNVERIFIED, World
from vincula.sandbox.govbr.people import CASES, Person


def to_the_simulation(page: Page) -> None:
    page.goto("/entrar/")
    page.get_by_role("link", name="Entrar com GOV.BR").click()
    expect(page.locator("header")).to_have_text("gov.br SIMULADO – não é o gov.br")


def choose(page: Page, person: Person) -> None:
    page.get_by_role("button", name=person.name).click()


@pytest.mark.requirement("R021")
@pytest.mark.parametrize(
    "person", [GOLD, SILVER, BRONZE, NO_LEVEL, UNVERIFIED], ids=lambda person: person.case
)
def test_whoever_has_a_govbr_account_comes_in(page: Page, site: Site, person: Person) -> None:
    to_the_simulation(page)
    choose(page, person)
    expect(page).to_have_url(site.url + "/")
    expect(page.locator(".v-conta-nome")).to_have_text(person.name)
    linked = site.run(
        "import sys\nfrom vincula.national.govbr.services import link_of\nprint(link_of(sys.argv[1]).level)",
        person.cpf,
    )
    assert linked.strip() == {"gold": "ouro", "silver": "prata"}.get(person.level, "bronze")


def test_who_has_a_social_name_is_called_by_it(page: Page) -> None:
    to_the_simulation(page)
    choose(page, SOCIAL)
    expect(page.locator(".v-conta-nome")).to_have_text(SOCIAL.social_name)


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/entrar/")
    page.get_by_role("link", name="Entrar com GOV.BR").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Escolha a conta")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".v-conta-nome")).to_have_text(CASES[0].name)


def test_leaving_is_leaving_both(page: Page, site: Site) -> None:
    to_the_simulation(page)
    choose(page, GOLD)
    page.get_by_role("button", name="Sair").click()
    expect(page).to_have_url(site.url + "/entrar/")
    expect(page.locator("#avisos").get_by_text("Você saiu do gov.br")).to_be_visible()
    page.get_by_role("link", name="Entrar com GOV.BR").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Escolha a conta")  # nobody is logged in there


def test_who_gives_up_is_told_what_to_do_and_no_code_stays_in_the_address(page: Page, site: Site) -> None:
    to_the_simulation(page)
    page.get_by_role("button", name="Cancelar").click()
    expect(page).to_have_url(site.url + "/govbr/recusado/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A entrada com gov.br não foi concluída")
    expect(page.get_by_text("O que fazer:")).to_be_visible()
    page.get_by_role("link", name="Entrar com GOV.BR").click()
    choose(page, SILVER)
    expect(page.locator(".v-conta-nome")).to_have_text(SILVER.name)


def test_the_level_is_raised_and_the_way_goes_on(page: Page, simulated: World) -> None:
    person = CASES[2]
    to_the_simulation(page)
    choose(page, person)
    page.goto("/govbr/nivel/?nivel=ouro&next=/acessibilidade/")
    page.get_by_role("link", name="Aumentar o nível no gov.br").click()
    page.get_by_role("button", name="Passar ao nível ouro").click()
    expect(page).to_have_url(re.compile("/acessibilidade/$"))


@pytest.mark.requirement("R021")
def test_who_came_with_anothers_account_leaves_it_and_enters_with_his_own(page: Page, site: Site) -> None:
    to_the_simulation(page)
    choose(page, GOLD)
    expect(page).to_have_url(site.url + "/")
    page.goto("/govbr/sair/")
    expect(page).to_have_url(site.url + "/")
    page.goto("/govbr/entrar/")
    choose(page, SILVER)
    expect(page).to_have_url(site.url + "/govbr/recusado/")
    expect(page.get_by_role("link", name="Entrar com GOV.BR")).to_have_count(0)
    page.get_by_role("link", name="Sair da conta gov.br").click()
    expect(page.get_by_text("Você saiu da conta gov.br")).to_be_visible()
    page.get_by_role("link", name="Entrar com GOV.BR").click()
    choose(page, GOLD)
    expect(page).to_have_url(site.url + "/")
    expect(page.locator(".v-conta-nome")).to_have_text(GOLD.name)


PAGES = ("/entrar/", "/govbr/recusado/", "/govbr/nivel/?nivel=prata")
OUT = "/govbr/sair/"


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, axe: Callable[[Page], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    to_the_simulation(page)
    axe(page)
    page.get_by_role("button", name="Cancelar").click()
    for address in PAGES:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_the_page_that_leads_out_serves_without_being_led(page: Page, axe: Callable[[Page], None]) -> None:
    """Whose browser does not follow the refresh finds a button."""
    page.route("**/logout**", lambda route: route.abort())
    page.route("**/govbr/sair/", lambda route: route.fulfill(body=_still(route)))
    page.goto(OUT)
    axe(page)
    expect(page.get_by_role("link", name="Sair do gov.br")).to_be_visible()


def _still(route: object) -> str:
    """The real page, without its refresh: it would be gone before anybody looked."""
    text: str = route.fetch().text()  # type: ignore[attr-defined]
    return re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text)
