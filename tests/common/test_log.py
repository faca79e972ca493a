"""What a command does not need is not loaded when it starts; what is logged does not mix with its answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from vincula.site import ready
ready.setup()
import vincula.site.cli.main
rooms = ("national.sib.services", "national.cadsus.services", "national.api.services", "formats.sib", "formats.fhir")
print([name for name in ("numpy", "structlog", *(f"vincula.{one}" for one in rooms)) if name in sys.modules])
from vincula.common.log import get_logger
get_logger("teste").warning("teste.dito", kind="x")
get_logger("teste").error("teste.dito", kind="y")
"""


def test_a_command_starts_without_what_few_need_and_logs_on_standard_error(tmp_path: Path) -> None:
    env = {**os.environ, "VINCULA_DATA": str(tmp_path / "dados"), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout == "[]\n"
    assert done.stderr.count("teste.dito") == 2
    assert "warning" in done.stderr
    assert "error" in done.stderr
