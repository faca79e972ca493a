"""Fixtures of the browser tests: `site` (the real site), `page` (a fresh browser context), `axe` (no violations)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium
from tests.browser.site import ROOT, Site, serve
from tests.common.installation import Installation

AXE = ROOT / "build" / "axe" / "axe.min.js"
# Everything that axe can say about WCAG 2.2 A and AA, and its best practices.
LOOK = """async options => {
    const found = await axe.run(document, options);
    return { violations: found.violations, passes: found.passes.length };
}"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MARIA, PASSWORD = "52998224725", "Senha@123"
JOAO = "11144477735"
OPERADORAS = ("123456", "654321")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def executable() -> Path:
    found = chromium.find()
    if found is None:
        pytest.skip(chromium.MISSING)
    return found


@pytest.fixture(scope="session")
def site(executable: Path, fresh_installation: Installation) -> Iterator[Site]:
    """One site for the whole run: Maria acts for two operadoras, João for one."""
    with serve(fresh_installation) as running:
        running.people(
            (MARIA, "MARIA DA SILVA SOUZA", PASSWORD, *OPERADORAS),
            (JOAO, "JOÃO PEREIRA LIMA", PASSWORD, OPERADORAS[0]),
        )
        yield running


# Of this package only, not of the session: while Playwright runs, Django's ORM refuses to work in the same thread.
@pytest.fixture(scope="package")
def browser(executable: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(executable), args=chromium.flags())
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a fresh context at `site`; the test fails on any script error or breach of the CSP."""
    context = browser.new_context(base_url=site.url, locale="pt-BR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    one = context.new_page()
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The status of an error page that a test asks for on purpose is not a fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    one.on("console", heard)
    one.on("pageerror", lambda error: wrong.append(str(error)))
    yield one
    context.close()
    assert not wrong, wrong


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with what axe-core finds wrong on the page as it stands."""
    if not AXE.is_file():
        pytest.skip("axe-core não foi baixado (tools/assets.py): acessibilidade NÃO PROVADA.")
    script = AXE.read_text()

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):  # half a megabyte; a page that is looked at again has it
            page.evaluate(script)
        # Of what passes only that it did is wanted: else axe describes every node of it.
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        result: dict[str, Any] = page.evaluate(LOOK, options)
        found = [
            f"{one['id']}: {one['help']}: " + "; ".join(node["html"][:200] for node in one["nodes"])
            for one in result["violations"]
        ]
        assert result["passes"], "axe looked at nothing"
        assert not found, page.url + "\n" + "\n".join(found)

    return check


def enter(page: Page, cpf: str, password: str = PASSWORD) -> None:
    """Log in by keyboard and mouse, as a person does."""
    page.goto("/entrar/")
    page.get_by_label("CPF").fill(cpf)
    page.get_by_label("Senha").fill(password)
    page.get_by_role("main").get_by_role("button", name="Entrar").click()
