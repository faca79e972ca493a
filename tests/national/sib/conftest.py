"""What the tests of SIB's services share. Imported late: pytest reads this file before Django is ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.national.sib.world import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The files of one operadora that the CADOP has."""
    from tests.national.sib import world

    world.load_cadop(tmp_path)
    return world.Files(tmp_path)
