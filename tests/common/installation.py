"""An installation of a test's own, used by real processes: what a kill leaves is what a user would find."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

PRELUDE = "from vincula.site import ready\nready.setup()\n"


class Installation:
    """A data folder and, on PostgreSQL, a database; `run` and `start` execute Python with Vincula set up."""

    def __init__(self, data: Path, database_url: str) -> None:
        self.data = data
        self.database_url = database_url
        self.env = {
            **os.environ,
            "VINCULA_DATA": str(data),
            "DATABASE_URL": database_url,
            "VINCULA_PROFILE": "sandbox",
        }
        self.imports = ""

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start a process; its standard output is a pipe."""
        command = [sys.executable, "-c", PRELUDE + self.imports + textwrap.dedent(code)]
        return subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, text=True)

    def run(self, code: str) -> str:
        """Run to the end; what it printed."""
        process = self.start(code)
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0, f"exit {process.returncode}: {out}"
        return out


@contextmanager
def database(template: str = "") -> Iterator[str]:
    """A database of its own on the server of this test run ("" on SQLite), dropped afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"instalacao_{uuid.uuid4().hex[:12]}"
    origin = f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{origin}".encode())
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def prepared(folder: Path) -> Iterator[Installation]:
    """A fresh installation, made ready."""
    with database() as url:
        made = Installation(folder, url)
        made.run("ready.prepare()")
        yield made


_end = ExitStack()


@cache
def ready_made() -> Installation:
    """One just made ready, to be copied and not used itself: to make the tables takes seconds, to copy them does not."""
    folder = _end.enter_context(tempfile.TemporaryDirectory(prefix="vincula-pronta-"))
    return _end.enter_context(prepared(Path(folder) / "dados"))


def forget() -> None:
    """At the end of the tests of this process."""
    ready_made.cache_clear()
    _end.close()


@contextmanager
def copied(origin: Installation, folder: Path) -> Iterator[Installation]:
    """One that begins as the other stands (nobody may be using it)."""
    shutil.copytree(origin.data, folder)
    with database(origin.database_url) as url:
        yield Installation(folder, url)
