"""The rows of a file that were not taken, and why: the first ones in full, all of them counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

from vincula.common.tabular.export import write_csv

SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Line of the file (the header is line 1), stable code, column ("" for the whole row), Portuguese
    sentence.
    """

    line: int
    code: str
    column: str
    message: str


@dataclass(slots=True)
class RefusedRows:
    """A bounded report: at most `limit` rows are kept, `count` and `by_code` count all. Holds no cell's
    content.
    """

    limit: int = SHOWN
    count: int = 0
    by_code: Counter[str] = field(default_factory=Counter)
    rows: list[RefusedRow] = field(default_factory=list)

    def add(self, line: int, code: str, message: str, column: str = "") -> None:
        """Note a refused row. The message says what is wrong and what to do, without personal data."""
        self.count += 1
        self.by_code[code] += 1
        if len(self.rows) < self.limit:
            self.rows.append(RefusedRow(line, code, column, message))

    @property
    def truncated(self) -> bool:
        """Whether more rows were refused than are kept."""
        return self.count > len(self.rows)

    def write_csv(self, out: BinaryIO) -> int:
        """The report as a CSV for a spreadsheet; answers how many rows it has."""
        rows = ((r.line, r.code, r.column, r.message) for r in self.rows)
        return write_csv(out, ("linha", "codigo", "coluna", "mensagem"), rows)
