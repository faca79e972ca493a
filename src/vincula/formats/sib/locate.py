"""From an element of a parsed piece to its line and column in the file.

libxml2 decides what is right and wrong; it does not tell columns. Only when there is a fault is the same piece read
once more with expat, which tells the place of every tag and text: it locates, it never decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from vincula.formats.sib.validate import AT_ELEMENT, AT_STRAY_TEXT, Finding

_BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both from 1, in characters."""

    line: int
    column: int

    def after(self, text: str) -> Place:
        """The place reached when `text` is read from here."""
        lines = text.count("\n")
        if not lines:
            return Place(self.line, self.column + len(text))
        return Place(self.line + lines, len(text) - text.rfind("\n"))


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a parsed document lies in the file: its text up to `seam`, then a part that begins at `place`.

    `seam` is the place in the document where that part begins. Before it the document is either the file itself or
    a frame of ours in which nothing can be wrong.
    """

    seam: Place
    place: Place

    def in_file(self, at: Place) -> Place:
        """The place in the file of a place in the document."""
        if at.line < self.seam.line or (at.line == self.seam.line and at.column < self.seam.column):
            return at
        if at.line == self.seam.line:
            return Place(self.place.line, self.place.column + at.column - self.seam.column)
        return Place(self.place.line + at.line - self.seam.line, at.column)


def locate(document: bytes, findings: Iterable[Finding]) -> dict[int, Place]:
    """For each finding, by its index in the list, the place in the document."""
    listed = list(findings)
    ordinals = _ordinals({finding.element for finding in listed})
    scan = _Scan(set(ordinals.values()))
    scan.run(document)
    return {
        number: scan.place(ordinals[finding.element], finding.index) or Place(_line_of(finding.element), 0)
        for number, finding in enumerate(listed)
    }


def _line_of(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _ordinals(wanted: set[etree._Element]) -> dict[etree._Element, int]:
    if not wanted:
        return {}
    root = next(iter(wanted)).getroottree().getroot()
    return {element: number for number, element in enumerate(root.iter()) if element in wanted}


class _Scan:
    """One pass with expat over a document; keeps the places of the wanted elements and of their own text."""

    def __init__(self, wanted: set[int]) -> None:
        self._wanted = wanted
        self._starts: dict[int, Place] = {}
        self._texts: dict[int, list[tuple[Place, str]]] = {number: [] for number in wanted}
        self._stack: list[int] = []
        self._next = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def run(self, document: bytes) -> None:
        # What libxml2 took and expat does not only costs the column: the line is known from libxml2.
        try:
            self._parser.Parse(document, True)
        except expat.ExpatError:
            return

    def place(self, ordinal: int, index: int) -> Place | None:
        if index == AT_ELEMENT:
            return self._starts.get(ordinal)
        passed = 0
        for place, text in self._texts[ordinal]:
            if index == AT_STRAY_TEXT:
                lead = len(text) - len(text.lstrip(_BLANK))
                if lead < len(text):
                    return place.after(text[:lead])
            elif index < passed + len(text):
                return place.after(text[: index - passed])
            passed += len(text)
        return self._starts.get(ordinal)

    def _here(self) -> Place:
        return Place(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        if self._next in self._wanted:
            self._starts[self._next] = self._here()
        self._stack.append(self._next)
        self._next += 1

    def _end(self, _name: str) -> None:
        self._stack.pop()

    def _text(self, text: str) -> None:
        if self._stack and self._stack[-1] in self._wanted:
            self._texts[self._stack[-1]].append((self._here(), text))
