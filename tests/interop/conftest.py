from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interop.world import World
from tests.interop.world import world as made


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One installation for all; a test that suspends or interrupts something sets it back."""
    with made(tmp_path_factory.mktemp("servicos")) as whole:
        yield whole
