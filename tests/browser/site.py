"""The real site in a process of its own (granian, as in life), on a free loopback port, with a base of its
own.

On SQLite the base is a temporary folder; on PostgreSQL (DATABASE_URL set) a fresh database on that server.
People and data are put in by small Python texts that run in the site's own environment (`Site.run`), or by
the command line.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.common.installation import Installation, copied

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
_CONSOLE = """
import json, sys
for line in sys.stdin:
    exec(json.loads(line))
    print("feito", flush=True)
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address without a final slash, its data folder and its environment."""

    url: str
    data: Path
    environment: dict[str, str]

    def run(self, code: str, *arguments: str) -> str:
        """Run Python in the site's environment; what it prints comes back. Fails when it does."""
        text = "from vincula.site import ready\nready.setup()\n" + textwrap.dedent(code)
        done = subprocess.run(
            [sys.executable, "-c", text, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def console(self, code: str) -> Iterator[Callable[[str], None]]:
        """One Python in the site's environment for many small texts, each run when it is handed over: to start one takes
        a second."""
        text = f"from vincula.site import ready\nready.setup()\n{code}\n{_CONSOLE}"
        with subprocess.Popen(
            [sys.executable, "-c", text],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as python:
            assert python.stdin is not None
            assert python.stdout is not None

            def do(more: str) -> None:
                python.stdin.write(json.dumps(more) + "\n")
                python.stdin.flush()
                assert python.stdout.readline() == "feito\n", "o texto falhou"

            yield do
            python.stdin.close()

    def people(self, *people: tuple[str, str, str, *tuple[str, ...]]) -> None:
        """Open accounts: CPF, name, password, and the operadoras (registros ANS) that each acts for."""
        self.run(
            """
            import json, sys
            from vincula.common.accounts.services import create_person, join_operadora
            for cpf, nome, password, *operadoras in json.loads(sys.argv[1]):
                outcome = create_person(cpf, nome, password=password)
                assert hasattr(outcome, "value"), outcome
                for registro in operadoras:
                    join_operadora(outcome.value, registro)
            """,
            json.dumps(people),
        )


@contextlib.contextmanager
def worker(site: Site) -> Iterator[None]:
    """The worker at the site's side: jobs, and mails into the sandbox's mailbox."""
    with tempfile.TemporaryFile() as out:
        working = subprocess.Popen(
            [sys.executable, "-m", "vincula.site.worker"],
            env=site.environment,
            cwd=ROOT,
            stdout=out,
            stderr=out,
        )
        try:
            yield
        finally:
            working.terminate()
            working.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"o site não subiu:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(f"{url}/mapa/", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"o site não respondeu em {START_SECONDS} s:\n{log.read_text()}")


@contextlib.contextmanager
def serve(fresh: Installation, **variables: str) -> Iterator[Site]:
    """Start the site on a copy of an installation that is ready, stop it at the end. `variables` of its environment."""
    with (
        tempfile.TemporaryDirectory(prefix="vincula-navegador-") as folder,
        copied(fresh, Path(folder) / "dados") as base,
    ):
        environment = base.env | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            **variables,
        }
        port = _free_port()
        log = Path(folder) / "site.log"
        command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--no-ws", "--log-level", "warning", "vincula.site.wsgi:application"]
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", *command], env=environment, cwd=ROOT, stdout=out, stderr=out
            )
        try:
            _wait(f"http://127.0.0.1:{port}", server, log)
            yield Site(f"http://127.0.0.1:{port}", base.data, environment)
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
