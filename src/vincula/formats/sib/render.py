"""Rows to XML, fast: one template per pattern of fields present, escaping only where a chunk needs it.

What is written is always ISO-8859-1; the hash is computed on the way, and counts a character that ISO-8859-1 lacks as
"?" (digest.py). A row is a sequence of strings in the order of its columns, "" where absent. Blanks around a value are
never written (reference `sib.md`, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice
from typing import BinaryIO
from xml.sax.saxutils import escape

from vincula.formats.sib.characters import describe
from vincula.formats.sib.digest import Digest

CHUNK_ROWS = 2_000
MOST_PATTERNS = 4_096
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_XML_NOR_LATIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u0100-\U0010ffff]")
_BLANKS = " \t\r\n"
_MARK = "\x1f"
Row = Sequence[str]


class UnwritableValueError(ValueError):
    """A value that cannot stand in the file. `field`: its element; `character`: the offender, with its name."""

    def __init__(self, field: str, character: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.character = character


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A record type: its columns, and `build(present)`, the record's text with `%s` for each value."""

    columns: tuple[str, ...]
    build: Callable[[frozenset[str]], str]


class Filler:
    """Turns rows of a template into text.

    One for each file that is written: it holds the row under way, which no other thread may touch, and what it
    remembers of patterns of fields present, bounded because a file may have a new one in every row.
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self._parts: dict[bytes, list[str]] = {}

    def text(self, row: Row) -> str:
        """One record, values as they are."""
        present = bytes(map(bool, row))
        # The text between the values stands in the list already; each row only replaces the values.
        parts = self._parts.get(present) or self._prepare(present)
        parts[1::2] = list(compress(row, present))
        return "".join(parts)

    def _prepare(self, present: bytes) -> list[str]:
        columns = self._template.columns
        if len(present) != len(columns):
            raise ValueError(f"a row has {len(present)} values, not {len(columns)}")
        if len(self._parts) >= MOST_PATTERNS:
            self._parts.clear()
        around = self._template.build(frozenset(compress(columns, present))).split("%s")
        parts = self._parts[present] = [""] * (2 * len(around) - 1)
        parts[::2] = around
        return parts


class Writer:
    """Writes text and rows to a binary stream and keeps the hash of the values.

    `references`: a character of a row that ISO-8859-1 lacks is written as `&#8364;`, as an SBX may have brought it: an
    answer must be able to give back whatever was accepted. Without it such a character is refused.
    """

    def __init__(self, out: BinaryIO, *, references: bool = False) -> None:
        self._out = out
        self._forbidden = _NOT_XML if references else _NOT_XML_NOR_LATIN
        self._beyond_latin = "xmlcharrefreplace" if references else "strict"
        self._fillers: dict[Template, Filler] = {}
        self.digest = Digest()

    def text(self, text: str, values: Iterable[str] = ()) -> None:
        """Text already rendered, and the values that the hash counts in it."""
        _refuse("cabecalho", text, _NOT_XML_NOR_LATIN)
        self.digest.feed(values)
        self._out.write(text.encode("iso-8859-1"))

    def rows(self, template: Template, rows: Iterable[Row]) -> int:
        """All rows, in chunks; how many. Raises `UnwritableValueError`."""
        iterator: Iterator[Row] = iter(rows)
        count = 0
        while chunk := list(islice(iterator, CHUNK_ROWS)):
            self._chunk(template, chunk)
            count += len(chunk)
        return count

    def _chunk(self, template: Template, rows: list[Row]) -> None:
        escaped: list[Row] = rows
        joined = _plain(rows, len(template.columns))
        if joined is None:
            self._refuse_rows(template.columns, rows)
            joined, escaped = _with_care(rows)
        filler = self._fillers.setdefault(template, Filler(template))
        text = "\n".join(map(filler.text, escaped)) + "\n"
        try:
            data = text.encode("iso-8859-1")
        except UnicodeEncodeError:
            self._refuse_rows(template.columns, rows)
            data = text.encode("iso-8859-1", self._beyond_latin)
        self.digest.feed_joined(joined)
        self._out.write(data)

    def _refuse_rows(self, columns: Sequence[str], rows: Iterable[Row]) -> None:
        for row in rows:
            if self._forbidden.search("".join(row)):
                for column, value in zip(columns, row, strict=False):
                    _refuse(column, value, self._forbidden)


def _plain(rows: Sequence[Row], width: int) -> str | None:
    """All values of the rows concatenated, None when one of them cannot be written just as it is."""
    marked = _MARK.join(chain.from_iterable(rows))
    joined = marked.replace(_MARK, "")
    # A mark more than there are gaps between values stands inside one.
    if len(marked) - len(joined) != len(rows) * width - 1 or _needs_care(marked, joined):
        return None
    return joined


def _with_care(rows: Sequence[Row]) -> tuple[str, list[Row]]:
    """The values concatenated as the hash counts them, and the rows as they are written."""
    joined: list[str] = []
    escaped: list[Row] = []
    for row in rows:
        text = _plain((row,), len(row))
        if text is None:
            values = [value.strip(_BLANKS) for value in row]
            text = "".join(values)
            row = [_escape(value) for value in values]
        joined.append(text)
        escaped.append(row)
    return "".join(joined), escaped


def _needs_care(marked: str, joined: str) -> bool:
    """Whether some value of a chunk has markup, a control character, or blanks at an end."""
    if "&" in marked or "<" in marked or ">" in marked or '"' in marked:
        return True
    if f" {_MARK}" in marked or f"{_MARK} " in marked or marked.startswith(" ") or marked.endswith(" "):
        return True
    return not joined.isprintable()


def _escape(value: str) -> str:
    return escape(value, {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _refuse(field: str, text: str, forbidden: re.Pattern[str]) -> None:
    """Raises `UnwritableValueError` for the first forbidden character."""
    found = forbidden.search(text)
    if found is None:
        return
    name = describe(found[0])
    reason = "que o XML proíbe" if _NOT_XML.match(found[0]) else "que não existe em ISO-8859-1"
    raise UnwritableValueError(field, name, f"O campo {field} tem um caractere {reason}: {name}.")
