"""A site whose people come by a simulated gov.br, with the worker beside it, and bases as national systems bring them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import PASSWORD
from tests.browser.site import Site, serve, worker
from tests.common.installation import Installation
from tests.national.govbr.world import world
from vincula.common import provider

Come = Callable[[], Page]


@pytest.fixture(scope="package")
def site(
    executable: object, fresh_installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    secret = tmp_path_factory.mktemp("govbr") / "segredo"
    with world("localhost") as simulated:
        secret.write_text(simulated.provider.secret)
        secret.chmod(0o600)
        variables = {
            provider.ISSUER: simulated.provider.issuer,
            provider.CLIENT: simulated.provider.client,
            provider.SECRET_FILE: str(secret),
            provider.STEP_UP: simulated.provider.step_up,
        }
        with serve(fresh_installation, **variables) as running:
            running.run("import sys; from tests.browser.way_world import build; build(sys.argv[1])", PASSWORD)
            with worker(running):
                yield running


@pytest.fixture
def comes(browser: Browser, site: Site) -> Iterator[Come]:
    """Somebody more, with a browser of his own; by the name `localhost`, as WebAuthn wants one."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def come() -> Page:
        base = site.url.replace("127.0.0.1", "localhost")
        context = browser.new_context(base_url=base, locale="pt-BR", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None,
        )
        return page

    yield come
    for context in made:
        context.close()
    assert not wrong, wrong
