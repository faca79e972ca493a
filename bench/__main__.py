"""`make bench`: every speed figure, as a ratio to a limit measured in the same run, on SQLite and on PostgreSQL.

`--full` uses 5,000,000 instead of 1,000,000 (10,000,000 for `scale`).
`--only intake,consolidation,cnx` and `--engine sqlite` choose parts.
The data are made once (synthetic, deterministic) and kept in bench/dados; results go to bench/results/.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import data, machine, report

HERE = Path(__file__).parent
PARTS = ("intake", "consolidation", "cnx", "lookup", "bulk", "scale")
CNS_RANGE = "709800000000000-709899999999999"  # registrations need numbers
ALONE = "scale"  # in a base of its own, which grows


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--full", action="store_true", help="5,000,000 persons")
    parser.add_argument("--people", type=int, default=0, help="another number of persons")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    people = options.people or (5_000_000 if options.full else 1_000_000)
    parts = [part for part in PARTS if part in options.only.split(",")]
    print(machine.line(), flush=True)
    together = [part for part in parts if part != ALONE]
    world = data.make(people) if together else data.World(people)
    missed = 0
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        started = time.monotonic()
        rows = _run(engine, world, together) if together else []
        if ALONE in parts:
            rows += _run(engine, data.World(people * (2 if options.full else 1)), [ALONE])
        minutes = (time.monotonic() - started) / 60
        print(f"{report.table(rows)}\n{minutes:.1f} min", flush=True)
        missed += sum(not row.met for row in rows)
        if parts == list(PARTS):
            _keep(f"{engine}-{people}", minutes, rows)
    print(f"targets missed: {missed}")
    return 0


def _keep(name: str, minutes: float, rows: list[report.Row]) -> None:
    """The last whole result of an engine and size, for people and for programs."""
    kept = {"machine": machine.line(), "minutes": round(minutes, 1), "rows": [row.as_json() for row in rows]}
    folder = HERE / "results"
    (folder / f"{name}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    (folder / f"{name}.md").write_text(f"{machine.line()}\n\n{report.table(rows)}\n")


def _run(engine: str, world: data.World, parts: list[str]) -> list[report.Row]:
    """One engine in a process of its own, on a base of its own that ends with it."""
    with tempfile.TemporaryDirectory(prefix="vincula-bench-") as folder:
        result = Path(folder) / "linhas.json"
        command = [sys.executable, "-m", "bench.engine", str(result), str(world.people), ",".join(parts)]
        environment = {
            **os.environ,
            "VINCULA_DATA": folder,
            "VINCULA_PROFILE": "registry",
            "VINCULA_CNS_RANGE": CNS_RANGE,
        }
        if engine == "postgresql":
            command = [sys.executable, "-m", "tests.postgres", *command]
        subprocess.run(command, check=True, env=environment, cwd=HERE.parent)
        return [report.Row(**row) for row in json.loads(result.read_text())]


if __name__ == "__main__":
    raise SystemExit(main())
