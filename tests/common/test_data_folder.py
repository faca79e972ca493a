"""Whose folder VINCULA_DATA names: ours is closed to others, nobody else's is ever changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from vincula.common import config, data_folder
from vincula.common.outcomes import RefusedError


def made(mode: int, *files: str) -> Callable[[Path], None]:
    """A folder that was there before, with these files in it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for name in files:
            (folder / name).mkdir() if name == "lost+found" else (folder / name).write_text("x")
        folder.chmod(mode)

    return make


def nothing(folder: Path) -> None: ...


OURS: list[tuple[str, Callable[[Path], None]]] = [
    ("it is missing", nothing),
    ("empty, open to all", made(0o755)),
    ("empty, open to the group", made(0o750)),
    ("the root of an empty file system", made(0o755, "lost+found")),
    ("in use since an older release", made(0o755, "chave-secreta", "vincula.sqlite3", "uma copia.zip")),
    ("a base that was copied back without its key", made(0o755, "vincula.sqlite3")),
]


@pytest.mark.parametrize(("label", "make"), OURS, ids=[label for label, _ in OURS])
def test_a_folder_of_ours_is_its_owners_only(
    tmp_path: Path, label: str, make: Callable[[Path], None]
) -> None:
    folder = tmp_path / "dados"
    make(folder)
    data_folder.prepare(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


NOT_OURS: list[tuple[str, Callable[[Path], None], str]] = [
    ("it holds something else", made(0o755, "carta.txt"), "PASTA_ABERTA"),
    ("meant for all, like /tmp", made(0o1777), "PASTA_ABERTA"),
    ("meant for a group", made(0o2770), "PASTA_ABERTA"),
    ("like /tmp, and used before", made(0o1777, "chave-secreta"), "PASTA_ABERTA"),
    ("a file", lambda folder: folder.touch(0o644), "PASTA_DE_DADOS"),
    ("a link to nowhere", lambda folder: folder.symlink_to("nada"), "PASTA_DE_DADOS"),
]


@pytest.mark.parametrize(("label", "make", "code"), NOT_OURS, ids=[label for label, *_ in NOT_OURS])
def test_what_is_not_ours_is_refused_and_stays_as_it_is(
    tmp_path: Path, label: str, make: Callable[[Path], None], code: str
) -> None:
    folder = tmp_path / "dados"
    make(folder)
    before = folder.lstat()
    assert refusal(folder) == code
    after = folder.lstat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_the_home_of_the_user_is_not_ours_even_when_it_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(0o755)(tmp_path / "casa")
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    assert refusal(tmp_path / "casa") == "PASTA_ABERTA"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_an_empty_folder_of_another_user_is_not_ours(tmp_path: Path) -> None:
    made(0o755)(tmp_path / "dados")
    os.chown(tmp_path / "dados", 65534, 65534)
    assert refusal(tmp_path / "dados") == "PASTA_ABERTA"


def test_a_closed_folder_serves_whatever_else_it_holds(tmp_path: Path) -> None:
    made(0o700, "carta.txt")(tmp_path / "dados")
    data_folder.prepare(tmp_path / "dados")
    assert (tmp_path / "dados" / "carta.txt").exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"curta", bytes(range(128, 200))])
def test_a_signing_key_that_is_none_is_not_signed_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("VINCULA_DATA", str(tmp_path))
    config.load.cache_clear()
    try:
        first = config.secret_key()
        assert config.secret_key() == first
        (tmp_path / data_folder.KEY).write_bytes(content)
        with pytest.raises(RefusedError) as raised:
            config.secret_key()
    finally:
        monkeypatch.undo()
        config.load.cache_clear()
    assert raised.value.refused.code == "CHAVE_DANIFICADA"


def refusal(folder: Path) -> str:
    with pytest.raises(RefusedError) as raised:
        data_folder.prepare(folder)
    refused = raised.value.refused
    assert str(folder) in refused.message
    assert refused.remedy
    return refused.code
