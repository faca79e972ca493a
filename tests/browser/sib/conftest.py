"""SIB's world behind the real site, with the worker at work beside it; one for each file of tests.

Imported late: pytest may read this file before Django is ready.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.site import ROOT, Site, serve
from tests.common.installation import Installation

if TYPE_CHECKING:
    from tests.national.sib.world import Files

Axe = Callable[[Page], None]


@dataclass(frozen=True)
class SibSite(Site):
    """The site with SIB's world in it, and the worker at work beside it."""

    facts: dict[str, Any]


@pytest.fixture(scope="module")
def site(
    executable: Path, fresh_installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SibSite]:
    with serve(fresh_installation) as running:
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
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Files that nobody has sent yet, later than those of the world."""
    from tests.national.sib import world

    made = world.Files(tmp_path_factory.mktemp("sbx"))
    made.moment = made.moment.replace(hour=12)
    return made
