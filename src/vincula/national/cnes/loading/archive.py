"""The archive as a stranger's file: which tables it has, whether they can be read, and each of them streamed.

Nothing is unpacked to disk, and no member's path is ever used as one. How large a member says it is bounds what is
read of it; what its bytes turn out to be instead is a damaged file.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.tabular.reader import DEFAULT, Table
from vincula.common.tabular.source import Source, damaged, special
from vincula.formats.opendata.cnes import (
    ESTABLISHMENTS,
    LAYOUTS,
    SUBTYPE_OF,
    Places,
    find_columns,
    is_month,
    table_of,
)

MEMBER_LIMIT = 4 << 30  # bytes of a table unpacked; the largest of an archive has about one gigabyte
_DIRECTORY_LIMIT = 8 << 20  # bytes of the list of members
_BLOCK = 1 << 18
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)
_AGAIN = "Baixe de novo BASE_DE_DADOS_CNES_AAAAMM.ZIP em cnes.datasus.gov.br (downloads) e repita."


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that can be read: its month (AAAAMM) and its members, by the name of the table."""

    path: Path
    month: int
    members: dict[str, str]

    def table(self, name: str) -> Outcome[tuple[Table, Places]]:
        """Open a table of LAYOUTS; its rows come in the order of the layout. Refused: TABELA_AUSENTE, CABECALHO,
        ARQUIVO_DANIFICADO."""
        if name not in self.members:
            return Refused("TABELA_AUSENTE", f"O arquivo {self.path.name} não traz a tabela {name}.", _AGAIN)
        try:
            source, header = self._opened(name)
        except _BROKEN:
            return damaged(self.path)
        layout = LAYOUTS[name]
        places = find_columns(header, layout)
        if places.missing or places.repeated:
            return _wrong_header(name, places)
        return Accepted((Table(source, layout.columns, places.names, ";", DEFAULT), places))

    def _opened(self, name: str) -> tuple[Source, list[str]]:
        member = self.members[name]
        with _Member(self.path, member) as raw:
            start = raw.read(len(BOM_UTF8))
        encoding = "utf-8-sig" if start == BOM_UTF8 else "iso-8859-1"
        source = _ZipSource(self.path, True, encoding, 0, 0, member)
        with source.text() as text:
            line = text.readline(DEFAULT.line)
        return source, next(csv.reader([line], delimiter=";"), []) if "\0" not in line else []


@dataclass(frozen=True, slots=True)
class _ZipSource(Source):
    """A table inside the archive, opened anew at each reading."""

    member: str

    def text(self) -> io.TextIOWrapper:
        raw: Any = io.BufferedReader(_Member(self.path, self.member), _BLOCK)
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="surrogateescape", newline="")


class _Member(io.RawIOBase):
    """The bytes of a member. Raises OSError alone, whatever is wrong with it."""

    def __init__(self, path: Path, member: str) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
            self._bytes: IO[bytes] = self._archive.open(member)
        except _BROKEN as error:
            self.close()
            raise OSError(type(error).__name__) from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._bytes.read(len(buffer))
        except _BROKEN as error:
            raise OSError(type(error).__name__) from None
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed:
            for one in (getattr(self, "_bytes", None), getattr(self, "_archive", None)):
                if one is not None:
                    one.close()
        super().close()


def open_archive(path: Path) -> Outcome[Archive]:
    """Look at an archive. Refused: ARQUIVO_AUSENTE, ARQUIVO_ESPECIAL, FORMATO, ARQUIVO_DANIFICADO, TABELA_AUSENTE,
    TABELA_REPETIDA, MESES_MISTURADOS, ARQUIVO_CIFRADO, ARQUIVO_GRANDE."""
    if not path.exists():
        return Refused("ARQUIVO_AUSENTE", f"O arquivo {path.name} não existe.", "Confira o caminho e repita.")
    if not path.is_file():
        return special(path)
    try:
        size = _directory_size(path)
        if size is None or size > _DIRECTORY_LIMIT:
            return _no_archive(path)
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (*_BROKEN, NotImplementedError):
        return damaged(path)
    return _chosen(path, members)


def _directory_size(path: Path) -> int | None:
    """How long the list of members says that it is; None where the file does not end as a ZIP does. Asked before the
    list is read: each entry of it takes memory."""
    with path.open("rb") as raw:
        length = raw.seek(0, io.SEEK_END)
        raw.seek(max(0, length - (1 << 17)))
        tail = raw.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return None
    size = int(_END.unpack_from(tail, at)[5])
    at64 = tail.rfind(b"PK\6\6", 0, at)
    if at64 >= 0 and at - at64 >= _END64.size:
        size = max(int(_END64.unpack_from(tail, at64)[8]), 0 if size == 0xFFFFFFFF else size)
    return size


def _no_archive(path: Path) -> Refused:
    return Refused(
        "FORMATO",
        f"O arquivo {path.name} não é o ZIP da base do CNES, ou veio cortado: falta o fim, com a lista do que traz.",
        _AGAIN,
    )


def _chosen(path: Path, infos: list[zipfile.ZipInfo]) -> Outcome[Archive]:
    members: dict[str, str] = {}
    months: set[int] = set()
    for info in infos:
        found = table_of(info.filename)
        if found is None:
            continue
        name, month = found
        if name in members:
            return Refused(
                "TABELA_REPETIDA", f"O arquivo {path.name} traz duas vezes a tabela {name}.", _AGAIN
            )
        if refused := _unreadable(path, name, info):
            return refused
        members[name] = info.filename
        months.add(month)
    for name in (ESTABLISHMENTS, SUBTYPE_OF):
        if name not in members:
            return Refused("TABELA_AUSENTE", f"O arquivo {path.name} não traz a tabela {name}.", _AGAIN)
    if len(months) > 1 or not all(map(is_month, months)):
        listed = ", ".join(map(str, sorted(months)))
        return Refused(
            "MESES_MISTURADOS",
            f"As tabelas do arquivo {path.name} não são de um só mês AAAAMM: {listed}. Nada mudou.",
            _AGAIN,
        )
    return Accepted(Archive(path, months.pop(), members))


def _unreadable(path: Path, name: str, info: zipfile.ZipInfo) -> Refused | None:
    if info.flag_bits & 1:
        return Refused(
            "ARQUIVO_CIFRADO",
            f"No arquivo {path.name}, a tabela {name} está protegida por senha.",
            "O arquivo oficial não tem senha. " + _AGAIN,
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Refused(
            "COMPACTACAO",
            f"No arquivo {path.name}, a tabela {name} está compactada de um modo que não se lê aqui.",
            "Descompacte o arquivo e compacte as tabelas de novo num ZIP comum (deflate).",
        )
    if info.file_size > MEMBER_LIMIT:
        return Refused(
            "ARQUIVO_GRANDE",
            f"No arquivo {path.name}, a tabela {name} passa do limite de {MEMBER_LIMIT} bytes descompactados.",
            _AGAIN,
        )
    return None


def _wrong_header(table: str, places: Places) -> Refused:
    labels = (("faltam", places.missing), ("repetidas", places.repeated))
    said = "; ".join(f"{label}: {', '.join(names)}" for label, names in labels if names)
    return Refused(
        "CABECALHO",
        f"As colunas da tabela {table} não são as esperadas; {said}.",
        _AGAIN,
        {"tabela": table, "faltam": list(places.missing), "repetidas": list(places.repeated)},
    )
