"""The procedures of a file, piece by piece: the fast path where it proves itself, the strict path for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby

from vincula.formats.sib.fast import read_tiles, rows_of
from vincula.formats.sib.faults import SAFETY_RULE, FaultList
from vincula.formats.sib.limits import Limits
from vincula.formats.sib.skeleton import OVERSIZED, oversized, truncated
from vincula.formats.sib.source import FatalFault, Source, fatal
from vincula.formats.sib.strict import PieceRead, PieceReader, Row
from vincula.formats.sib.tokens import Cut, next_procedure, resynchronise

Batch = tuple[int, int, list[Row]]
"""Kind, number in the file of the first procedure, rows."""
_LARGEST_PIECE = 256


class Body:
    """Goes through the procedures; `count` is the number of them so far, `well_formed` whether all could be parsed."""

    def __init__(
        self,
        source: Source,
        strict: PieceReader,
        limits: Limits,
        faults: FaultList,
        feed: Callable[[Sequence[str]], None],
        *,
        fast: bool = True,
    ) -> None:
        self._source = source
        self._strict = strict
        self._fast = fast
        self._limits = limits
        self._faults = faults
        self._feed = feed
        self._patience = 1
        self.count = 0
        self.well_formed = True

    def batches(self) -> Iterator[Batch]:
        """Rows of one kind at a time, in file order; ends at the body's end tag. Raises `FatalFault`."""
        while True:
            if self._fast:
                before = self.count
                yield from self._read_fast()
                self._patience = 1 if self.count > before else min(self._patience * 2, _LARGEST_PIECE)
            else:
                self._patience = _LARGEST_PIECE
            text, at = self._source.text, self._source.at
            ends = self._complete_pieces(text, at)
            if ends:
                yield from self._read_pieces(ends)
                continue
            piece = next_procedure(text, at, self._limits.depth)
            if piece.cut is Cut.BODY_END:
                if text[at : piece.end].strip(" \t\r\n"):
                    yield from self._read_strict(piece.end - at)
                self._source.take(piece.end - self._source.at)
                return
            yield from self._trouble(piece.cut, piece.end)

    def _complete_pieces(self, text: str, at: int) -> list[int]:
        """Where each of up to `patience` whole procedures ends."""
        ends: list[int] = []
        for _ in range(self._patience):
            piece = next_procedure(text, at, self._limits.depth)
            if piece.cut is not Cut.COMPLETE:
                break
            at = piece.end
            ends.append(at)
        return ends

    def _read_pieces(self, ends: list[int]) -> Iterator[Batch]:
        """Reads procedures together; one by one where they are not well formed, so that each tells its own fault."""
        source = self._source
        if len(ends) > 1:
            text = source.text[source.at : ends[-1]]
            read = self._strict.read(text, source.place, self.count + 1, self._faults.room)
            if read.well_formed:
                yield from self._took(read, len(text))
                return
        for end in ends:
            yield from self._read_strict(end - source.at)

    def _read_fast(self) -> Iterator[Batch]:
        source = self._source
        for kind, tiles, end in read_tiles(source.text, source.at):
            source.take(end - source.at)
            self._feed(list(chain.from_iterable(tiles)))
            first = self.count + 1
            self.count += len(tiles)
            yield kind, first, rows_of(kind, tiles)

    def _read_strict(self, length: int) -> Iterator[Batch]:
        source = self._source
        text = source.text[source.at : source.at + length]
        read = self._strict.read(text, source.place, self.count + 1, self._faults.room)
        yield from self._took(read, length)

    def _took(self, read: PieceRead, length: int) -> Iterator[Batch]:
        self._source.take(length)
        self._feed(read.values)
        self.well_formed = self.well_formed and read.well_formed
        for fault in read.faults:
            self._faults.add(fault)
        self._faults.count += read.fault_count - len(read.faults)
        if self._faults.count > self._limits.counted_faults:
            raise self._too_many_faults()
        first = self.count + 1
        self.count += len(read.procedures)
        if not read.fault_count:
            yield from _by_kind(read.procedures, first)

    def _trouble(self, cut: Cut, end: int) -> Iterator[Batch]:
        """No whole procedure ahead: read more, or say what is wrong and go on after it."""
        source = self._source
        position = self.count + 1
        if cut in OVERSIZED:
            raise oversized(cut, source.place.after(source.text[source.at : end]), self._limits, position)
        if cut is Cut.INCOMPLETE and source.left <= self._limits.procedure_bytes and source.more():
            return
        resume = resynchronise(source.text, end)
        if (
            resume < 0
            and cut is Cut.MALFORMED
            and source.left <= self._limits.procedure_bytes
            and source.more()
        ):
            return
        if resume < 0 and cut is Cut.MALFORMED and source.text.startswith("</beneficiarios", end):
            resume = end
        if resume < 0:
            raise self._hopeless(cut, end)
        yield from self._read_strict(resume - source.at)

    def _too_many_faults(self) -> FatalFault:
        message = f"O arquivo tem mais de {self._limits.counted_faults} falhas: o resto não foi lido."
        remedy = "Corrija as primeiras, que costumam ter todas a mesma causa, e gere o arquivo de novo."
        return fatal(self._source.place, message, remedy, SAFETY_RULE)

    def _hopeless(self, cut: Cut, end: int) -> FatalFault:
        source = self._source
        position = self.count + 1
        rest = source.text[source.at :]
        if source.left > self._limits.procedure_bytes:
            message = (
                f"O procedimento {position} passa de {self._limits.procedure_bytes} bytes ou não termina."
            )
            return fatal(
                source.place, message, "Confira as tags deste procedimento.", SAFETY_RULE, position=position
            )
        if "</mensagemSIB" in rest:
            read = self._strict.read(rest, source.place, position, keep=1)
            return FatalFault(read.faults[0])
        return truncated(source.place.after(rest), position if rest.strip(" \t\r\n") else 0)


def _by_kind(procedures: list[tuple[int, Row | None]], first: int) -> Iterator[Batch]:
    """Consecutive procedures of the same kind together; all of them have a row."""
    for kind, group in groupby(procedures, key=lambda procedure: procedure[0]):
        rows = [row for _, row in group if row is not None]
        yield kind, first, rows
        first += len(rows)
