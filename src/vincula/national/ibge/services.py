"""Which municipality codes are valid: the list that the product carries, and what was loaded on top of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

from django.db import connection, transaction

from vincula.common.bulk import batches, upsert_rows
from vincula.common.loads import LoadReport, Progress, no_progress
from vincula.common.locks import exclusive
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.common.tabular import RefusedRows, Table
from vincula.common.words import counted
from vincula.formats.tables.municipios import Municipio, carried
from vincula.identifiers.digits import is_digits
from vincula.national.ibge import models
from vincula.national.ibge.opening import open_municipios
from vincula.national.ibge.rules import FAULTS, Fault, is_full, read_row

BATCH = 2_000  # rows of one commit
_KEPT = (
    "município que o arquivo não traz continua válido",
    "municípios que o arquivo não traz continuam válidos",
)
_GONE = (
    "município que ela não traz deixou de ser válido",
    "municípios que ela não traz deixaram de ser válidos",
)
_TABLE_COLUMNS = ("ibge6", "ibge7", "nome", "uf", "vigente")
_cache: tuple[str, frozenset[str]] | None = None


def municipality_codes6() -> frozenset[str]:
    """The codes of 6 digits that are valid now.

    Kept in memory; a load in any process changes a mark in the base, so a copy is never older than the last load.
    One small query per call: call it once per file, not once per row.
    """
    global _cache
    with connection.cursor() as cursor:  # by the models it would cost a registration a tenth of its time
        cursor.execute("SELECT marca FROM ibge_edicao ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        return carried().codes6
    if _cache is None or _cache[0] != row[0]:
        _cache = (row[0], _codes6())
    return _cache[1]


def _codes6() -> frozenset[str]:
    loaded = dict(models.Municipio.objects.values_list("ibge6", "vigente"))
    retired = {code for code, valid in loaded.items() if not valid}
    return carried().codes6.union(loaded) - retired


def get(code: str) -> Municipio | None:
    """The municipality of a code of 6 or 7 digits, also one no longer valid; None where there is none.

    A seventh digit must be the right one.
    """
    if not (is_digits(code, 6) or is_digits(code, 7)):
        return None
    row = models.Municipio.objects.filter(ibge6=code[:6]).values_list("ibge6", "ibge7", "nome", "uf").first()
    found = Municipio(*row) if row else carried().by_code6.get(code[:6])
    return found if found and code in (found.ibge6, found.ibge7) else None


def names(codes6: Iterable[str]) -> dict[str, str]:
    """Name and state, "São Paulo (SP)", of those of these codes of 6 digits that are known, valid now or not.

    One query for all of them.
    """
    wanted = set(codes6)
    known = carried().by_code6
    found = {code: f"{known[code].nome} ({known[code].uf})" for code in wanted & known.keys()}
    loaded = models.Municipio.objects.filter(ibge6__in=wanted)
    return found | {one.ibge6: str(one) for one in loaded if one.nome}


def load_csv(source: Path, progress: Progress = no_progress) -> Outcome[LoadReport]:
    """Load a list of municipalities: CSV with the IBGE code (7 digits, or 6), the name and the state.

    The loaded list is merged with the carried one and wins over it: its names hold, its new codes become valid. Codes
    that it lacks stay valid, unless it is a full list (`rules.is_full`: at least 5,000 municipalities, all 27 states)
    in which every code can be read: then they cease to be valid, and the report says which. Streamed, in bounded
    commits, idempotent; a load that was killed is completed by running it again. Of a code that comes several times
    the last row holds. Refused: as common.tabular.open_table.
    """
    opened = open_municipios(source)
    if isinstance(opened, Refused):
        return opened
    report = LoadReport(refused=opened.value.refused)
    try:
        with exclusive("bases:municipios"):
            _load(opened.value, report, progress)
    except RefusedError as error:
        return error.refused
    return Accepted(report)


def _load(table: Table, report: LoadReport, progress: Progress) -> None:
    last: dict[str, Municipio] = {}  # at most one per code of 6 digits: bounded, whatever the file's size
    seen: set[str] = set()
    for line, (code, name, uf) in table:
        report.rows += 1
        read = read_row(code, name, uf)
        if isinstance(read, Fault):
            report.refused.add(line, read.code, read.message, read.column)
            seen.add(read.code6)
            continue
        if read.ibge6 in last:
            report.repeated += 1
        last[read.ibge6] = read
        if report.rows % BATCH == 0:
            progress(report.rows)
    for batch in batches(sorted(last), BATCH):
        _store([(m.ibge6, m.ibge7, m.nome, m.uf, True) for m in map(last.__getitem__, batch)], report)
    progress(report.rows)
    _retire(seen | last.keys(), report)


def _store(rows: list[tuple[str, str, str, str, bool]], report: LoadReport) -> None:
    with transaction.atomic():
        counts = upsert_rows("ibge_municipio", _TABLE_COLUMNS, rows, "ibge6")
        if counts.inserted or counts.updated:
            _mark()
    report.add(counts)


def _mark() -> None:
    models.Edicao.objects.update_or_create(id=1, defaults={"marca": uuid.uuid4().hex})


def _retire(seen: set[str], report: LoadReport) -> None:
    """Codes that a full list lacks cease to be valid."""
    unread = "" in seen or _unread(report.refused)
    if not is_full(seen - {""}):
        report.notes.append("A lista não é completa: os municípios que ela não traz continuam válidos.")
        return
    gone = sorted(municipality_codes6() - seen)
    if not gone:
        return
    if unread:
        report.notes.append(
            f"{counted(len(gone), *_KEPT)}, porque nem todo código do arquivo "
            "pôde ser lido: corrija as linhas recusadas e carregue de novo."
        )
        return
    known = [carried().by_code6[code] for code in gone if code in carried().codes6]
    with transaction.atomic():
        models.Municipio.objects.bulk_create(
            (models.Municipio(ibge6=m.ibge6, ibge7=m.ibge7, nome=m.nome, uf=m.uf) for m in known),
            ignore_conflicts=True,
        )
        models.Municipio.objects.filter(ibge6__in=gone).update(vigente=False)
        _mark()
    report.notes.append(
        f"A lista é completa: {counted(len(gone), *_GONE)}: "
        f"{', '.join(gone[:20])}{' e outros' if len(gone) > 20 else ''}."
    )


def _unread(refused: RefusedRows) -> bool:
    """Whether a line was refused before its code could be looked at (a broken one)."""
    return bool(refused.by_code.keys() - FAULTS)
