"""The stage as fixtures. Imported late: pytest reads this file before Django is ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.national.sib.web.stage import Web


@pytest.fixture
def web(tmp_path: Path) -> Web:
    """Two operadoras in the register, four people in their sessions; nothing sent yet."""
    from tests.national.sib.web import stage

    return stage.raise_curtain(tmp_path)


@pytest.fixture
def consolidated(web: Web) -> Web:
    """One competência consolidated; see stage.consolidate."""
    from tests.national.sib.web import stage

    return stage.consolidate(web)
