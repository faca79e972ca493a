"""An installation that can be set back to any moment it was kept at, and in which commands run and are killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.common.installation import Installation, ready_made

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """A command that has ended; a negative status is the signal that killed it. `traces`: what the product kept of errors."""

    status: int
    out: str
    err: str
    traces: tuple[str, ...] = ()

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Stage:
    """`scene` is what is kept and set back: the data folder, and `saida`, where commands put what they make."""

    def __init__(self, folder: Path, server: str, origin: Installation | None = None) -> None:
        """It begins as `origin` stands, else with nothing at all."""
        self.folder, self.server = folder, server
        self.scene = folder / "cena"
        self.data, self.out = self.scene / "dados", self.scene / "saida"
        self.name = f"falhas_{uuid.uuid4().hex[:12]}"
        self.url = urlunsplit(urlsplit(server)._replace(path=f"/{self.name}")) if server else ""
        self.kept: set[str] = set()
        self._line: psycopg.Connection | None = None
        self.env = {
            **os.environ,
            "VINCULA_DATA": str(self.data),
            "DATABASE_URL": self.url,
            "VINCULA_PROFILE": "sandbox",
        }
        self.out.mkdir(parents=True)
        if origin is None:
            self._sql(f"CREATE DATABASE {self.name}")
        else:
            shutil.copytree(origin.data, self.data)
            self._sql(f"CREATE DATABASE {self.name} TEMPLATE {urlsplit(origin.database_url).path[1:]}")

    @cached_property
    def _forker(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.faults.forker"],
            cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def close(self) -> None:
        if "_forker" in self.__dict__:
            assert self._forker.stdin
            self._forker.stdin.close()
            self._forker.wait(60)
            assert self._forker.stdout
            self._forker.stdout.close()
        for name in (self.name, *(f"{self.name}_{kept}" for kept in self.kept)):
            self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    # -- keeping and setting back -------------------------------------------------------------------------------------

    def keep(self, moment: str) -> None:
        """Nobody may be at work."""
        shutil.copytree(self.scene, self.folder / moment)
        self._sql(f"CREATE DATABASE {self.name}_{moment} TEMPLATE {self.name}")
        self.kept.add(moment)

    def back_to(self, moment: str) -> None:
        shutil.rmtree(self.scene)
        shutil.copytree(self.folder / moment, self.scene)
        self._sql(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._sql(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_{moment}")

    def empty(self) -> None:
        """Back to nothing at all."""
        shutil.rmtree(self.scene)
        self.out.mkdir(parents=True)
        self._sql(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._sql(f"CREATE DATABASE {self.name}")

    def _sql(self, statement: str) -> None:
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(statement.encode())

    # -- running ------------------------------------------------------------------------------------------------------

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._forker.stdin
        assert self._forker.stdout
        self._forker.stdin.write(json.dumps(order) + "\n")
        self._forker.stdin.flush()
        return int(json.loads(self._forker.stdout.readline()))

    def start(self, *argv: str, code: str = "", said: str = "") -> tuple[int, Path]:
        """Start a command in a process of its own, with `said` on its standard input; its number, and where it writes."""
        out = self.folder / f"fala-{uuid.uuid4().hex[:8]}"
        out.with_suffix(".in").write_text(said)
        return self._ask({"argv": argv, "code": code, "out": str(out)}), out

    def ended(self, process: tuple[int, Path]) -> Ended:
        """Wait for it."""
        status = self._ask({"wait": process[0]})
        traces = [path.read_text() for path in sorted((self.data / "registros").glob("erro-*.txt"))]
        return Ended(
            status, *(process[1].with_suffix(s).read_text() for s in (".out", ".err")), tuple(traces)
        )

    def run(self, *argv: str, code: str = "", said: str = "") -> Ended:
        """Run a command to its end, or to where `code` kills it."""
        return self.ended(self.start(*argv, code=code, said=said))

    def killed_after(self, seconds: float, *argv: str) -> Ended:
        """Start a command and kill its process group after so long, if it has not ended."""
        process = self.start(*argv)
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process[0], signal.SIGKILL)
        return self.ended(process)

    def command(self, *argv: str) -> subprocess.Popen[str]:
        """The installed command itself, from the start of Python on."""
        return subprocess.Popen(
            [Path(sys.executable).parent / "vincula", *argv],
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    # -- looking ------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """One connection for all that is asked inside; as long as it is there the base can be neither kept nor set
        back."""
        if not self.url:
            yield
            return
        with psycopg.connect(self.url, autocommit=True) as self._line:
            try:
                yield
            finally:
                self._line = None

    def query(self, statement: str, *, store: str = "vincula.sqlite3") -> list[tuple[Any, ...]]:
        """Rows of the base, read by a connection of the test's own."""
        if self._line is not None:
            return self._line.execute(statement.encode()).fetchall()
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(statement.encode()).fetchall()
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.data / store)) as lite:
            return cast("list[tuple[Any, ...]]", lite.execute(statement).fetchall())

    def columns(self) -> dict[str, list[str]]:
        """The columns of every table of the main base."""
        if self.url:
            statement = (
                "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
                "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            )
        else:
            statement = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        found: dict[str, list[str]] = {}
        for table, column in sorted(self.query(statement)):
            found.setdefault(table, []).append(column)
        return found

    def unfinished_jobs(self) -> int:
        table = "tarefas.tarefas_tarefa" if self.url else "tarefas_tarefa"
        return len(
            self.query(
                f"SELECT 1 FROM {table} WHERE state IN ('NA_FILA', 'EXECUTANDO')", store="tarefas.sqlite3"
            )
        )


@contextlib.contextmanager
def stage(folder: Path, *, empty: bool = False) -> Iterator[Stage]:
    """A fresh one, on the engine of this test run: with its tables made, or with nothing at all."""
    made = Stage(folder, os.environ.get("DATABASE_URL", ""), None if empty else ready_made())
    try:
        yield made
    finally:
        made.close()
