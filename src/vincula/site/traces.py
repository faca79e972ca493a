"""What is kept of an error that was ours: where the program was, without the values that it had in hand."""

from __future__ import annotations

import os
import time
import traceback
from datetime import datetime, timedelta
from pathlib import Path

from vincula.common import config

FOLDER = "registros"
DAYS = 90  # long enough to have it looked into


def keep(error: Exception) -> Path | None:
    """Where the trace went: frames only, without what the exception's text might carry; None where it cannot be."""
    try:
        folder = config.load().folder(FOLDER)
        path = folder / f"erro-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        frames = "".join(traceback.format_tb(error.__traceback__))
        path.write_text(f"{type(error).__module__}.{type(error).__name__}\n{frames}", encoding="utf-8")
    except Exception:
        return None
    return path


def purge(now: datetime) -> int:
    """Remove the traces older than DAYS; how many."""
    limit = (now - timedelta(days=DAYS)).timestamp()
    old = [path for path in config.load().folder(FOLDER).glob("erro-*.txt") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
