"""Opening a list of municipalities, whichever of the usual headers it has."""

from __future__ import annotations

import csv
from pathlib import Path

from vincula.common.outcomes import Outcome, Refused
from vincula.common.tabular import Limits, Table, open_table
from vincula.common.tabular.reader import DELIMITERS
from vincula.common.tabular.source import UNREADABLE, damaged, look
from vincula.national.ibge.rules import Columns, columns_of

LIMITS = Limits(size=256 << 20)


def open_municipios(source: Path) -> Outcome[Table]:
    """A table whose rows are (code, name, uf). Refused: as `open_table`; CABECALHO where code or name are missing."""
    looked = look(source, LIMITS.size)
    if isinstance(looked, Refused):
        return looked
    try:
        with looked.value.text() as text:
            line = text.readline(LIMITS.line)
    except UNREADABLE:
        return damaged(source)
    columns = _columns(line)
    if columns is None:
        return Refused(
            "CABECALHO",
            f"A primeira linha do arquivo {source.name} não traz as colunas do código e do nome do município.",
            "Dê às colunas os nomes ibge7 (ou ibge6), nome e uf, e repita.",
            {"faltam": ["ibge7", "nome"]},
        )
    extra = (columns.uf,) if columns.uf else ("uf",)
    return open_table(source, (columns.code, columns.name), optional=extra, extras=True, limits=LIMITS)


def _columns(line: str) -> Columns | None:
    readings = (columns_of(next(csv.reader([line], delimiter=d), [])) for d in DELIMITERS)
    return next((columns for columns in readings if columns), None)
