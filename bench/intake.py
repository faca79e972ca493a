"""Intake of one full SBX against a bare lxml iterparse of the same file into dicts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lxml import etree

from bench import setup
from bench.data import World
from bench.report import Row

RUNS = 3
_TABLES = ("sib_vinculo", "sib_critica", "sib_movimento", "sib_arquivo")


def bare(path: Path) -> int:
    """What anybody would write first: one dict per procedure."""
    count = 0
    for _, element in etree.iterparse(str(path), tag="inclusao"):
        record = {field.tag: field.text for group in element for field in group}
        count += bool(record)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def run(world: World, engine: str) -> list[Row]:
    path = world.files()[0]
    count = bare(path)

    def ours() -> float:
        setup.execute(*(f"DELETE FROM {table}" for table in _TABLES))
        return setup.timed(lambda: setup.submit(path))

    ours()  # the first run pays for plans and caches
    limit, own = setup.paired(lambda: setup.timed(lambda: bare(path)), ours, RUNS)
    setup.execute(*(f"DELETE FROM {table}" for table in _TABLES))
    found = [
        Row(
            "intake of one SBX: receipt to RPX",
            engine,
            count,
            "lxml iterparse to dicts",
            limit,
            own,
            target=3.0,
        )
    ]
    if Path("/proc/self/status").exists():
        small, large = _peak(path, 10), _peak(path, 1)
        what = "memory of reading, whole file to a tenth"
        found.append(Row(what, engine, count, "a tenth of it", small, large, target=1.3, unit="MiB"))
    return found


_READ = """
import sys
from vincula.formats.sib import read_sbx
class Part:
    def __init__(self, f, n): self.f, self.left = f, n
    def read(self, n=-1):
        data = self.f.read(min(n if n >= 0 else self.left, self.left)); self.left -= len(data); return data
    def seekable(self): return False
    def tell(self): return 0
path, share = sys.argv[1], int(sys.argv[2])
import os
with open(path, "rb") as f:
    for run in read_sbx(Part(f, os.path.getsize(path) // share)).runs(): pass
# Not getrusage: its peak would count the parent that forked this process.
status = open("/proc/self/status").read()
print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""


def _peak(path: Path, share: int) -> float:
    """Peak memory (MiB) of a process that reads this share of the file."""
    output = subprocess.run(
        [sys.executable, "-c", _READ, str(path), str(share)], check=True, capture_output=True, text=True
    )
    return float(output.stdout)
