import pytest

from vincula.sandbox.authority import Authority, at_folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority of this module's own: what is revoked here is not revoked elsewhere."""
    return at_folder(tmp_path_factory.mktemp("autoridade") / "nossa")
