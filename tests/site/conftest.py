from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.stage import Stage, stage
from tests.faults.story import Story


@pytest.fixture(scope="package")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A small installation with a consolidated competência; read by most tests, changed by few."""
    with stage(tmp_path_factory.mktemp("comando")) as made:
        story = Story(made, 120)
        made.keep("fim")
        yield story


@pytest.fixture
def place(told: Story) -> Stage:
    """That installation, for commands that change nothing that another test looks at."""
    return told.stage


@pytest.fixture
def own(told: Story) -> Iterator[Stage]:
    """The same, set back afterwards."""
    yield told.stage
    told.stage.back_to("fim")
