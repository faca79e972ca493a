"""The site with two operadoras, their directors, an operator and one of the support team (tests.national.sgop.world)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site import Site

for room in ("cnes", "govbr", "support"):
    pytest.importorskip(f"vincula.national.{room}", reason=f"precisa de national/{room}")

Open = Callable[..., Page]


def in_the_world(site: Site, code: str) -> str:
    """Run Python on the site's base, with the names of the tests' world."""
    return site.run(
        "from tests.national.sgop import world\nfrom tests.national.sgop.world import *\n"
        + textwrap.dedent(code)
    )


@pytest.fixture(scope="module")
def country(site: Site) -> Site:
    in_the_world(site, "country()")
    return site


@pytest.fixture
def opened(browser: Browser, country: Site) -> Iterator[Open]:
    """`opened(cpf)`: a page of that person's own browser, logged in. By the name `localhost`, as WebAuthn wants one."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(cpf: str, *, width: int = 1280) -> Page:
        base = country.url.replace("127.0.0.1", "localhost")
        context = browser.new_context(base_url=base, locale="pt-BR", viewport={"width": width, "height": 900})
        context.set_default_timeout(10_000)
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None,
        )
        page.goto("/entrar/")
        page.get_by_label("CPF").fill(cpf)
        page.get_by_label("Senha").fill("Senha@123")
        page.get_by_role("main").get_by_role("button", name="Entrar", exact=True).click()
        page.get_by_role("button", name="Sair").wait_for()
        return page

    yield open_page
    for context in made:
        context.close()
    assert not wrong, wrong
