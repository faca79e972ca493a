from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.installation import Installation, copied


@pytest.fixture
def installation(fresh_installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation of this test's own."""
    with copied(fresh_installation, tmp_path / "dados") as made:
        yield made
