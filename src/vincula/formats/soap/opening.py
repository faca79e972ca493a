"""Who sends a message, read from its beginning alone: before the rest of a large one costs anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from vincula.formats.hardened import HARDENED
from vincula.formats.soap.envelope import (
    BEFORE,
    Envelope,
    SoapVersion,
    UnreadableEnvelopeError,
    encoding_of,
    guess_version,
    local_name,
    version_of,
)
from vincula.formats.soap.security import UsernameToken, read_username_token

OPENING_BYTES = 64 * 1024
"""In so many the header of a large message must have ended; a UsernameToken has some 1 KiB."""


def read_opening(start: bytes) -> tuple[SoapVersion, UsernameToken | None]:
    """SOAP version and UsernameToken of a message of which these are the first bytes; None where no header with one has
    ended in them. Raises UnreadableEnvelopeError for what is no message from its first bytes on."""
    start = start[:OPENING_BYTES]
    try:
        return _read(start, encoding_of(start, OPENING_BYTES))
    except UnreadableEnvelopeError as error:
        error.version = guess_version(start)
        raise


def _read(start: bytes, encoding: str) -> tuple[SoapVersion, UsernameToken | None]:
    parser = etree.XMLPullParser(events=("start", "end"), encoding=encoding, **HARDENED, collect_ids=False)
    broken = False
    try:
        parser.feed(start.lstrip(BEFORE))
    except etree.XMLSyntaxError:
        broken = True  # what came before stands in the events
    root: etree._Element | None = None
    version = SoapVersion.V12
    for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
        if root is None:
            root, version = element, version_of(element)
        elif element.getparent() is not root:
            continue
        elif event == "start" and local_name(element) == "Body":
            return version, None
        elif event == "end" and local_name(element) == "Header":
            return version, read_username_token(Envelope(version, element, element))
    if broken or root is None:
        raise UnreadableEnvelopeError(
            "A mensagem não é XML bem formado.", "Gere o envelope com uma biblioteca de XML e repita."
        )
    return version, None
