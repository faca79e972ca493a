"""The load of the register from the open-data file of ANS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db.models import Max
from django.utils import timezone

from vincula.common.bulk import batches, upsert_rows
from vincula.common.loads import LoadReport, Progress, no_progress
from vincula.common.locks import exclusive
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.tabular.source import UNREADABLE, Source, damaged, look, open_bytes
from vincula.common.words import counted
from vincula.formats.opendata import CadopFault, CadopRow, Layout, read_cadop
from vincula.national.cadop import models
from vincula.national.cadop.notes import notes
from vincula.national.cadop.rules import Absences, absences, folded
from vincula.national.cadop.survey import Survey, survey_of

MAX_BYTES = 64 << 20  # the official file has half a megabyte
BATCH = 500  # rows of one commit
_TEXTS = (
    "registro_ans", "cnpj", "razao_social", "nome_fantasia", "modalidade", "logradouro", "numero", "complemento",
    "bairro", "cidade", "uf", "cep", "ddd", "telefone", "fax", "email", "representante", "cargo_representante",
)  # fmt: skip
_COLUMNS = (*_TEXTS, "data_registro", "ativa", "inativa_desde", "busca")
_AGAIN = "Baixe de novo o relatório completo de operadoras ativas da ANS e repita."


def load_csv(
    source: Path, progress: Progress = no_progress, *, today: date | None = None
) -> Outcome[LoadReport]:
    """Load the register of active operadoras, in either official layout (formats.opendata); also gzip.

    The file is taken for the whole register: who is in it is active; who was active and is absent becomes inactive as
    of `today` (default: the day in Brazil), is kept, and is named in the notes. An operadora whose row is refused
    stays as it is. Of a registro that comes several times the last row holds. Idempotent: the same file again changes
    nothing. Streamed in two readings, bounded commits, absences last: a load that was killed is completed by running
    it again. Refused, with nothing changed: what common.tabular refuses of a file, CABECALHO, SEM_OPERADORAS, and
    CADOP_INCOMPLETO where more than half of the active operadoras would become inactive (rules.absences).
    """
    looked = look(source, MAX_BYTES)
    if isinstance(looked, Refused):
        return looked
    try:
        with exclusive("bases:cadop"):
            return _load(looked.value, progress, today or timezone.localdate())
    except UNREADABLE:
        return damaged(source)


def _load(source: Source, progress: Progress, today: date) -> Outcome[LoadReport]:
    report = LoadReport()
    survey = survey_of(_items(source), report)
    before = dict(models.Operadora.objects.values_list("registro_ans", "ativa"))
    active = {registro for registro, ativa in before.items() if ativa}
    change = absences(active, survey.lines.keys(), survey.registros | _of_cnpjs(survey.cnpjs))
    if refused := _refusal(source, survey, change, len(active)):
        return refused
    newest_known = models.Operadora.objects.aggregate(newest=Max("data_registro"))["newest"]
    _store(source, survey, report, progress)
    for batch in batches(change.gone, BATCH):
        models.Operadora.objects.filter(pk__in=batch, ativa=True).update(ativa=False, inativa_desde=today)
    back = sorted(before.keys() & survey.lines.keys() - active)
    report.notes.extend(notes(survey, change, back, newest_known, today))
    progress(report.rows)
    return Accepted(report)


def _items(source: Source) -> Iterator[CadopRow | CadopFault]:
    with open_bytes(source.path, packed=source.packed) as raw:
        yield from read_cadop(cast(BinaryIO, raw))


def _of_cnpjs(cnpjs: set[str]) -> set[str]:
    """The registros that the base has under these CNPJs."""
    found: set[str] = set()
    for batch in batches(cnpjs, BATCH):
        found.update(models.Operadora.objects.filter(cnpj__in=batch).values_list("registro_ans", flat=True))
    return found


def _refusal(source: Source, survey: Survey, change: Absences, active: int) -> Refused | None:
    name, fault = source.path.name, survey.whole_file
    if fault:
        return Refused(fault.code, f"{name}: {fault.message}", fault.remedy, {"colunas": list(fault.columns)})
    if not survey.lines:
        return Refused(
            "SEM_OPERADORAS", f"O arquivo {name} não traz operadora que se possa ler; nada mudou.", _AGAIN
        )
    if not change.allowed:
        return Refused(
            "CADOP_INCOMPLETO",
            f"O arquivo {name} traz {counted(len(survey.lines), 'operadora', 'operadoras')} e tornaria inativas "
            f"{len(change.gone)} das {active} ativas, mais da metade: não parece o registro completo. Nada mudou.",
            _AGAIN,
            {"operadoras": len(survey.lines), "inativaria": len(change.gone), "ativas": active},
        )
    return None


def _store(source: Source, survey: Survey, report: LoadReport, progress: Progress) -> None:
    # The former layout has no region: what the base knows of it stays.
    columns = _COLUMNS if survey.layout is Layout.ANTERIOR else (*_COLUMNS, "regiao")
    good = (item for item in _items(source) if isinstance(item, CadopRow))
    last = (row for row in good if survey.lines.get(row.registro_ans) == row.line)
    for batch in batches(last, BATCH):
        rows = [_cells(row)[: len(columns)] for row in batch]
        report.add(upsert_rows("cadop_operadora", columns, rows, "registro_ans"))
        progress(report.inserted + report.updated + report.unchanged)


def _cells(row: CadopRow) -> tuple[Any, ...]:
    """A row as the table holds it, in the order of `_COLUMNS` and the region."""
    texts = (getattr(row, column) for column in _TEXTS)
    registered = row.data_registro.isoformat() if row.data_registro else None
    search = folded(f"{row.razao_social} {row.nome_fantasia}")
    return (*texts, registered, True, None, search, row.regiao)
