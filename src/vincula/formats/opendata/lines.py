"""Lines of a text file whose encoding nobody states: ISO-8859-1 as ANS writes it, or UTF-8 as it is often saved again.

The first line that is not ASCII decides: Portuguese text in ISO-8859-1 does not happen to be valid UTF-8.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

MAX_LINE = 16_384
"""Bytes of a line; the longest of the official file has some 500."""


class Problem(Enum):
    """Why a line cannot be read: a Portuguese sentence and the next step."""

    LINHA_LONGA = (
        f"A linha passa de {MAX_LINE} bytes.",
        "Confira se falta uma quebra de linha no arquivo.",
    )
    NULO = ("A linha tem um caractere nulo (NUL).", "Baixe o arquivo de novo.")
    CODIFICACAO = (
        "A linha tem um byte que não é UTF-8, como o resto do arquivo.",
        "Corrija a linha ou baixe o arquivo original.",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, numbered from 1; `text` is "" where there is a problem."""

    number: int
    text: str
    problem: Problem | None = None


def read_lines(source: BinaryIO) -> Iterator[Line]:
    """The lines of the file, streamed; never more than `MAX_LINE` bytes of one are held."""
    utf8: bool | None = None
    number = 0
    while raw := source.readline(MAX_LINE + 1):
        number += 1
        if number == 1 and raw.startswith(BOM_UTF8):
            utf8, raw = True, raw[len(BOM_UTF8) :]
        if len(raw) > MAX_LINE:
            _skip_rest(source, raw)
            yield Line(number, "", Problem.LINHA_LONGA)
        elif b"\0" in raw:
            yield Line(number, "", Problem.NULO)
        else:
            if utf8 is None and not raw.isascii():
                utf8 = _is_utf8(raw)
            yield _decoded(number, raw.rstrip(b"\r\n"), utf8)


def _skip_rest(source: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = source.readline(MAX_LINE)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(number: int, raw: bytes, utf8: bool | None) -> Line:
    if utf8:
        try:
            return Line(number, raw.decode("utf-8"))
        except UnicodeDecodeError:
            return Line(number, "", Problem.CODIFICACAO)
    try:  # Windows-1252 has typographic quotes where ISO-8859-1 has control characters that nobody writes
        return Line(number, raw.decode("cp1252"))
    except UnicodeDecodeError:
        return Line(number, raw.decode("iso-8859-1"))
