from collections.abc import Iterator

import pytest

from tests.common.audit.chains import own_anchors
from vincula.common.audit.writer import process_writer

__all__ = ["own_anchors"]


@pytest.fixture(autouse=True)
def own_chain() -> Iterator[None]:
    """A chain that begins with the test: other tests of this process have recorded before."""
    process_writer.restart()
    yield
    process_writer.restart()
