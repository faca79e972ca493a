from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.national.govbr.world import Visitor, World, world
from vincula.common import config


@pytest.fixture
def _running() -> Iterator[World]:
    with world("testserver") as made:
        yield made


@pytest.fixture
def govbr(_running: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A simulated gov.br to which this installation sends people."""
    from vincula.national.govbr.services import keys

    real = config.load()
    monkeypatch.setattr(config, "load", lambda: replace(real, govbr=_running.provider))
    keys.forget()
    return _running


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    made = Visitor()
    yield made
    made.http.close()
