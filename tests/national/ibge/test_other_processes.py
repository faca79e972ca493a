"""A load that was killed is completed by the next one, and what one process loads the others see."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.common.installation import PRELUDE, Installation, copied
from vincula.formats.tables.municipios import carried

LOAD = """
import os, signal
from pathlib import Path
from vincula.national.ibge import services
services.BATCH = 1000
real = services._store
def store(rows, report):
    real(rows, report)
    if {deadly} and report.inserted >= 3000:
        os.kill(os.getpid(), signal.SIGKILL)
services._store = store
services.load_csv(Path({path!r}))
"""
WATCH = """
import subprocess, sys
from vincula.national.ibge import services
before = services.municipality_codes6()
subprocess.run([sys.executable, "-c", {load!r}], check=True)
print(len(before), services.municipality_codes6() ^ before)
"""


@pytest.mark.django_db
def test_killed_completed_by_another_process_and_seen_by_a_third(
    fresh_installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "municipios.csv"
    rows = [f"{m.ibge7},{m.nome},{m.uf}\n" for m in carried().by_code6.values() if m.ibge6 != "355030"]
    path.write_text("ibge7,nome,uf\n" + "".join(rows), encoding="utf-8")
    with copied(fresh_installation, tmp_path / "dados") as base:
        process = base.start(LOAD.format(deadly=True, path=str(path)))
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        load = PRELUDE + LOAD.format(deadly=False, path=str(path))
        assert base.run(WATCH.format(load=load)).strip() == "5571 frozenset({'355030'})"
