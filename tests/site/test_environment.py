"""The command where something around it is wrong: said in words, status 1, no traceback. And where nothing is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

VINCULA = Path(sys.executable).parent / "vincula"


def outside() -> dict[str, str]:
    """The environment without anything that concerns this installation or the test run's."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("VINCULA_", "DATABASE_"))
    }


def run(folder: Path, *argv: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The installed command, with a data folder of its own and nothing of the test run's environment."""
    env = {**outside(), "VINCULA_DATA": str(folder / "dados"), **variables}
    return subprocess.run([VINCULA, *argv], env=env, capture_output=True, text=True, timeout=120, check=False)


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("an unknown profile", {"VINCULA_PROFILE": "teste"}, "VINCULA_PROFILE"),
    ("retention that is no number", {"VINCULA_RETENTION_FILES": "muitos"}, "VINCULA_RETENTION_FILES"),
    ("a range that is none", {"VINCULA_CNS_RANGE": "1-2"}, "VINCULA_CNS_RANGE"),
    ("another engine", {"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    (
        "a database server that is not there",
        {"DATABASE_URL": "postgresql://u:segredo@127.0.0.1:1/x"},
        "banco",
    ),
    ("a broken address", {"DATABASE_URL": "postgresql://u:segredo@[::1/x"}, "DATABASE_URL"),
    ("a port that is none", {"DATABASE_URL": "postgresql://u:segredo@localhost:porta/x"}, "DATABASE_URL"),
    ("a data folder that is a file", {"VINCULA_DATA": "/dev/null"}, "pasta de dados"),
    ("a data folder below a file", {"VINCULA_DATA": "/dev/null/dentro"}, "pasta de dados"),
]


@pytest.mark.parametrize(("label", "variables", "word"), WRONG, ids=[label for label, *_ in WRONG])
def test_a_wrong_environment_is_told(
    tmp_path: Path, label: str, variables: dict[str, str], word: str
) -> None:
    ended = run(tmp_path, "sib", "status", "999903", "2026-11", "--json", **variables)
    assert ended.returncode == 1, ended
    assert word in ended.stderr
    assert "O que fazer: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "segredo" not in ended.stderr + ended.stdout
    assert json.loads(ended.stdout)["recusado"]


@pytest.mark.parametrize("content", [b"isto nao e um banco" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_base_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dados").mkdir()
    (tmp_path / "dados" / "vincula.sqlite3").write_bytes(content)
    ended = run(tmp_path, "sib", "status", "999903", "2026-11")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "O que fazer: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "dados" / "vincula.sqlite3").read_bytes() == content, "it is left as it was found"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "dados").mkdir(mode=0o500)
    ended = run(tmp_path, "sib", "status", "999903", "2026-11")
    assert ended.returncode == 1
    assert "Recusado (PASTA_DE_DADOS)" in ended.stderr
    assert "permissões da pasta de dados" in ended.stderr


def test_an_empty_base_is_made_ready_on_first_use_whatever_the_terminal(tmp_path: Path) -> None:
    ended = run(tmp_path, "sib", "calendar", "2026-11", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.returncode == 0, ended
    assert "recebe arquivos de 06/11/2026 a 05/12/2026" in ended.stdout
    assert (tmp_path / "dados").stat().st_mode & 0o077 == 0


def test_the_command_runs_as_a_module_too(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "vincula.site.cli", "cns", "check", "1"],
        env={**os.environ, "VINCULA_DATA": str(tmp_path / "dados")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "inválido" in ended.stdout
