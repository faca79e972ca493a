from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.site import Site, serve
from tests.common.installation import Installation
from tests.national.govbr.world import World, world
from vincula.common import provider


@pytest.fixture(scope="package")
def simulated() -> Iterator[World]:
    with world("127.0.0.1") as running:
        yield running


@pytest.fixture(scope="package")
def site(
    executable: Path,
    fresh_installation: Installation,
    simulated: World,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A site of its own, which sends its people to a simulated gov.br."""
    secret = tmp_path_factory.mktemp("govbr") / "segredo"
    secret.write_text(simulated.provider.secret)
    secret.chmod(0o600)
    variables = {
        provider.ISSUER: simulated.provider.issuer,
        provider.CLIENT: simulated.provider.client,
        provider.SECRET_FILE: str(secret),
        provider.STEP_UP: simulated.provider.step_up,
    }
    with serve(fresh_installation, **variables) as running:
        yield running
