"""CSV for people's spreadsheets: opens in columns with accents in a Brazilian Excel, and no cell is a
formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

# What a spreadsheet takes for the beginning of a formula, full-width forms too.
_FORMULA = "=+-@\t\r\n＝＋－＠"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")


def safe_cell(value: Any) -> str:
    """The text of a cell; one that a spreadsheet would run gets an apostrophe before it, numbers stay as
    they are.
    """
    text = "" if value is None else str(value).replace("\0", "")
    start = text.lstrip(" \u00a0\ufeff")[:1]
    if start and start in _FORMULA and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def write_csv(
    out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]], *, delimiter: str = ";"
) -> int:
    """Write header and rows as UTF-8 with BOM, streamed; answers how many rows. `out` stays open."""
    count = 0
    text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([safe_cell(name) for name in header])
        for row in rows:
            writer.writerow([safe_cell(value) for value in row])
            count += 1
        text.flush()
    finally:
        text.detach()
    return count
