"""Where the tests keep what they make: in memory where the system has room for it, and gone when they end.

Every write and every fsync is done as in life; only the disk below answers at once. No test is about a disk that loses
power: what they kill are processes, and what those have written stands in memory as it does in a disk's cache. Say
TMPDIR to have the files elsewhere.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SHARED = Path("/dev/shm")
ROOM = 4 * 1024**3  # bytes; a container has 64 MB there unless told otherwise


def folder() -> str | None:
    """A folder in memory for temporary files; None where whoever runs the tests, or the system, says otherwise."""
    if "TMPDIR" in os.environ or not os.access(SHARED, os.W_OK):
        return None
    return str(SHARED) if shutil.disk_usage(SHARED).free >= ROOM else None


def move_in() -> None:
    """From here on temporary files of this process, and of those it starts, are made in a new folder in memory, which
    goes when it ends."""
    if (shared := folder()) is None:
        return
    made = tempfile.mkdtemp(prefix="vincula-testes-", dir=shared)
    os.environ["TMPDIR"] = made
    tempfile.tempdir = None
    atexit.register(shutil.rmtree, made, ignore_errors=True)
