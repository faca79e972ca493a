"""A table read row by row: what is wrong with a row refuses that row, what is wrong with the file refuses
the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from vincula.common.outcomes import RefusedError
from vincula.common.tabular.refused import RefusedRows
from vincula.common.tabular.source import UNREADABLE, Source, damaged

_SURROGATE = re.compile("[\udc80-\udcff]")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what a file may hold: characters of a line (at most 131,072), lines of one record (quoted
    line ends), bytes in all.
    """

    line: int = 65_536
    record_lines: int = 100
    size: int = 20 << 30

    def __post_init__(self) -> None:
        if self.line > csv.field_size_limit():
            raise ValueError("the limit of a line is above the CSV parser's own")


DEFAULT = Limits()


class Table:
    """An open table: iterate it for `(line, row)`, `row` being a tuple of `str` in the order asked for.

    `line` is where the row begins (the header is line 1). Rows that cannot be read are skipped and reported
    in `refused`, to which the caller adds its own. `lines` is the number of lines of the file, for a
    progress bar. Iterating raises RefusedError(ARQUIVO_DANIFICADO) only if the file changes meanwhile.
    """

    def __init__(
        self, source: Source, columns: Sequence[str], header: Sequence[str], delimiter: str, limits: Limits
    ):
        self.columns = tuple(columns)
        self.encoding = source.encoding
        self.delimiter = delimiter
        self.lines = source.lines
        self.refused = RefusedRows()
        self._source = source
        self._width = len(header)
        self._pick = _picker([header.index(c) if c in header else None for c in columns])
        self._limits = limits
        self._line = 0

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        try:
            with self._source.text() as text:
                yield from self._rows(text)
        except UNREADABLE:
            raise RefusedError(damaged(self._source.path)) from None

    def _rows(self, text: io.TextIOWrapper) -> Iterator[tuple[int, tuple[str, ...]]]:
        self._line = 0
        records = csv.reader(self._sound_lines(text), delimiter=self.delimiter)
        next(records)  # the header, looked at when the table was opened
        read = records.line_num
        width, pick = self._width, self._pick
        for row in records:
            first = self._line - (records.line_num - read) + 1
            read = records.line_num
            if len(row) == width:
                yield first, pick(row)
            elif row:
                message = f"A linha tem {len(row)} colunas e o cabeçalho {width}: confira o separador."
                self.refused.add(first, "COLUNAS_DA_LINHA", message)

    def _sound_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The lines that a CSV parser can take, each quoted record whole; `_line` is the last one."""
        waiting: deque[tuple[int, str]] = deque()
        numbered = _numbered(text, self._limits.line)
        while True:
            item = waiting.popleft() if waiting else next(numbered, None)
            if item is None:
                return
            number, line = item
            fault = self._fault(line)
            if fault:
                self.refused.add(number, *fault)
                continue
            if line.count('"') % 2 == 0:
                self._line = number
                yield line
                continue
            group = self._until_closed(item, waiting, numbered)
            if group is None:
                self.refused.add(
                    number, "ASPAS", "As aspas abertas nesta linha não se fecham: feche-as ou dobre-as."
                )
                continue
            for self._line, part in group:
                yield part

    def _fault(self, line: str) -> tuple[str, str] | None:
        if len(line) > self._limits.line:
            return (
                "LINHA_LONGA",
                f"A linha passa de {self._limits.line} caracteres: confira se falta uma quebra.",
            )
        if "\0" in line:
            return "NULO", "A linha tem um caractere nulo (NUL): gere o arquivo de novo."
        if not line.isascii() and _SURROGATE.search(line):
            return "CODIFICACAO", "A linha tem um byte que não é UTF-8, como o resto do arquivo: corrija-a."
        return None

    def _until_closed(
        self, first: tuple[int, str], waiting: deque[tuple[int, str]], numbered: Iterator[tuple[int, str]]
    ) -> list[tuple[int, str]] | None:
        """The lines of a quoted record that goes on; what was read in vain goes back to `waiting`."""
        group = [first]
        size = len(first[1])
        while len(group) < self._limits.record_lines and size <= self._limits.line:
            item = waiting.popleft() if waiting else next(numbered, None)
            if item is None:
                break
            group.append(item)
            size += len(item[1])
            if self._fault(item[1]):
                break
            if item[1].count('"') % 2 and size <= self._limits.line:
                return group
        waiting.extendleft(reversed(group[1:]))
        return [first] if _closes(first[1], self.delimiter) else None


def _closes(line: str, delimiter: str) -> bool:
    """Whether a line with an odd number of quotes is whole by itself (a quote inside an unquoted cell: 5"
    disk).
    """
    try:
        next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _picker(places: Sequence[int | None]) -> Callable[[list[str]], tuple[str, ...]]:
    """Puts a row's cells into the order asked for; a column that the file does not have is ""."""
    known = [p for p in places if p is not None]
    if len(known) == len(places) and len(places) > 1:
        return itemgetter(*known)
    return lambda row: tuple("" if p is None else row[p] for p in places)


def _numbered(text: io.TextIOWrapper, limit: int) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; of a line longer than the limit only the beginning, however long it is."""
    number = 0
    while line := text.readline(limit + 2):
        number += 1
        yield number, line
        rest = line
        while len(line) > limit and rest and not rest.endswith(("\n", "\r")):
            rest = text.readline(limit)
