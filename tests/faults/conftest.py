from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("tests.faults.story")

from tests.faults.stage import stage  # noqa: E402
from tests.faults.story import Story  # noqa: E402

FEW, MANY = 1_000, 2_500  # beneficiaries, in the sample and in the long suite


@pytest.fixture(scope="package")
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole way, undisturbed, every step of it kept."""
    long = any(item.get_closest_marker("long") for item in request.session.items)
    with stage(tmp_path_factory.mktemp("falhas")) as made:
        yield Story(made, MANY if long else FEW)
