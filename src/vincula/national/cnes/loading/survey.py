"""The first reading of the tables of establishments: what the archive holds, before anything is written."""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field

from vincula.common.loads import LoadReport, Progress
from vincula.common.tabular.reader import Table
from vincula.national.cnes.rules import rows
from vincula.national.cnes.rules.establishment import HEADQUARTERS

_NUMBERS = 10**7  # a CNES has seven digits
HEADQUARTERS_LIMIT = 200_000  # an archive has some hundreds


def _zeros() -> memoryview[int]:
    """A number for each CNES there can be. Of the operating system: what is never written takes no memory."""
    return memoryview(mmap.mmap(-1, 4 * _NUMBERS)).cast("I")


@dataclass(slots=True)
class Subtypes:
    """The subtype of each establishment, with its type: bounded, because a CNES has seven digits."""

    _codes: memoryview[int] = field(default_factory=_zeros)
    refused: int = 0
    _BASE = 1000

    def take(self, unit: str, kind: str, subtype: str) -> None:
        """A row of rlEstabSubTipo; of several of one establishment the last one holds."""
        number, of, code = rows.number_of(unit.strip()[6:]), rows.code(kind), rows.code(subtype)
        if number is None or of is None or code is None:
            self.refused += 1
        else:
            self._codes[number] = of * self._BASE + code + 1

    def of(self, cnes: str, kind: int | None) -> int | None:
        """The subtype of an establishment, where the table gives it for this very type."""
        found = self._codes[int(cnes)] - 1
        return found % self._BASE if found >= 0 and found // self._BASE == kind else None


@dataclass(slots=True)
class Survey:
    """What tbEstabelecimento holds. `headquarters`: the CNES of the operadoras' head offices."""

    _lines: memoryview[int] = field(default_factory=_zeros)
    _refused: bytearray = field(default_factory=lambda: bytearray(_NUMBERS))
    count: int = 0
    nameless: int = 0
    headquarters: set[str] = field(default_factory=set)

    def last_line(self, cnes: str) -> int:
        """The line of the row that holds for this CNES; 0 where the file has none that is good."""
        return self._lines[int(cnes)]

    def mentions(self, cnes: str) -> bool:
        """Whether the file names the CNES, in a good row or in a refused one."""
        number = int(cnes)
        return bool(self._lines[number] or self._refused[number])

    def take(self, line: int, row: tuple[str, ...], subtypes: Subtypes) -> bool:
        """Note a good row; True where it replaces an earlier one of the same establishment."""
        cnes = rows.cnes_of(row)
        number = int(cnes)
        replaces = self._lines[number] != 0
        self._lines[number] = line
        self.count += not replaces
        kind = rows.kind_of(row)
        if (kind, subtypes.of(cnes, kind)) == HEADQUARTERS and len(self.headquarters) < HEADQUARTERS_LIMIT:
            self.headquarters.add(cnes)
        else:
            self.headquarters.discard(cnes)
        return replaces

    def refuse(self, row: tuple[str, ...]) -> None:
        """Note a refused row."""
        number = rows.number_of(rows.cnes_of(row))
        if number is None:
            self.nameless += 1
        else:
            self._refused[number] = 1


def survey_of(table: Table, subtypes: Subtypes, report: LoadReport, progress: Progress) -> Survey:
    """Read the table through; `report` gets its rows, the repeated and the refused ones. Raises RefusedError where
    the file is damaged."""
    survey = Survey()
    faults = 0
    for line, row in table:
        report.rows += 1
        if report.rows % 50_000 == 0:
            progress(report.rows)
        if fault := rows.fault_of(row):
            report.refused.add(line, fault.code, fault.message, fault.column)
            survey.refuse(row)
            faults += 1
        elif survey.take(line, row, subtypes):
            report.repeated += 1
    unread = table.refused.count - faults  # what the table itself could not read names nobody
    report.rows += unread
    survey.nameless += unread
    return survey
