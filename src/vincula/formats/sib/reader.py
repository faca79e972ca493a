"""Reads an SBX as a stream: the header at once, then runs of procedures, then what became of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from vincula.formats.sib.body import Batch, Body
from vincula.formats.sib.digest import HashDiagnosis, compare
from vincula.formats.sib.digests import Mistakes, Readings
from vincula.formats.sib.envelope import Header
from vincula.formats.sib.faults import SAFETY_RULE, Fault, FaultList
from vincula.formats.sib.limits import DEFAULT, Limits
from vincula.formats.sib.skeleton import Skeleton, read_opening
from vincula.formats.sib.source import FatalFault, Source, fatal
from vincula.formats.sib.strict import PieceReader, Row
from vincula.formats.sib.tokens import BODY_PATH


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive procedures of one kind. `first` is the number in the file, from 1, of the first of them.

    Rows of kind 1 (inclusão) are tuples in COLUMNS_INCLUSAO order, "" where absent; of the others dicts with only
    the fields sent (a `complemento` sent empty is there as "").
    """

    kind: int
    first: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the whole file.

    `procedures` counts all, past the limit too; `no_movement_reason` is "61" or "62" of a file sem movimento.
    `faults` holds the first of them up to the limit, `fault_count` counts all. `complete`: read to the end.
    """

    procedures: int
    no_movement_reason: str | None
    hash_informed: str | None
    hash_computed: str
    hash_diagnosis: HashDiagnosis
    faults: list[Fault]
    fault_count: int
    truncated_faults: bool
    complete: bool


class SbxReader:
    """One reading of an SBX. Never raises on bad content: what is bad becomes a `Fault` of the outcome.

    `header` is there at once. Exhaust `runs()`, then ask for `outcome`. After the first fault no more rows come, but
    the rest of the file is gone through for its faults. `fast=False` reads everything by the strict path.
    """

    def __init__(
        self,
        source: BinaryIO,
        limits: Limits = DEFAULT,
        *,
        fast: bool = True,
        readings: Readings | None = None,
    ) -> None:
        self._stream = source
        self._start = source.tell() if source.seekable() else None
        self._limits = limits
        self._fast = fast
        self._readings = readings or Readings()
        self._source = Source(source, limits)
        self._faults = FaultList(limits.faults)
        self._skeleton: Skeleton | None = None
        self._tags: tuple[str, ...] = ()
        self._outcome: Outcome | None = None
        self._procedures = 0
        self._complete = True
        self.header = Header()
        try:
            self._open()
        except FatalFault as error:
            self._stop(error)

    @property
    def faults(self) -> list[Fault]:
        """The faults found so far; it grows while `runs()` is gone through."""
        return self._faults.kept

    @property
    def outcome(self) -> Outcome:
        """What became of the file. Raises `RuntimeError` before `runs()` is exhausted: the caller's mistake."""
        if self._outcome is None:
            raise RuntimeError("SbxReader.outcome asked for before runs() was exhausted")
        return self._outcome

    def runs(self) -> Iterator[Run]:
        """The procedures in file order, at most `limits.run_rows` at a time, one kind each."""
        yield from self._everything()
        if self._outcome is None:
            self._outcome = self._conclude()

    def _everything(self) -> Iterator[Run]:
        if not self._complete:
            return
        try:
            yield from self._read_body()
            self._close()
        except FatalFault as error:
            self._stop(error)

    def _open(self) -> None:
        self._source.more()
        opening = read_opening(self._source, BODY_PATH, self._limits)
        self._tags = opening.tags
        self._skeleton = Skeleton(opening, self._limits)
        self.header, faults = self._skeleton.open()
        for fault in faults:
            self._faults.add(fault)
        self._readings.root(self._skeleton.attributes, has_schema_location=self._skeleton.has_schema_location)
        self._readings.feed(self._skeleton.before)

    def _read_body(self) -> Iterator[Run]:
        if not self._tags:
            return
        strict = PieceReader(self._tags, BODY_PATH, self._limits)
        body = Body(self._source, strict, self._limits, self._faults, self._readings.feed, fast=self._fast)
        try:
            pending: Batch = (0, 1, [])
            for kind, first, rows in body.batches():
                if self._faults.count:
                    continue
                if kind == pending[0] and len(pending[2]) + len(rows) <= self._limits.run_rows:
                    pending[2].extend(rows)
                else:
                    yield from self._split(*pending)
                    pending = (kind, first, rows)
            if not self._faults.count:
                yield from self._split(*pending)
        finally:
            self._procedures = body.count
            self._complete = self._complete and body.well_formed

    def _split(self, kind: int, first: int, rows: list[Row]) -> Iterator[Run]:
        rows = rows[: max(self._limits.procedures - first + 1, 0)]
        for start in range(0, len(rows), self._limits.run_rows):
            yield Run(kind, first + start, rows[start : start + self._limits.run_rows])

    def _close(self) -> None:
        assert self._skeleton is not None
        source = self._source
        place = source.place
        while source.left <= self._limits.envelope_bytes and source.more():
            pass
        if source.left > self._limits.envelope_bytes:
            message = "Depois de </beneficiarios> vem mais conteúdo do que o epílogo pode ter."
            raise fatal(place, message, "Termine o arquivo com o epílogo e </mensagemSIB>.", SAFETY_RULE)
        for fault in self._skeleton.close(source.text[source.at :], place):
            self._faults.add(fault)
        if self._skeleton.has_body and not self._procedures:
            message = "O elemento beneficiarios não traz nenhum procedimento."
            remedy = "Se não há o que enviar, use naoEnvioBeneficiarios com o motivo 61 ou 62."
            self._faults.add(Fault(place.line, place.column, 0, "", "beneficiarios", "", message, remedy))
        self._readings.feed(self._skeleton.after)

    def _stop(self, error: FatalFault) -> None:
        self._faults.add(error.fault)
        self._complete = False

    def _conclude(self) -> Outcome:
        results = self._readings.results()
        computed = results.pop(HashDiagnosis.OK, "")
        informed = self._skeleton.hash if self._skeleton else None
        diagnosis = HashDiagnosis.NOT_CHECKED
        if self._complete:
            diagnosis = compare(informed, computed, results, lambda: self._cause(informed))
        reason = self._skeleton.values.get("motivoNaoEnvioBeneficiarios") if self._skeleton else None
        return Outcome(
            self._procedures,
            reason,
            informed.strip() if informed else informed,
            computed if self._complete else "",
            diagnosis,
            self._faults.kept,
            self._faults.count,
            self._faults.truncated,
            self._complete,
        )

    def _cause(self, informed: str | None) -> HashDiagnosis:
        """Reads the file once more to see whether a typical mistake explains the hash; needs a seekable source."""
        if self._start is None:
            return HashDiagnosis.WRONG
        self._stream.seek(self._start)
        mistakes = Mistakes()
        again = SbxReader(self._stream, self._limits, fast=self._fast, readings=mistakes)
        for _ in again._everything():
            pass
        text = (informed or "").strip(" \t\r\n").upper()
        return next(
            (cause for cause, value in mistakes.results().items() if value == text), HashDiagnosis.WRONG
        )


def read_sbx(source: BinaryIO, limits: Limits = DEFAULT) -> SbxReader:
    """Begins to read an SBX from a binary stream (seekable for the diagnosis of a wrong hash)."""
    return SbxReader(source, limits)


def check_sbx(source: BinaryIO, limits: Limits = DEFAULT) -> Outcome:
    """Reads a whole file only for what is wrong with it."""
    reader = read_sbx(source, limits)
    for _ in reader.runs():
        pass
    return reader.outcome
