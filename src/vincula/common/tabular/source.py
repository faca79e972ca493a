"""The bytes of a table: plain or gzip, and which of the encodings in use they are in.

Known: UTF-8, with or without BOM, and Windows-1252 or ISO-8859-1, whatever the file says of itself. The
whole file is looked at once before it is read: an accent may come only after a gigabyte.
"""

from __future__ import annotations

import gzip
import io
import zlib
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.tabular.kinds import LOOKED_AT, foreign

_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20
_UNDEFINED_1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_C1 = bytes(range(0x80, 0xA0))
UNREADABLE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: its Python encoding, how many bytes and line ends it has once unpacked."""

    path: Path
    packed: bool
    encoding: str
    size: int
    lines: int

    def text(self) -> io.TextIOWrapper:
        """Open it for reading, unpacked; a byte not of the encoding becomes a lone surrogate in its line."""
        raw = open_bytes(self.path, packed=self.packed)
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="surrogateescape", newline="")


def open_bytes(path: Path, *, packed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


@dataclass(slots=True)
class _Look:
    """What the first pass sees."""

    size: int = 0
    lines: int = 0
    multibyte: bool = False
    invalid: bool = False
    c1: bool = False
    undefined: bool = False
    _rest: bytes = b""

    def take(self, block: bytes) -> None:
        self.size += len(block)
        self.lines += block.count(b"\n")
        if block.isascii() and not self._rest:
            return
        if not self.invalid:
            self._as_utf8(self._rest + block)
        self.c1 = self.c1 or len(block.translate(None, _C1)) != len(block)
        self.undefined = self.undefined or len(block.translate(None, _UNDEFINED_1252)) != len(block)

    def _as_utf8(self, data: bytes) -> None:
        try:
            data.decode("utf-8")
            self._rest = b""
            self.multibyte = self.multibyte or not data.isascii()
        except UnicodeDecodeError as error:
            good = data[: error.start]
            self.multibyte = self.multibyte or not good.isascii()
            if error.reason == "unexpected end of data" and len(data) - error.start < 4:
                self._rest = data[error.start :]
            else:
                self.invalid = True

    def encoding(self, bom: bool) -> str:
        """UTF-8 where anything proves it (a damaged byte then is its row's fault), else the Windows one."""
        if bom:
            return "utf-8-sig"
        if (not self.invalid and not self._rest) or self.multibyte:
            return "utf-8"
        return "cp1252" if self.c1 and not self.undefined else "iso-8859-1"


def look(path: Path, max_bytes: int) -> Outcome[Source]:
    """Read the file once. Refused: ARQUIVO_AUSENTE, ARQUIVO_ESPECIAL, ARQUIVO_VAZIO, ARQUIVO_GRANDE,
    ARQUIVO_DANIFICADO, FORMATO, CODIFICACAO.
    """
    if not path.exists():
        return Refused("ARQUIVO_AUSENTE", f"O arquivo {path.name} não existe.", "Confira o caminho e repita.")
    if not path.is_file():
        return special(path)
    try:
        return _look(path, max_bytes)
    except UNREADABLE:
        return damaged(path)


def special(path: Path) -> Refused:
    """Of what is there and is no file that can be read twice; opening it could wait for ever."""
    return Refused(
        "ARQUIVO_ESPECIAL",
        f"{path} não é um arquivo comum: é uma pasta, um dispositivo ou um cano.",
        "Grave os dados num arquivo, que é lido mais de uma vez, e indique o nome dele.",
    )


def damaged(path: Path) -> Refused:
    return Refused(
        "ARQUIVO_DANIFICADO",
        f"O arquivo {path.name} não pôde ser lido até o fim: está truncado ou danificado.",
        "Baixe ou gere o arquivo de novo e repita.",
    )


def _look(path: Path, max_bytes: int) -> Outcome[Source]:
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
    seen = _Look()
    start = b""
    with open_bytes(path, packed=packed) as data:
        while block := data.read(_BLOCK):
            start = start or block[:LOOKED_AT]
            seen.take(block)
            if seen.size > max_bytes:
                return Refused(
                    "ARQUIVO_GRANDE",
                    f"O arquivo {path.name} passa do limite de {max_bytes} bytes (descompactado).",
                    "Divida-o em partes e carregue uma de cada vez.",
                )
    if seen.size == 0:
        return Refused(
            "ARQUIVO_VAZIO", f"O arquivo {path.name} está vazio.", "Gere o arquivo de novo e repita."
        )
    if refused := foreign(path.name, start):
        return refused
    encoding = seen.encoding(start.startswith(BOM_UTF8))
    return Accepted(Source(path, packed, encoding, seen.size, seen.lines))
