"""A load in one process is seen by the others, and one that was killed is completed by the next."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.common.installation import PRELUDE, prepared
from vincula.formats.tables.municipios import carried

LOAD = """
import os, signal, sys
from pathlib import Path
from vincula.national.ibge import services
real = services._store
services.BATCH = 1000
def store(rows, report):
    real(rows, report)
    if {deadly} and report.inserted >= 3000:
        os.kill(os.getpid(), signal.SIGKILL)
services._store = store
services.load_csv(Path({path!r}))
print(len(services.municipality_codes6()), "355030" in services.municipality_codes6())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A full list, but for one municipality."""
    file = tmp_path / "municipios.csv"
    rows = [f"{m.ibge7},{m.nome},{m.uf}\n" for m in carried().by_code6.values() if m.ibge6 != "355030"]
    file.write_text("ibge7,nome,uf\n" + "".join(rows), encoding="utf-8")
    return file


SEEN = """
import subprocess, sys
from vincula.national.ibge import services
print(len(services.municipality_codes6()))
subprocess.run([sys.executable, "-c", {load!r}], check=True, stdout=subprocess.DEVNULL)
print(len(services.municipality_codes6()))
"""


@pytest.mark.django_db
def test_a_load_in_another_process_is_seen_at_once(tmp_path: Path, path: Path) -> None:
    with prepared(tmp_path / "dados") as base:
        assert base.run(SEEN.format(load=PRELUDE + LOAD.format(deadly=False, path=str(path)))).split() == [
            "5571",
            "5570",
        ]


@pytest.mark.django_db
def test_killed_and_run_again_it_gives_the_same_codes(tmp_path: Path, path: Path) -> None:
    with prepared(tmp_path / "dados") as base:
        process = base.start(LOAD.format(deadly=True, path=str(path)))
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        assert base.run(LOAD.format(deadly=False, path=str(path))).split() == ["5570", "False"]
