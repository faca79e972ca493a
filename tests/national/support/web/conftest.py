"""The stage as a fixture. Imported late: pytest reads this file before Django is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.national.support.web.stage import Web


@pytest.fixture
def web() -> Web:
    from tests.national.support.web import stage

    return stage.raise_curtain()
