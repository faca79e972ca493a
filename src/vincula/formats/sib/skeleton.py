"""A file without its procedures: the head up to the body's start tag, and the tail from the body's end tag.

Head and tail together are a small document of their own, which libxml2 judges as a whole: if it and every piece of the
body are well formed and valid, the file is.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vincula.formats.sib.digest import is_blank
from vincula.formats.sib.envelope import SCHEMA_ATTRIBUTES, Header, header_of
from vincula.formats.sib.faults import SAFETY_RULE, WELL_FORMED_RULE, Fault
from vincula.formats.sib.kinds import answer_of_ans, other_xml
from vincula.formats.sib.layout import CABECALHO, MENSAGEM_SIB
from vincula.formats.sib.limits import Limits
from vincula.formats.sib.locate import START, Frame, Place
from vincula.formats.sib.parse import parse_bytes, walk_values
from vincula.formats.sib.schema import Content
from vincula.formats.sib.source import FatalFault, Source, fatal, not_an_sbx
from vincula.formats.sib.strict import faults_at
from vincula.formats.sib.tokens import LONGEST_TAG, Cut, find_head
from vincula.formats.sib.validate import AT_ELEMENT, Finding, Validator, local_name
from vincula.formats.sib.wellformed import complaint


@dataclass(frozen=True, slots=True)
class Opening:
    """The text up to the body's start tag and the start tags open there; no tags: the file has no such body."""

    text: str
    tags: tuple[str, ...]


def read_opening(source: Source, path: tuple[str, ...], limits: Limits) -> Opening:
    """Reads the head. Raises `FatalFault` for DOCTYPE, a head without end, too deep a nesting."""
    ended = False
    while True:
        head = find_head(source.text, path, limits.depth)
        if head.cut is Cut.COMPLETE:
            text = source.text[: head.end]
            source.take(head.end)
            return Opening(text, head.tags)
        if source.text.startswith("<!DOCTYPE", head.end):
            raise fatal(
                START.after(source.text[: head.end]),
                "O arquivo traz um DOCTYPE, que não é aceito.",
                "Retire a declaração <!DOCTYPE …> e as entidades que ela define.",
                SAFETY_RULE,
            )
        if head.cut in OVERSIZED:
            raise oversized(head.cut, START.after(source.text[: head.end]), limits)
        if (ended or source.left > limits.envelope_bytes) and (kind := answer_of_ans(source.text)):
            raise not_an_sbx(kind)
        if source.left > limits.envelope_bytes:
            raise _no_body(path, limits)
        if ended:
            return _whole_file(source, head.cut)
        ended = not source.more()


def _whole_file(source: Source, cut: Cut) -> Opening:
    """A file without the body: sem movimento, or none of ours, or cut off."""
    text = source.text
    if cut is Cut.INCOMPLETE and "<mensagemSIB" in text and "</mensagemSIB" not in text:
        raise truncated(START.after(text))
    source.take(source.left)
    return Opening(text, ())


OVERSIZED = (Cut.TOO_DEEP, Cut.TOO_LONG)


def oversized(cut: Cut, place: Place, limits: Limits, position: int = 0) -> FatalFault:
    """Elements within elements, or a tag, beyond the caps."""
    message = f"Há mais de {limits.depth} elementos uns dentro dos outros."
    if cut is Cut.TOO_LONG:
        message = f"Uma tag passa de {LONGEST_TAG} caracteres."
    return fatal(
        place, message, "Gere o arquivo de novo, na estrutura do padrão.", SAFETY_RULE, position=position
    )


def truncated(place: Place, position: int = 0) -> FatalFault:
    """The file ends before </mensagemSIB>."""
    return fatal(
        place,
        "O arquivo termina no meio: falta o resto, até </mensagemSIB>.",
        "Gere ou copie o arquivo de novo, até o fim.",
        WELL_FORMED_RULE,
        position=position,
    )


