"""Opening a table: its separator, and its columns against those expected."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.tabular.reader import DEFAULT, DELIMITERS, Limits, Table
from vincula.common.tabular.source import UNREADABLE, Source, damaged, look


def open_table(
    path: Path,
    columns: Sequence[str],
    *,
    optional: Sequence[str] = (),
    extras: bool = False,
    limits: Limits = DEFAULT,
) -> Outcome[Table]:
    """Open a CSV (also gzip) that has these columns, in any order, their case and blanks around them left
    aside.

    Rows come in the order `columns + optional`; an optional column that the file lacks is "". Further
    columns refuse the file, unless `extras` lets them be passed over. Refused: what `look` refuses,
    and CABECALHO; `details` names the columns
    `faltam`, `sobram`, `repetidas`.
    """
    looked = look(path, limits.size)
    if isinstance(looked, Refused):
        return looked
    try:
        names, delimiter = _header(looked.value, columns, limits)
    except UNREADABLE:
        return damaged(path)
    wanted = [_plain(c) for c in (*columns, *optional)]
    refused = _compare(path.name, names, wanted[: len(columns)], wanted, extras)
    return refused or Accepted(Table(looked.value, wanted, names, delimiter, limits))


def _plain(name: str) -> str:
    return name.strip().casefold()


def _header(source: Source, columns: Sequence[str], limits: Limits) -> tuple[list[str], str]:
    """The column names of the first line, by the separator that shows most of the expected ones."""
    with source.text() as text:
        line = text.readline(limits.line)
    wanted = {_plain(c) for c in columns}
    readings = [([_plain(n) for n in next(csv.reader([line], delimiter=d), [])], d) for d in DELIMITERS]
    return max(readings, key=lambda reading: (len(wanted.intersection(reading[0])), len(reading[0])))


def _compare(
    file: str, names: list[str], required: list[str], wanted: list[str], extras: bool
) -> Refused | None:
    missing = [name for name in required if name not in names]
    surplus = [] if extras else [name for name in names if name not in wanted]
    repeated = [name for name, times in Counter(names).items() if times > 1 and name in wanted]
    if not (missing or surplus or repeated):
        return None
    remedy = f"Corrija a primeira linha; são esperadas: {', '.join(required)}."
    if missing == required:
        # It may well be a row of data: what it says is not repeated.
        return Refused(
            "CABECALHO",
            f"A primeira linha do arquivo {file} não traz os nomes das colunas.",
            remedy,
            {"faltam": missing},
        )
    faults = [
        f"{label}: {', '.join(name or '(sem nome)' for name in found[:20])}"
        for label, found in (("faltam", missing), ("sobram", surplus), ("repetidas", repeated))
        if found
    ]
    return Refused(
        "CABECALHO",
        f"As colunas do arquivo {file} não são as esperadas; {'; '.join(faults)}.",
        remedy,
        {"faltam": missing, "sobram": surplus, "repetidas": repeated},
    )
