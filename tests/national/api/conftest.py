from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.national.api.clock import Clock
from tests.national.api.world import REGISTRO
from vincula.common.outcomes import Accepted
from vincula.sandbox.operadoras import cadop_csv

if TYPE_CHECKING:
    from vincula.national.api import services as api


@pytest.fixture
def cadop(db: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    from vincula.national.cadop import services

    path = tmp_path_factory.mktemp("cadop") / "operadoras.csv"
    for with_inactive in (True, False):  # who is missing from the second register has become inactive
        path.write_bytes(cadop_csv(with_inactive=with_inactive))
        assert isinstance(services.load_csv(path), Accepted)


@pytest.fixture
def operadora(cadop: None) -> api.Credential:
    from vincula.national.api import services

    made = services.grant(services.Kind.OPERADORA, "teste", registro=REGISTRO)
    assert isinstance(made, Accepted), made
    return made.value


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the services that wait and count read the time from."""
    from vincula.national.api.services import brake, limits, watch, wrong_passwords

    made = Clock()
    for module in (brake, limits, watch, wrong_passwords):
        monkeypatch.setattr(module, "time", made)
    return made
