"""The load of a CNS base file: streamed, in bounded commits, each of them a batch of registrations."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from vincula.common.bulk import batches
from vincula.common.loads import LoadReport, Progress, bulk_base, bulk_memory, no_progress, refresh_statistics
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.common.tabular import RefusedRows, open_table
from vincula.common.words import counted
from vincula.national.cadsus import rows as rules
from vincula.national.cadsus.services import intake, store
from vincula.national.cadsus.services.records import Author, Fate, Registration, Result

BATCH = 20_000  # rows of one commit
AUTHOR = Author("carga:cadsus")
_JOINED = ("registro juntado", "registros juntados")


def load_csv(source: Path, progress: Progress = no_progress) -> Outcome[LoadReport]:
    """Load persons and cards from a CSV in the columns of `rows.COLUMNS` (others are passed over).

    A row whose registration the base has changes it only if it is newer; one of a person already there is
    joined to him; a CPF borne by who cannot be taken for the same person becomes disputed. Running a load
    again, also one that was killed, gives the same base. Refused: as common.tabular.open_table; a row that
    is not fit is left out and reported.
    """
    opened = open_table(source, rules.REQUIRED, optional=rules.OPTIONAL, extras=True)
    if isinstance(opened, Refused):
        return opened
    load = _Load(LoadReport(refused=opened.value.refused))
    try:
        with bulk_memory(), bulk_base():
            for batch in batches(opened.value, BATCH):
                load.take(batch)
                progress(load.report.rows)
    except RefusedError as error:
        return error.refused
    refresh_statistics("cadsus_pessoa", "cadsus_identificador", "cadsus_cartao")
    return Accepted(load.finished())


class _Load:
    """What the load has done so far."""

    def __init__(self, report: LoadReport) -> None:
        self.report = report
        self._fates: Counter[Fate] = Counter()
        self._disputed_before = _disputed()

    def take(self, batch: list[tuple[int, rules.Row]]) -> None:
        """One commit: the rows of the batch that are fit."""
        fit = batch if rules.sound([row for _, row in batch]) else _fit(batch, self.report.refused)
        arrived = list(rules.registrations(fit))
        results = store.whole(lambda: intake.apply(arrived, AUTHOR)) if arrived else []
        _report(arrived, results, self.report.refused)
        self._fates.update(result.fate for result in results)
        self.report.rows += len(batch)

    def finished(self) -> LoadReport:
        report, fates = self.report, self._fates
        report.inserted = fates[Fate.NEW]
        report.updated = fates[Fate.JOINED] + fates[Fate.UPDATED]
        report.unchanged = fates[Fate.UNCHANGED]
        if joined := fates[Fate.JOINED]:
            report.notes.append(f"{counted(joined, *_JOINED)} a pessoas que já tinham outro.")
        report.notes += _about_disputes(self._disputed_before, _disputed())
        return report


def _disputed() -> int:
    """How many CPFs of the base several persons claim now. Few have claims: they are counted, not the whole base."""
    found = store.fetch(
        "SELECT count(*) FROM cadsus_identificador WHERE tipo = 1 AND disputado "
        "AND valor IN (SELECT cpf FROM cadsus_reivindicacao)"
    )
    return int(found[0][0])


def _about_disputes(before: int, now: int) -> list[str]:
    """What holds of the base, not what the rows of the file met on their way: the same file again says the same."""
    if not now:
        return [f"Nenhum CPF em disputa na base; antes da carga: {before}."] if before else []
    if now == before:
        since = "como antes da carga"
    else:
        since = f"{abs(now - before)} a {'mais' if now > before else 'menos'} do que antes da carga"
    return [
        f"{now} CPF em disputa na base, {since}: mais de uma pessoa o informa; veja com"
        " vincula bases review --out ARQUIVO.csv."
    ]


def _fit(batch: list[tuple[int, rules.Row]], refused: RefusedRows) -> list[tuple[int, rules.Row]]:
    fit = []
    for line, row in batch:
        if fault := rules.fault_of(row):
            refused.add(line, fault.code, fault.message, fault.column)
        else:
            fit.append((line, row))
    return fit


def _report(arrived: list[Registration], results: list[Result], refused: RefusedRows) -> None:
    for one, result in zip(arrived, results, strict=True):
        if result.fate is Fate.CARD_TAKEN:
            fault = rules.CARD_TAKEN
            refused.add(one.line, fault.code, fault.message, fault.column)