def _no_body(path: tuple[str, ...], limits: Limits) -> FatalFault:
    message = f"Não se encontrou {'/'.join(path)} nos primeiros {limits.envelope_bytes} bytes do arquivo."
    return fatal(
        START, message, "Confira a estrutura: elementos sem namespace, na ordem do padrão.", SAFETY_RULE
    )


class Skeleton:
    """The envelope of one file: first `open`, then, when the body has been read, `close`."""

    def __init__(self, opening: Opening, limits: Limits, whole: Content = MENSAGEM_SIB) -> None:
        self._opening = opening
        self._limits = limits
        self._whole = whole
        self.values: dict[str, str] = {}
        self.attributes: list[str] = []
        self.has_schema_location = False
        self.before: list[str] = []
        self.after: list[str] = []
        self.hash: str | None = None
        self.has_body = bool(opening.tags)

    def open(self) -> tuple[Header, list[Fault]]:
        """Parses the head: its header, and the faults of the cabecalho.

        Raises `FatalFault`: not well formed, or no message of SIB.
        """
        text = self._opening.text
        names = [tag[1:].split(None, 1)[0].rstrip(">") for tag in self._opening.tags]
        text += "".join(f"</{name}>" for name in reversed(names))
        document = text.encode("iso-8859-1")
        root = self._parse(document, text, Frame(START, START))
        if local_name(root.tag) != self._whole.name:
            raise not_an_sbx(other_xml(local_name(root.tag)))
        self.attributes = [str(value) for value in root.attrib.values()]
        self.has_schema_location = SCHEMA_ATTRIBUTES[0] in root.attrib
        self.before = _counted(root)[len(self.attributes) :]
        cabecalho = root.find("cabecalho")
        if cabecalho is None:
            return Header(), []
        validator = Validator(self._limits.attributes)
        validator.content(CABECALHO, cabecalho, {})
        return header_of(cabecalho), faults_at(
            document, [(finding, 0, "") for finding in validator.findings], lambda place: place
        )

    def close(self, tail: str, place: Place) -> list[Fault]:
        """Parses head and tail, found at `place`: the faults of the envelope. Raises `FatalFault`."""
        text = self._opening.text + tail
        document = text.encode("iso-8859-1")
        frame = Frame(START.after(self._opening.text), place)
        root = self._parse(document, text, frame)
        self.after = _counted(root)[len(self.attributes) + len(self.before) :]
        self.hash = root.findtext("epilogo/hash")
        self.has_body = root.find("mensagem/operadoraParaANS/beneficiarios") is not None
        validator = Validator(self._limits.attributes)
        if root.tag != self._whole.name:
            validator.note(_in_a_namespace(root, self._whole.name))
        else:
            validator.content(self._whole, root, self.values)
        return faults_at(document, [(finding, 0, "") for finding in validator.findings], frame.in_file)

    def _parse(self, document: bytes, text: str, frame: Frame) -> etree._Element:
        try:
            return parse_bytes(document)
        except etree.XMLSyntaxError as error:
            if "<mensagemSIB" in text and "</mensagemSIB" not in text:
                raise truncated(frame.in_file(START.after(text))) from None
            found = complaint(text, error)
            place = frame.in_file(found.place)
            raise fatal(place, found.message, found.remedy, WELL_FORMED_RULE, found.character) from None


def _in_a_namespace(root: etree._Element, name: str) -> Finding:
    message = f"O elemento {name} está em um namespace; no SIB os elementos não têm namespace."
    remedy = f"Escreva <{name}> sem prefixo e sem xmlns padrão."
    return Finding(root, AT_ELEMENT, name, "", message, remedy)


def _counted(root: etree._Element) -> list[str]:
    """The values that the hash counts, in order, without what is inside epilogo."""
    values = [str(value) for value in root.attrib.values()]
    texts = [root.text]
    for child in root:
        values.extend(str(text) for text in texts if not is_blank(text))
        if child.tag != "epilogo":
            values.extend(value for _, value in walk_values(child))
        texts = [child.tail]
    values.extend(str(text) for text in texts if not is_blank(text))
    return values
