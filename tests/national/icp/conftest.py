from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.national.icp.world import World
from vincula.common import config


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("autoridades"))


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Sets the trust folder (None: the default) and the profile, as an environment would."""

    def configure(folder: Path | None, profile: str = "sandbox") -> None:
        monkeypatch.setenv("VINCULA_PROFILE", profile)
        if folder is None:
            monkeypatch.delenv("VINCULA_ICP_TRUST", raising=False)
        else:
            monkeypatch.setenv("VINCULA_ICP_TRUST", str(folder))
        config.load.cache_clear()

    yield configure
    monkeypatch.undo()
    config.load.cache_clear()


@pytest.fixture
def trusting(world: World, configured: Callable[..., None]) -> World:
    """The world, with our authority configured as trusted."""
    configured(world.ours.trust)
    return world


@pytest.fixture
def folder(world: World, tmp_path: Path, configured: Callable[..., None]) -> Path:
    """A copy of our trust folder, configured, for a test to spoil."""
    copy = tmp_path / "confianca"
    shutil.copytree(world.ours.trust, copy)
    configured(copy)
    return copy
