from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.installation import Installation, copied, prepared


@pytest.fixture(scope="session")
def fresh_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with prepared(tmp_path_factory.mktemp("instalacao") / "dados") as made:
        yield made


@pytest.fixture
def installation(fresh_installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation of this test's own."""
    with copied(fresh_installation, tmp_path / "dados") as made:
        yield made
