"""Does the audit still say what was recorded? Each chain is followed and held against the anchors.

Found: a record altered, removed, inserted or put in another order, a chain cut short before an anchored
head, a chain slipped in afterwards with an older date, a cut that nobody announced, an altered anchor file.
Not to be found by these means, hence the anchors: whoever owns the base rewriting a chain from a point
after its last anchor.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from vincula.common import locks
from vincula.common.audit import anchors
from vincula.common.audit.cuts import LOCK, Cut, announced, cuts
from vincula.common.audit.events import COLUMNS, GENESIS, digest
from vincula.common.audit.writer import STORE
from vincula.common.outcomes import Accepted, Outcome, Refused

_PAGE = 5_000
_SHOWN = 20
_SELECT = (
    f"SELECT {', '.join(COLUMNS)} FROM auditoria_registro "
    "WHERE (escritor, seq) > (%s, %s) ORDER BY escritor, seq LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified: records and chains read, anchored heads found in place, chains cut by retention."""

    records: int
    writers: int
    anchored: int
    cut: int
    last_anchor: str


@dataclass(slots=True)
class _Problems:
    """The first problems in full, and how many there are."""

    shown: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, text: str) -> None:
        self.count += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(text)


def _records() -> Iterator[tuple[Any, ...]]:
    """All records in the order of their chains, by pages: no transaction is kept open meanwhile."""
    place: tuple[str, int] = ("", 0)
    while True:
        with connections[STORE].cursor() as cursor:
            cursor.execute(_SELECT, [*place, _PAGE])
            page = cursor.fetchall()
        yield from page
        if len(page) < _PAGE:
            return
        place = page[-1][:2]


class _Anchored:
    """What the anchors say of each chain."""

    def __init__(self, made: tuple[anchors.Anchor, ...]) -> None:
        self._times = [anchors.minus(a.when, anchors.OVERLAP) for a in made]
        self._reach: list[dict[str, int]] = [{h.writer: h.seq for h in a.heads} for a in made]
        self.pending: dict[str, dict[int, str]] = {}
        for one in made:
            for head in one.heads:
                self.pending.setdefault(head.writer, {})[head.seq] = head.hash
        self.found = 0

    def missed(self, writer: str, seq: int, when: str) -> bool:
        """Whether an anchor made well after `when` does not reach this record: it was not there then."""
        place = bisect_left(self._times, when)
        return place < len(self._times) and self._reach[place].get(writer, 0) < seq


class _Walk:
    """Follows the chains, one record after the other."""

    def __init__(self, cut: dict[str, Cut], anchored: _Anchored, problems: _Problems) -> None:
        self.cut, self.anchored, self.problems = cut, anchored, problems
        self.writer, self.seq, self.head = "", 0, GENESIS
        self.records = self.writers = 0
        self.told: list[tuple[str, str]] = []

    def take(self, row: tuple[Any, ...]) -> None:
        writer, seq, when = row[0], row[1], row[2]
        if writer != self.writer:
            self._enter(writer)
        if seq <= self.seq and self.writer in self.cut:
            return  # passed its retention; its removal was under way
        self.records += 1
        name = f"registro {writer}/{seq} ({when})"
        if seq != self.seq + 1:
            gap = f"{self.seq + 1}" if seq == self.seq + 2 else f"{self.seq + 1} a {seq - 1}"
            self.problems.add(f"Removido: falta o registro {writer}/{gap}, antes de {seq} ({when}).")
        elif row[9] != self.head:
            self.problems.add(f"Inserido ou fora de ordem: o {name} não continua o anterior.")
        if digest(row) != row[10]:
            self.problems.add(f"Alterado: o conteúdo do {name} não confere com o seu hash.")
        self._against_anchors(row, name)
        if row[4] == anchors.ACTION:
            self.told.append((row[5], row[8]))
        self.seq, self.head = seq, row[10]

    def _enter(self, writer: str) -> None:
        self.writers += 1
        cut = self.cut.get(writer)
        self.writer, self.seq, self.head = writer, cut.seq if cut else 0, cut.hash if cut else GENESIS

    def _against_anchors(self, row: tuple[Any, ...], name: str) -> None:
        anchored = self.anchored.pending.get(row[0], {}).pop(row[1], None)
        if anchored is not None:
            self.anchored.found += 1
            if anchored != row[10]:
                self.problems.add(f"Alterado: o {name} não é o que foi ancorado.")
        elif self.anchored.missed(row[0], row[1], row[2]):
            self.problems.add(f"Inserido: o {name} não existia quando as cabeças desse dia foram ancoradas.")


def verify() -> Outcome[Report]:
    """Read the whole audit. Accepted(Report), or Refused(AUDITORIA_VIOLADA) naming what is wrong.

    Records go on being written meanwhile; only the removal of old ones waits.
    """
    with locks.exclusive(LOCK):
        file = anchors.read()
        problems = _Problems()
        for fault in file.faults:
            problems.add(fault)
        cut = cuts()
        anchored = _Anchored(file.anchors)
        walk = _Walk(cut, anchored, problems)
        for row in _records():
            walk.take(row)
        _missing_heads(anchored, cut, problems)
        _missing_anchors(file, walk.told, problems)
        for text in announced():
            problems.add(text)
    if problems.count:
        return _violated(problems)
    last = file.last.when if file.last else ""
    return Accepted(Report(walk.records, walk.writers, anchored.found, len(cut), last))


def _missing_heads(anchored: _Anchored, cut: dict[str, Cut], problems: _Problems) -> None:
    for writer, heads in anchored.pending.items():
        for seq in heads:
            if writer not in cut or cut[writer].seq < seq:
                problems.add(f"Truncado: o registro ancorado {writer}/{seq} não existe mais.")


def _missing_anchors(file: anchors.AnchorFile, told: list[tuple[str, str]], problems: _Problems) -> None:
    """The anchors of which the audit speaks and which are not here.

    On PostgreSQL each machine has a file of its own and answers for that one; an SQLite store and its file lie in
    the same data folder.
    """
    here = {f"ancora:{a.hash}" for a in file.anchors}
    mine = file.anchors[0].hash if file.anchors else ""
    alone = connections[STORE].vendor == "sqlite"
    for subject, details in told:
        if subject not in here and (alone or json.loads(details).get("arquivo") == mine):
            problems.add(f"Âncora ausente: {subject} foi gravada e não está em {file.path.name}.")


def _violated(problems: _Problems) -> Refused:
    more = f" (e mais {problems.count - 1})" if problems.count > 1 else ""
    return Refused(
        "AUDITORIA_VIOLADA",
        f"A auditoria não confere. {problems.shown[0]}{more}",
        "Preserve a base e o arquivo de âncoras como estão, compare com a cópia de segurança "
        "e avise o encarregado.",
        {"problemas": problems.shown, "total": problems.count},
    )
