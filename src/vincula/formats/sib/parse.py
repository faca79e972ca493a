"""lxml, hardened: no entities of a document's own, no network, libxml2's own caps in force."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vincula.formats.hardened import HARDENED
from vincula.formats.sib.digest import is_blank


def parse_bytes(document: bytes) -> etree._Element:
    """The root of a document that was cut to a bounded size. Raises `etree.XMLSyntaxError`.

    Comments and processing instructions vanish and CDATA becomes text, so that a value is one string.
    """
    parser = etree.XMLParser(
        **HARDENED,
    )
    return etree.fromstring(document, parser)


def walk_values(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What the hash counts inside an element, in document order: attributes, texts, tails; blank texts left out.

    Each value comes with the element it belongs to (of a tail: the one in front of it). No recursion.
    """
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            for value in node.attrib.values():
                yield node, str(value)
            if not is_blank(node.text):
                yield node, str(node.text)
        elif node is not element and not is_blank(node.tail):
            yield node, str(node.tail)
