"""The small tables of the archive: types, subtypes, reasons of deactivation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from vincula.common.bulk import upsert_rows
from vincula.common.outcomes import Refused, RefusedError
from vincula.formats.opendata.cnes import REASONS, SUBTYPES, TYPES
from vincula.national.cnes.loading.archive import Archive
from vincula.national.cnes.rules.rows import CELL_LIMIT, code

_LIMIT = 10_000  # rows; the largest of them has about a hundred


def store(archive: Archive) -> list[str]:
    """Load what can be read of them; answers what cannot, in words: none of them decides whether a number counts."""
    told, lacking = [], []
    for table, target, columns in (
        (TYPES, "cnes_tipo_unidade", ("codigo", "descricao")),
        (SUBTYPES, "cnes_subtipo", ("chave", "tipo", "codigo", "descricao")),
        (REASONS, "cnes_motivo_desativacao", ("codigo", "descricao")),
    ):
        opened = archive.table(table)
        if table not in archive.members:
            lacking.append(table)
            continue
        if isinstance(opened, Refused):
            told.append(f"{opened.message} Fica o que a base já tinha dela.")
            continue
        try:
            rows = {row[0]: row for row in _rows(table, islice(opened.value[0], _LIMIT))}
        except RefusedError as error:
            told.append(f"{error.refused.message} Fica o que a base já tinha de {table}.")
            continue
        upsert_rows(target, columns, list(rows.values()), columns[0])
    if lacking:
        told.append(f"O arquivo não traz {', '.join(lacking)}: fica o que a base já tinha.")
    return told


def _rows(table: str, read: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[Any, ...]]:
    for _, cells in read:
        *numbers, words = (cell.strip() for cell in cells)
        codes = [code(number) for number in numbers]
        if not words or len(words) > CELL_LIMIT:
            continue
        if table == REASONS:
            if numbers[0] and len(numbers[0]) <= 10:
                yield numbers[0], words
        elif table == TYPES:
            if codes[0] is not None:
                yield codes[0], words
        elif codes[0] is not None and codes[1] is not None:
            yield codes[0] * 1000 + codes[1], codes[0], codes[1], words
