"""Look-ups and registrations in a small base and in a large one: neither may slow down as the country comes in.

Both bases are there at once, each in a process of its own, and are asked in turn: a machine that slows down for a
minute slows both.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

from bench.data import World
from bench.report import Row

SMALL = 100_000
ROUNDS = {"cpf": 15, "cns": 15, "name": 15, "pdq": 4, "registrations": 4}
WHAT = {
    "cpf": "look-ups by CPF, in process",
    "cns": "look-ups by CNS, in process",
    "name": "searches by name and birth, in process",
    "pdq": "PDQ by CPF, through the listener",
    "registrations": "registrations, duplicates looked for",
}
KEPT, A_SECOND = 0.8, 200.0
REGISTERED_FROM = 850_000_000  # the first nine digits of CPFs that nobody in the base has


def run(world: World, engine: str) -> list[Row]:
    """The best of several rounds of each: what is compared are two bases, not two moments of a shared machine."""
    with _side("pequena", SMALL) as small, _side("grande", world.people) as large:
        small.wait_until_ready()
        large.wait_until_ready()
        rates = {name: _best(name, rounds, small, large) for name, rounds in ROUNDS.items()}

    def row(what: str, limit_name: str, limit: float, ours: float, target: float) -> Row:
        return Row(
            what, engine, world.people, limit_name, limit, ours, target=target, at_least=True, unit="/s"
        )

    return [
        *(row(WHAT[name], f"at {SMALL:,}", before, now, KEPT) for name, (before, now) in rates.items()),
        row(WHAT["registrations"], "200/s", A_SECOND, rates["registrations"][1], 1.0),
    ]


class _Side:
    """A process that holds one base and measures when it is told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_until_ready(self) -> None:
        assert self._said() == "ready"

    def rate(self, name: str) -> float:
        assert self._process.stdin
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return float(self._said())

    def _said(self) -> str:
        """Raises RuntimeError where the process has ended: what was wrong stands on its standard error."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("one side of the comparison ended")
        return str(json.loads(line))


def _best(name: str, rounds: int, small: _Side, large: _Side) -> tuple[float, float]:
    pairs = [(small.rate(name), large.rate(name)) for _ in range(rounds)]
    return max(before for before, _ in pairs), max(now for _, now in pairs)


@contextmanager
def _side(name: str, people: int) -> Iterator[_Side]:
    """One of the two, in a folder and, on PostgreSQL, a database of its own."""
    with (
        TemporaryDirectory(prefix=f"vincula-bench-{name}-") as folder,
        _environment(name, folder) as environment,
    ):
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.side", str(people), str(REGISTERED_FROM)],
            env=environment,
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield _Side(process)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(60)


@contextmanager
def _environment(name: str, folder: str) -> Iterator[dict[str, str]]:
    environment = {**os.environ, "VINCULA_DATA": folder}
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield environment
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield environment | {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
