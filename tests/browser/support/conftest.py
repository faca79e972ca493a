"""Support's world behind the real site, with the worker at work beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.site import Site, serve, worker
from tests.common.installation import Installation

Axe = Callable[[Page], None]


@dataclass(frozen=True)
class SupportSite(Site):
    """The site with the numbers of what is in it."""

    facts: dict[str, str]


@pytest.fixture(scope="module")
def site(executable: object, fresh_installation: Installation) -> Iterator[SupportSite]:
    with serve(fresh_installation) as running:
        told = running.run(
            "import sys; from tests.browser.support_world import build; build(sys.argv[1])", PASSWORD
        )
        facts = json.loads(told.splitlines()[-1])
        with worker(running):
            yield SupportSite(running.url, running.data, running.environment, facts)
