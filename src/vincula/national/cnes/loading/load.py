"""The load of the archive: looked at, surveyed, judged, and only then written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import timezone

from vincula.common.bulk import batches, upsert_rows
from vincula.common.loads import LoadReport, Progress, bulk_base, bulk_memory, no_progress, refresh_statistics
from vincula.common.locks import exclusive
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.common.words import counted
from vincula.formats.opendata.cnes import ESTABLISHMENTS, SUBTYPE_OF
from vincula.national.cnes import models
from vincula.national.cnes.loading import notes, professionals, small
from vincula.national.cnes.loading.archive import Archive, open_archive
from vincula.national.cnes.loading.survey import Subtypes, Survey, survey_of
from vincula.national.cnes.rules import rows
from vincula.national.cnes.rules.absences import Absences, absences

BATCH = 20_000  # rows of one commit
_AGAIN = "Baixe de novo BASE_DE_DADOS_CNES_AAAAMM.ZIP em cnes.datasus.gov.br (downloads) e repita."


def load_zip(source: Path, progress: Progress = no_progress) -> Outcome[LoadReport]:
    """Load the monthly archive BASE_DE_DADOS_CNES_AAAAMM.ZIP (formats.opendata.cnes).

    It is taken for the whole base of its month: an establishment that it brings is as the archive has it; one that
    the archive before had and it has not is kept, marked as absent since its month, and counts no more; one that
    comes back counts again. What was registered here (origem SANDBOX) is left alone, unless the archive brings its
    number. Streamed, in bounded memory and bounded commits, absences last; the same archive again changes nothing; a
    load that was killed is completed by running it again. Rows of an establishment that cannot be told are refused
    and reported.

    Refused, with nothing changed: what open_archive refuses; CABECALHO; ARQUIVO_DANIFICADO; CNES_ANTERIOR (older
    than the newest archive loaded); SEM_ESTABELECIMENTOS; CNES_INCOMPLETO (more than half would become absent).
    """
    opened = open_archive(source)
    if isinstance(opened, Refused):
        return opened
    try:
        with exclusive("bases:cnes"), bulk_memory(), bulk_base():
            return Accepted(_load(opened.value, progress))
    except RefusedError as error:
        return error.refused


def _load(archive: Archive, progress: Progress) -> LoadReport:
    _must_not_be_older(archive)
    report = LoadReport()
    subtypes = _subtypes(archive)
    table, places = _accepted(archive.table(ESTABLISHMENTS))
    report.refused = table.refused
    survey = survey_of(table, subtypes, report, progress)
    if not survey.count:
        raise RefusedError(
            Refused(
                "SEM_ESTABELECIMENTOS",
                f"O arquivo {archive.path.name} não traz estabelecimento que se possa ler; nada mudou.",
                _AGAIN,
            )
        )
    change = _absences(archive, survey)
    before = notes.headquarters()
    models.Carga.objects.get_or_create(competencia=archive.month, defaults={"iniciada_em": timezone.now()})
    report.notes.extend(notes.of_archive(archive, places, subtypes, survey))
    report.notes.extend(small.store(archive))
    replaced = _store(archive, survey, subtypes, report, progress)
    _mark_absent(change, archive.month)
    refresh_statistics("cnes_estabelecimento")
    report.notes.extend(notes.of_changes(change, before, notes.headquarters(), replaced))
    report.notes.extend(professionals.store(archive, survey.headquarters))
    models.Carga.objects.filter(pk=archive.month, completa_em__isnull=True).update(completa_em=timezone.now())
    progress(report.rows)
    return report


def _must_not_be_older(archive: Archive) -> None:
    newest = models.Carga.objects.aggregate(newest=Max("competencia"))["newest"]
    if newest is not None and archive.month < newest:
        raise RefusedError(
            Refused(
                "CNES_ANTERIOR",
                f"O arquivo {archive.path.name} é de {notes.month(archive.month)}, e a base já tem o de "
                f"{notes.month(newest)}. Nada mudou.",
                "Carregue o arquivo do mesmo mês ou de um mês mais novo.",
                {"arquivo": archive.month, "base": newest},
            )
        )


def _accepted(outcome: Outcome[Any]) -> Any:
    if isinstance(outcome, Refused):
        raise RefusedError(outcome)
    return outcome.value


def _subtypes(archive: Archive) -> Subtypes:
    table, _ = _accepted(archive.table(SUBTYPE_OF))
    subtypes = Subtypes()
    for _, (unit, kind, code) in table:
        subtypes.take(unit, kind, code)
    subtypes.refused += table.refused.count
    return subtypes


def _absences(archive: Archive, survey: Survey) -> Absences:
    loaded = models.Estabelecimento.objects.filter(origem="CARGA", ausente_desde__isnull=True)
    change = absences(loaded.values_list("pk", flat=True).iterator(50_000), survey.mentions, survey.count)
    if change.allowed:
        return change
    raise RefusedError(
        Refused(
            "CNES_INCOMPLETO",
            f"O arquivo {archive.path.name} traz {counted(survey.count, 'estabelecimento', 'estabelecimentos')} e "
            f"faltariam {len(change.gone)} dos {change.present} da base, mais da metade: não parece a base inteira. "
            "Nada mudou.",
            _AGAIN,
            {"estabelecimentos": survey.count, "faltariam": len(change.gone), "na_base": change.present},
        )
    )


def _store(
    archive: Archive, survey: Survey, subtypes: Subtypes, report: LoadReport, progress: Progress
) -> list[str]:
    """Write the rows that hold; answers the numbers given out here that the archive turned out to bring."""
    table, _ = _accepted(archive.table(ESTABLISHMENTS))
    ours = set(models.Estabelecimento.objects.filter(origem="SANDBOX").values_list("pk", flat=True))
    replaced: list[str] = []
    done = 0
    for batch in batches(_held(table, survey, subtypes), BATCH):
        replaced.extend(str(row[0]) for row in batch if row[0] in ours)
        batch.sort(key=lambda row: str(row[0]))  # in the order of the key: neighbours share a page
        report.add(upsert_rows("cnes_estabelecimento", rows.COLUMNS, batch, "cnes"))
        done += len(batch)
        progress(done)
    return replaced


def _held(table: Any, survey: Survey, subtypes: Subtypes) -> Iterator[tuple[object, ...]]:
    for line, row in table:
        if rows.fault_of(row) is None:
            cnes = rows.cnes_of(row)
            if survey.last_line(cnes) == line:
                yield rows.cells(row, subtypes.of(cnes, rows.kind_of(row)))


def _mark_absent(change: Absences, month: int) -> None:
    for batch in batches(change.gone, 500):
        found = models.Estabelecimento.objects.filter(
            pk__in=batch, origem="CARGA", ausente_desde__isnull=True
        )
        found.update(ausente_desde=month)
