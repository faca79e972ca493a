"""tools/assets.py: the lock names no host, and a machine without npm gets a clear message and a working site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools import assets

LOCKS = [assets.NPM, Path(__file__).parent / "interop" / "npm"]


@pytest.mark.parametrize("folder", LOCKS, ids=["pages", "tests"])
def test_the_lock_names_no_host_and_holds_every_package_to_its_hash(folder: Path) -> None:
    text = (folder / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert packages
    for name, one in packages.items():
        assert one["integrity"].startswith("sha512-"), name
        assert "resolved" not in one, name


@pytest.mark.parametrize("folder", LOCKS, ids=["pages", "tests"])
def test_every_version_is_pinned_and_the_lock_agrees(folder: Path) -> None:
    wanted = json.loads((folder / "package.json").read_text())
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    for name, version in {**wanted.get("dependencies", {}), **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version), name
        assert locked[f"node_modules/{name}"]["version"] == version


def test_the_tests_own_checker_never_goes_into_the_product() -> None:
    assert not [name for name in assets.COPIES if name.startswith("axe")]
    assert assets.VENDOR not in assets.AXE.parents


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tool works on a temporary folder."""
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "static" / "vendor")
    monkeypatch.setattr(assets, "AXE", tmp_path / "axe")
    return tmp_path


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--strict"], 1)])
def test_without_npm_the_message_is_loud_and_says_what_to_do(
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
) -> None:
    monkeypatch.setattr(assets.sys, "executable", str(elsewhere / "python"))
    monkeypatch.setenv("PATH", str(elsewhere))
    assert assets.main(arguments) == status
    said = capsys.readouterr().err
    assert "ATENÇÃO" in said
    assert "tools/assets.py" in said
    assert "folha de estilo de reserva" in said
    assert not assets.VENDOR.exists()


def test_a_run_that_finds_all_in_place_asks_npm_for_nothing(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = elsewhere / "node_modules"
    for name in [*assets.COPIES, *assets.AXE_COPIES]:
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_text("x")
    asked: list[Path] = []

    def install(folder: Path) -> Path:
        asked.append(folder)
        return modules

    monkeypatch.setattr(assets, "install", install)
    assert assets.main(["--check"]) == 1
    assets.fetch()
    assets.fetch()
    assert len(asked) == 1
    assert assets.main(["--check"]) == 0
    (assets.VENDOR / "htmx" / "htmx.min.js").unlink()
    assets.fetch()
    assert len(asked) == 2
    assert (assets.VENDOR / "htmx" / "htmx.min.js.gz").is_file()


def test_the_tool_needs_nothing_but_python() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(assets.ROOT / "tools" / "assets.py"), "--check"], check=False
    )
    assert done.returncode in {0, 1}
