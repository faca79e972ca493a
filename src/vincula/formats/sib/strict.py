"""The strict path: a piece of the body through libxml2 and the declarative schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from vincula.formats.sib.characters import printable
from vincula.formats.sib.digest import is_blank
from vincula.formats.sib.faults import SCHEMA_RULE, WELL_FORMED_RULE, Fault
from vincula.formats.sib.limits import Limits
from vincula.formats.sib.locate import START, Frame, Place, locate
from vincula.formats.sib.parse import parse_bytes, walk_values
from vincula.formats.sib.schema import BY_ELEMENT, COLUMNS_INCLUSAO, Content, Movement
from vincula.formats.sib.validate import Finding, Validator
from vincula.formats.sib.wellformed import complaint

Row = tuple[str, ...] | dict[str, str]
_WHO = re.compile(r"<(?:codigoBeneficiario|cco)[ \t\r\n]*>([^<&]{1,30})<")
_BODY = Content("beneficiarios", tuple(movement.content for movement in BY_ELEMENT.values()))


@dataclass(slots=True)
class PieceRead:
    """What a piece held. `procedures`: (kind or 0 when unknown, row or None when faulty), in file order.

    `faults` are the first of `fault_count`, as many as were asked for.
    """

    procedures: list[tuple[int, Row | None]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    well_formed: bool = True


class PieceReader:
    """Reads pieces that lie directly inside the body, whose open start tags are `tags`."""

    def __init__(self, tags: tuple[str, ...], names: tuple[str, ...], limits: Limits) -> None:
        # Line ends inside the start tags would move the lines of the piece; between attributes they are blanks.
        opened = re.sub(r"[\r\n\t]", " ", "".join(tags))
        self._frame = '<?xml version="1.0" encoding="ISO-8859-1"?>' + opened
        self._close = "".join(f"</{name}>" for name in reversed(names))
        self._depth = len(names)
        self._limits = limits

    def read(self, piece: str, place: Place, position: int, keep: int) -> PieceRead:
        """Reads `piece`, found at `place`; its first procedure has the number `position` in the file.

        `keep`: how many faults are wanted; the others, of which a hostile piece may have one in four bytes, are only
        counted.
        """
        text = self._frame + piece + self._close
        document = text.encode("iso-8859-1")
        frame = Frame(START.after(self._frame), place)
        try:
            root = parse_bytes(document)
        except etree.XMLSyntaxError as error:
            return PieceRead(
                [(0, None)],
                faults=[_not_well_formed(piece, place, frame, position, error)],
                fault_count=1,
                well_formed=False,
            )
        body = root
        for _ in range(self._depth - 1):
            body = body[0]
        return self._read_body(body, document, frame, position, keep)

    def _read_body(
        self, body: etree._Element, document: bytes, frame: Frame, position: int, keep: int
    ) -> PieceRead:
        # Only what lies after the frame can have attributes or not.
        attributes = b"=" in document[len(self._frame) : -len(self._close)]
        read = PieceRead(values=_values(body, attributes=attributes))
        noted: list[tuple[Finding, int, str]] = []
        whole = Validator(self._limits.attributes, keep=keep)
        if not is_blank(body.text) or not all(is_blank(child.tail) for child in body):
            whole.stray_text(body)
            noted.extend((finding, position, "") for finding in whole.findings)
        read.fault_count = whole.count
        for child in body:
            validator = Validator(
                self._limits.attributes, keep=keep - len(noted), may_have_attributes=attributes
            )
            kind, row = _procedure(child, validator)
            if validator.findings:
                who = _beneficiary(child)
                number = position + len(read.procedures)
                noted.extend((finding, number, who) for finding in validator.findings)
            read.fault_count += validator.count
            read.procedures.append((kind, row))
        read.faults = faults_at(document, noted, frame.in_file)
        return read


def _values(body: etree._Element, *, attributes: bool) -> list[str]:
    """What the hash counts inside the body; its own attributes were counted with the head."""
    if not attributes:
        return [str(text) for text in body.itertext() if not is_blank(str(text))]
    values = [] if is_blank(body.text) else [str(body.text)]
    for child in body:
        values.extend(value for _, value in walk_values(child))
        if not is_blank(child.tail):
            values.append(str(child.tail))
    return values


def _procedure(element: etree._Element, validator: Validator) -> tuple[int, Row | None]:
    movement = BY_ELEMENT.get(str(element.tag))
    if movement is None:
        validator.unknown(_BODY, element)
        return 0, None
    values: dict[str, str] = {}
    validator.content(movement.content, element, values)
    return movement.kind, None if validator.count else row_of(movement, values)


def _not_well_formed(
    piece: str, place: Place, frame: Frame, position: int, error: etree.XMLSyntaxError
) -> Fault:
    found = complaint(piece, error)
    at = place.after(piece[: found.index]) if found.index >= 0 else frame.in_file(found.place)
    return Fault(
        at.line,
        at.column,
        position,
        beneficiary_of(piece),
        "",
        found.character,
        found.message,
        found.remedy,
        WELL_FORMED_RULE,
    )


def row_of(movement: Movement, values: dict[str, str]) -> Row:
    """The row of a procedure: a tuple in COLUMNS_INCLUSAO order for an inclusão, else the fields sent."""
    if movement.kind == 1:
        return tuple([values.get(name, "") for name in COLUMNS_INCLUSAO])
    return values


def faults_at(
    document: bytes, noted: list[tuple[Finding, int, str]], in_file: Callable[[Place], Place]
) -> list[Fault]:
    """Findings with their places; (finding, procedure number, beneficiary) each."""
    if not noted:
        return []
    places = locate(document, [finding for finding, _, _ in noted])
    faults = []
    for number, (finding, position, who) in enumerate(noted):
        at = in_file(places[number])
        faults.append(
            Fault(
                at.line,
                at.column,
                position,
                who,
                finding.field,
                finding.character,
                finding.message,
                finding.remedy,
                SCHEMA_RULE,
            )
        )
    return faults


def beneficiary_of(piece: str) -> str:
    """The código or CCO in the text of a piece that cannot be parsed, "" when there is none."""
    found = _WHO.search(piece)
    return printable(found[1].strip()) if found else ""


def _beneficiary(element: etree._Element) -> str:
    for path in ("cco", "vinculo/codigoBeneficiario"):
        text = element.findtext(path)
        if text and text.strip():
            return printable(str(text).strip()[:30])
    return ""
