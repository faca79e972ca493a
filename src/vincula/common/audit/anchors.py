"""The heads of the chains, written down once a day outside the base: what a chain cannot prove of its own
end.

One append-only file per store in `auditoria/` of the data folder, readable by its owner only; a line per
anchoring, each line chained to the one before. Copy it to another place (the manual says how) and whoever
owns the machine cannot rewrite the past either.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connections

from vincula.common import config, locks
from vincula.common.audit.events import GENESIS, Event, canonical
from vincula.common.audit.writer import STORE, process_writer, utc_now

# An anchor lists every chain that grew since this long before the last one: a record stamped before an
# anchor and committed after it (a queue, a slow disk) is then in the next. `verify` allows the same span.
OVERLAP = timedelta(minutes=10)
ACTION = "auditoria:cabecas:ancoradas"
_LOCK = "audit:anchor"


@dataclass(frozen=True, slots=True)
class Head:
    """A chain's last record when it was anchored."""

    writer: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line of the file. `when` is UTC as in the records."""

    when: str
    heads: tuple[Head, ...]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """The anchors that hold, and what is wrong with the file (a Portuguese sentence each)."""

    path: Path
    anchors: tuple[Anchor, ...]
    faults: tuple[str, ...]

    @property
    def last(self) -> Anchor | None:
        return self.anchors[-1] if self.anchors else None


def store_id() -> str:
    """The name that the audit store got when it was made."""
    with connections[STORE].cursor() as cursor:
        cursor.execute("SELECT id FROM auditoria_base")
        return str(cursor.fetchone()[0])


def path_of(store: str) -> Path:
    return config.load().folder("auditoria") / f"ancoras-{store[:12]}.jsonl"


def minus(when: str, span: timedelta) -> str:
    """A moment `span` before, in the form of the records."""
    moment = datetime.strptime(when, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return (moment - span).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(when: str, heads: Iterable[Head], previous: str) -> str:
    body = canonical([when, [[h.writer, h.seq, h.hash] for h in heads], previous])
    return hashlib.sha256(body.encode("ascii")).hexdigest()


def read() -> AnchorFile:
    """Read the store's anchors. A last line cut short by a kill is passed over; anything else wrong is a
    fault.
    """
    path = path_of(store_id())
    anchors: list[Anchor] = []
    faults: list[str] = []
    previous = GENESIS
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in enumerate(lines, 1):
        anchor = _parse(line)
        if anchor is None:
            continue  # left by a kill; of a line made unreadable, the next one shows that it is missing
        if anchor.previous != previous or anchor.hash != _digest(anchor.when, anchor.heads, anchor.previous):
            faults.append(f"A linha {number} do arquivo de âncoras foi alterada ou não continua a anterior.")
        previous = anchor.hash
        anchors.append(anchor)
    return AnchorFile(path, tuple(anchors), tuple(faults))


def _parse(line: bytes) -> Anchor | None:
    try:
        data = json.loads(line)
        heads = tuple(Head(str(w), int(s), str(h)) for w, s, h in data["cabecas"])
        return Anchor(str(data["quando"]), heads, str(data["anterior"]), str(data["hash"]))
    except (ValueError, KeyError, TypeError):
        return None


def _heads(since: str) -> tuple[Head, ...]:
    """The last record of every chain that has one at or after `since`."""
    with connections[STORE].cursor() as cursor:
        cursor.execute(
            "SELECT r.escritor, r.seq, r.hash FROM auditoria_registro r JOIN ("
            " SELECT escritor, max(seq) AS seq FROM auditoria_registro WHERE quando >= %s GROUP BY escritor"
            ") ultimo ON ultimo.escritor = r.escritor AND ultimo.seq = r.seq ORDER BY r.escritor",
            [since],
        )
        return tuple(Head(*row) for row in cursor.fetchall())


def anchor() -> Anchor:
    """Anchor every chain that grew since the last time; durable when it returns. One process at a time."""
    with locks.exclusive(_LOCK):
        return _anchor(read())


def anchor_daily() -> Anchor | None:
    """Anchor unless it was done today (UTC)."""
    with locks.exclusive(_LOCK):
        file = read()
        return None if file.last and file.last.when[:10] >= utc_now()[:10] else _anchor(file)


def _anchor(file: AnchorFile) -> Anchor:
    when = utc_now()
    heads = _heads(minus(file.last.when, 2 * OVERLAP) if file.last else "")
    previous = file.last.hash if file.last else GENESIS
    made = Anchor(when, heads, previous, _digest(when, heads, previous))
    _append(file.path, made)
    # The audit says in its turn that the anchor was made: a file taken away, or cut short, is missed.
    first = file.anchors[0] if file.anchors else made
    process_writer.record([Event("sistema", ACTION, f"ancora:{made.hash}", details={"arquivo": first.hash})])
    return made


def _append(path: Path, made: Anchor) -> None:
    heads = [[h.writer, h.seq, h.hash] for h in made.heads]
    line = canonical({"quando": made.when, "cabecas": heads, "anterior": made.previous, "hash": made.hash})
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        torn = end > 0 and os.pread(handle, 1, end - 1) != b"\n"
        os.write(handle, (b"\n" if torn else b"") + line.encode("ascii") + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
