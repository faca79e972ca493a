"""A load of the register that is killed between two commits, and is run again."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.common.installation import Installation, copied, prepared
from tests.formats.opendata.registers import REGISTROS, line, register

LOAD = """
from datetime import date
from pathlib import Path
from vincula.national.cadop import loading
loading.BATCH = 5
print(loading.load_csv(Path({path!r}), today=date(2026, 1, 15)).value.rows)
"""
KILLED = """
import os, signal
from datetime import date
from pathlib import Path
from vincula.national.cadop import loading
loading.BATCH = 5
def die(rows):
    if rows >= 10:
        os.kill(os.getpid(), signal.SIGKILL)
loading.load_csv(Path({path!r}), die, today=date(2026, 1, 15))
"""
SHOW = """
from vincula.national.cadop import services
for o in services.listing(size=1000).items:
    print(o)
"""


@pytest.mark.django_db
def test_the_base_is_the_same_as_after_a_load_that_nobody_disturbed(tmp_path: Path) -> None:
    old, new = tmp_path / "antigo.csv", tmp_path / "novo.csv"
    old.write_bytes(register(map(line, REGISTROS[:30])))
    new.write_bytes(register(line(r, Cidade="Londrina") for r in REGISTROS[5:]))
    with prepared(tmp_path / "calmo") as calm:
        calm.run(LOAD.format(path=str(old)))
        with copied(calm, tmp_path / "morto") as killed:
            _kill_and_compare(killed, calm, new)


def _kill_and_compare(killed: Installation, calm: Installation, new: Path) -> None:
    calm.run(LOAD.format(path=str(new)))
    _kill_while_loading(killed, new)
    half = killed.run(SHOW)
    killed.run(LOAD.format(path=str(new)))
    assert half.count("Londrina") == 10
    assert killed.run(SHOW) == calm.run(SHOW)
    assert killed.run(SHOW).count("inativa_desde=datetime.date(2026, 1, 15)") == 5


def _kill_while_loading(base: Installation, path: Path) -> None:
    process = base.start(KILLED.format(path=str(path)))
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
