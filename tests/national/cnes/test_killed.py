"""A load of the archive that is killed between two commits, and is run again."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.common.installation import Installation, copied
from tests.national.cnes.archives import archive, establishment, number
from vincula.national.cnes import services

PREPARED = """
import os, signal
from pathlib import Path
from vincula.national.cnes import services
from vincula.national.cnes.loading import load as loading
loading.BATCH = 5
def load(path, progress):
    services.load_zip(Path(path), progress)
def show():
    return [repr(o) for o in services.listing(size=1000, text="exemplo").items]
def die(rows):
    if rows == 10:
        os.kill(os.getpid(), signal.SIGKILL)
def live(rows):
    pass
"""


@pytest.mark.django_db
def test_the_base_is_the_same_as_after_a_load_that_nobody_disturbed(
    fresh_installation: Installation, tmp_path: Path
) -> None:
    old, new = tmp_path / "antigo.zip", tmp_path / "novo.zip"
    old.write_bytes(archive([establishment(number(n)) for n in range(30)], 202501))
    new.write_bytes(
        archive([establishment(number(n), NO_LOGRADOURO="RUA NOVA") for n in range(5, 30)], 202502)
    )
    for path in (old, new):
        services.load_zip(path)
    undisturbed = [repr(one) for one in services.listing(size=1000, text="exemplo").items]
    with copied(fresh_installation, tmp_path / "dados") as base:
        base.imports = PREPARED
        process = base.start(f"load({str(old)!r}, live); load({str(new)!r}, die)")
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        half, complete, *again = base.run(
            "print(str(show()).count('RUA NOVA')); print(services.edition().complete); "
            f"load({str(new)!r}, live); print(*show(), sep='\\n')"
        ).splitlines()
    assert (half, complete) == ("10", "False")
    assert again == undisturbed
    assert sum("ausente_desde=202502" in row for row in again) == 5
