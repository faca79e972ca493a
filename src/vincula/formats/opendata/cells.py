"""The cells of a line, also where a quoted cell holds quotes that nobody escaped (`"VILA "A"";"Foz do Iguaçu"`)."""

from __future__ import annotations

import csv
import re
from functools import cache

DELIMITERS = (";", ",", "\t")
_MOST = 4
_WIDEST = 100
"""A line with more than `_MOST` times the delimiters expected, or of more than `_WIDEST` cells, is not searched for
another reading: each quote is tried against the rest of the line, and the header says how many are expected.
"""


def split(line: str, delimiter: str, width: int = 0) -> list[str]:
    """The cells of one line, unquoted. `width` is how many are expected (0: not known).

    Read by the rules of CSV where they hold and give the width; else a quote closes a cell only before a delimiter;
    else only before a delimiter that begins another cell of the kind that the file writes (quoted, empty, a number).
    Where nothing gives the width, the reading with the fewest suppositions is answered.
    """
    plain = _by_the_rules(line, delimiter)
    if plain is not None and (not width or len(plain) == width):
        return plain
    hopeless = width > _WIDEST or line.count(delimiter) > _MOST * width
    for pattern in () if hopeless else _patterns(delimiter):
        cells = [_unquoted(cell) for cell in pattern.findall(delimiter + line)]
        if len(cells) == width:
            return cells
    return plain if plain is not None else line.split(delimiter)


def _by_the_rules(line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], ...]:
    mark = re.escape(delimiter)
    unquoted = rf"[^{mark}\"][^{mark}]*|"
    return (
        re.compile(rf"{mark}(\".*?\"(?={mark}|$)|{unquoted})"),
        re.compile(rf"{mark}(\".*?\"(?={mark}(?:\"|{mark}|[0-9]|$)|$)|{unquoted})"),
    )


def _unquoted(cell: str) -> str:
    if len(cell) >= 2 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1]
    return cell.replace('""', '"')
