from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.stage import stage
from tests.faults.story import Story

BENEFICIARIES = 1_000


@pytest.fixture(scope="package")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole way, undisturbed, every step of it kept."""
    with stage(tmp_path_factory.mktemp("falhas")) as made:
        yield Story(made, BENEFICIARIES)
