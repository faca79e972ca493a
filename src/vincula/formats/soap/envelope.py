"""From the bytes of a request to the element that it asks with.

Hostile bytes end here: no document type, no entity beyond XML's own five, no encoding that hides what is looked for,
bounded size; libxml2 itself bounds the depth (256) and takes 200,000 attributes in a tenth of a second. What it does
not give back while its thread lives are the names of elements and attributes it met: hence small limits where messages
are small, and processes that are renewed when they have grown.

All else is taken as real clients send it (cadsus-services.md, section 9, rules 13 to 15 and 21): any prefix, any order,
a byte-order mark, no XML declaration, no header.
"""

from __future__ import annotations

import codecs
import re
import threading
from dataclasses import dataclass
from enum import Enum

from lxml import etree

from vincula.formats.hardened import HARDENED

MAX_BYTES = 4 * 1024 * 1024  # an enrolment may carry a photograph (v5r0, Fotografia)
# All write ASCII as ASCII, so that what is looked for in the bytes cannot hide. By what libxml2 calls them.
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf8": "UTF-8",
    "us-ascii": "UTF-8",
    "ascii": "UTF-8",
    "iso-8859-1": "ISO-8859-1",
    "iso8859-1": "ISO-8859-1",
    "latin1": "ISO-8859-1",
    "windows-1252": "windows-1252",
}
_DECLARED = re.compile(rb"""<\?xml\s[^?]*?encoding\s*=\s*["']([^"']*)["']""")
BEFORE = codecs.BOM_UTF8 + b" \t\r\n"  # may stand before the declaration


class SoapVersion(Enum):
    """The namespace of an envelope."""

    V11 = "http://schemas.xmlsoap.org/soap/envelope/"
    V12 = "http://www.w3.org/2003/05/soap-envelope"


_V11 = SoapVersion.V11.value.encode()
_ENVELOPES = {f"{{{version.value}}}Envelope": version for version in SoapVersion}


class UnreadableEnvelopeError(ValueError):
    """The request is no SOAP message that can be read. `message` and `remedy` in Portuguese, without content of it."""

    def __init__(self, message: str, remedy: str, version: SoapVersion = SoapVersion.V12) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.version = version


@dataclass(frozen=True, slots=True)
class Envelope:
    """A request: its SOAP version, its Header element if it has one, and the first element of its Body."""

    version: SoapVersion
    header: etree._Element | None
    payload: etree._Element

    @property
    def operation(self) -> str:
        """The local name of the payload: what dispatch goes by, never the SOAPAction."""
        return local_name(self.payload)


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """The element's namespace; "" where it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def read_envelope(body: bytes, *, max_bytes: int = MAX_BYTES) -> Envelope:
    """Read a request. Raises UnreadableEnvelopeError."""
    try:
        root = _parse(body.lstrip(BEFORE), encoding_of(body, max_bytes))
    except UnreadableEnvelopeError as error:
        error.version = guess_version(body)
        raise
    version = version_of(root)
    header, payload = None, None
    for part in root:
        if local_name(part) == "Header":
            header = part
        elif local_name(part) == "Body":
            payload = next((child for child in part if isinstance(child.tag, str)), None)
    if payload is None:
        raise UnreadableEnvelopeError(
            "O envelope SOAP não tem mensagem no corpo.", "Envie a mensagem dentro de Body.", version
        )
    return Envelope(version, header, payload)


def guess_version(body: bytes) -> SoapVersion:
    """Of what cannot be read: the answer is in the version that the caller speaks."""
    return SoapVersion.V11 if _V11 in body[:4096] else SoapVersion.V12


def encoding_of(body: bytes, max_bytes: int) -> str:
    """The encoding that the body is read with, whatever else it may declare; hostile bytes are refused."""
    if len(body) > max_bytes:
        raise UnreadableEnvelopeError(
            f"A mensagem passa de {max_bytes // 1024} KiB.", "Envie uma mensagem por requisição, sem anexos."
        )
    start = body.lstrip(BEFORE)
    if not start:
        raise UnreadableEnvelopeError("A requisição veio sem corpo.", "Envie um envelope SOAP por POST.")
    declared = _DECLARED.match(start)
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if b"\0" in body or name not in _ENCODINGS:
        raise _undecodable()
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise UnreadableEnvelopeError(
            "A mensagem tem DOCTYPE ou declaração de entidade, que não são aceitos.", "Envie o XML sem DTD."
        )
    return "UTF-8" if codecs.BOM_UTF8 in body[: len(body) - len(start)] else _ENCODINGS[name]


class _Parsers(threading.local):
    """One parser for each encoding and thread: making one costs a third of parsing a question with it."""

    def __init__(self) -> None:
        self.made: dict[str, etree.XMLParser] = {}

    def of(self, encoding: str) -> etree.XMLParser:
        if encoding not in self.made:
            self.made[encoding] = etree.XMLParser(
                encoding=encoding,
                **HARDENED,
                collect_ids=False,
            )
        return self.made[encoding]


_parsers = _Parsers()


def _parse(body: bytes, encoding: str) -> etree._Element:
    try:
        return etree.fromstring(body, _parsers.of(encoding))
    except (etree.XMLSyntaxError, ValueError) as error:
        try:
            body.decode(encoding)
        except UnicodeDecodeError:
            raise _undecodable() from None
        line = getattr(error, "lineno", None)
        where = f" (linha {line})" if line else ""
        raise UnreadableEnvelopeError(
            f"A mensagem não é XML bem formado{where}.", "Gere o envelope com uma biblioteca de XML e repita."
        ) from None


def _undecodable() -> UnreadableEnvelopeError:
    return UnreadableEnvelopeError(
        "A codificação da mensagem não é aceita.", "Envie em UTF-8 (ou declare ISO-8859-1)."
    )


def version_of(root: etree._Element) -> SoapVersion:
    """By the outermost element. Raises UnreadableEnvelopeError."""
    version = _ENVELOPES.get(str(root.tag))
    if version is None:
        raise UnreadableEnvelopeError(
            "A mensagem não é um envelope SOAP 1.1 nem 1.2.",
            "O elemento de fora é Envelope, no namespace do SOAP.",
        )
    return version
