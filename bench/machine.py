"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path


def line() -> str:
    """One line: processor, cores, memory, versions."""
    model = (
        next(
            (
                text.split(":")[1].strip()
                for text in Path("/proc/cpuinfo").read_text().splitlines()
                if "model name" in text
            ),
            platform.processor(),
        )
        if Path("/proc/cpuinfo").exists()
        else platform.processor()
    )
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{model}, {os.cpu_count()} cores, {pages:.0f} GiB, {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; the machine is shared: trust ratios, not seconds"
    )
