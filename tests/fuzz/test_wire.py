"""Messages damaged in every element, against the whole listener: each gets an answer that says why, and none a trace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.faults.stage import ROOT, Stage, stage
from tests.fuzz.samples import SAMPLES
from tests.interop import people as p
from vincula.sandbox.operadoras import cadop_csv

pytestmark = pytest.mark.django_db


def asked(made: Stage, cases: int, seed: str, seconds: float) -> dict[str, Any]:
    """What the listener of this installation answered to so many."""
    process = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.listener", str(cases), seed],
        cwd=ROOT, env=made.env, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr[-2_000:]
    assert "Traceback" not in process.stderr, process.stderr[-2_000:]
    found: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return found


def held(folder: Path, cases: int, seed: str, seconds: float) -> None:
    with stage(folder) as made:
        for system, content in (("cadop", cadop_csv()), ("cadsus", p.as_csv())):
            file = made.out / f"{system}.csv"
            file.write_bytes(content)
            ended = made.run("bases", "load", system, str(file))
            assert ended.status == 0, ended.err
        found = asked(made, cases, seed, seconds)
        traces = [path.name for path in (made.data / "registros").glob("erro-*.txt")]
        verified = made.run("audit", "verify")
    assert found["faults"] == []
    assert traces == []
    assert verified.status == 0, verified.err
    answered: Counter[str] = Counter(found["statuses"])
    assert answered.total() == cases
    statuses = {key.rpartition(" ")[2] for key in answered}
    assert {"200", "400", "500"} <= statuses, "the damage reaches only part of the ways"
    assert {key.rpartition(" ")[0] for key in answered} == {sample.name for sample in SAMPLES}


@pytest.mark.requirement("R086", part="damaged messages are answered with a fault that says why")
@pytest.mark.timeout(300)
def test_damaged_messages_are_answered_with_a_reason(tmp_path: Path) -> None:
    held(tmp_path, 630, "amostra", 240)


@pytest.mark.long
@pytest.mark.timeout(14_400)
@pytest.mark.parametrize("seed", ["um", "dois", "três", "quatro"])
def test_damaged_messages_are_answered_with_a_reason_at_length(tmp_path: Path, seed: str) -> None:
    held(tmp_path, 25_000, seed, 14_000)
