"""A load of the register that is killed between two commits, and is run again."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import pytest

from tests.common.installation import Installation, copied
from tests.formats.opendata.registers import REGISTROS, line, register
from vincula.national.cadop import services as cadop

TODAY = date(2026, 1, 15)
PREPARED = """
import os, signal
from datetime import date
from pathlib import Path
from vincula.national.cadop import loading, services
loading.BATCH = 5
def load(path, progress):
    loading.load_csv(Path(path), progress, today=date(2026, 1, 15))
def show():
    return [repr(o) for o in services.listing(size=1000).items]
def die(rows):
    if rows >= 10:
        os.kill(os.getpid(), signal.SIGKILL)
def live(rows):
    pass
"""


@pytest.mark.django_db
def test_the_base_is_the_same_as_after_a_load_that_nobody_disturbed(
    fresh_installation: Installation, tmp_path: Path
) -> None:
    old, new = tmp_path / "antigo.csv", tmp_path / "novo.csv"
    old.write_bytes(register(map(line, REGISTROS[:30])))
    new.write_bytes(register(line(r, Cidade="Londrina") for r in REGISTROS[5:]))
    for path in (old, new):
        cadop.load_csv(path, today=TODAY)
    undisturbed = [repr(o) for o in cadop.listing(size=1000).items]
    with copied(fresh_installation, tmp_path / "dados") as base:
        base.imports = PREPARED
        process = base.start(f"load({str(old)!r}, live); load({str(new)!r}, die)")
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        half, *again = base.run(
            f"print(str(show()).count('Londrina')); load({str(new)!r}, live); print(*show(), sep='\\n')"
        ).splitlines()
    assert half == "10"
    assert again == undisturbed
    assert sum("inativa_desde=datetime.date(2026, 1, 15)" in row for row in again) == 5
