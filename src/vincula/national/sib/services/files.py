"""Where SIB's files lie in the data folder. Names come from our own rules, never raw from a sender."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vincula.common import config
from vincula.common.files import sync_folder
from vincula.common.outcomes import Accepted, Outcome, Refused

MAX_BYTES = 1 << 30
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A received file, durable in the store. `sha256` in lower-case hexadecimal."""

    sha256: str
    size: int


def received(sha256: str) -> Path:
    """The SBX with this content."""
    return config.load().folder("sib", "recebidos") / f"{sha256}.SBX"


def rpx(name: str) -> Path:
    """The RPX with this name, one of ours (formats.sib.rpx_name)."""
    return config.load().folder("sib", "rpx") / name


def cnx(name: str) -> Path:
    """The CNX with this name, one of ours (formats.sib.cnx_name)."""
    return config.load().folder("sib", "cnx") / name


def store(source: BinaryIO) -> Outcome[Stored]:
    """Copy what arrives into the store, durable when this returns; the same content is stored once.

    Refused when empty or over MAX_BYTES; nothing is left then.
    """
    folder = config.load().folder("sib", "recebidos")
    handle, name = tempfile.mkstemp(prefix=".", suffix=".parcial", dir=folder)
    temporary = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as out:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > MAX_BYTES:
                    return too_big()
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if size == 0:
            return Refused("ARQUIVO_VAZIO", "O arquivo está vazio.", "Gere o SBX de novo e envie.")
        temporary.replace(received(digest.hexdigest()))
        sync_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)
    return Accepted(Stored(digest.hexdigest(), size))


def too_big() -> Refused:
    """Said of a file over MAX_BYTES."""
    return Refused(
        "ARQUIVO_GRANDE",
        f"O arquivo passa de {MAX_BYTES >> 20} MB.",
        "Divida-o: cada SBX leva até 100.000 procedimentos.",
    )
