"""How much a file may ask of us. Everything beyond becomes a fault, never an exception or unbounded memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of a reading; sizes in bytes.

    `procedures` is the official maximum per file (instr. §10.2): past it the reader counts but yields no rows.
    `faults` are listed, `counted_faults` counted: past these the rest of the file is left unread.
    """

    file_bytes: int = 1 << 30
    envelope_bytes: int = 1 << 18
    procedure_bytes: int = 1 << 20
    block_bytes: int = 1 << 20
    depth: int = 32
    attributes: int = 64
    procedures: int = 100_000
    faults: int = 1_000
    counted_faults: int = 1_000_000
    run_rows: int = 4_000


DEFAULT = Limits()
