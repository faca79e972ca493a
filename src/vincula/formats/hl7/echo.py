"""An element written again without prefixes: parsers of some clients find nothing behind one (section 9, rule 1)."""

from __future__ import annotations

from lxml import etree

from vincula.formats.hl7 import oids
from vincula.formats.soap import local_name, namespace, quoted, text

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def plain_xml(element: etree._Element) -> str:
    """The element as XML text for a place where HL7's is the default namespace.

    What is neither of the element's own namespace nor of HL7's is left out. The depth was bounded by the parser."""
    return _by_libxml2(element) or _plain(element, frozenset({"", oids.HL7, namespace(element)}))


def _by_libxml2(element: etree._Element) -> str:
    """Ten times faster, where all in it has the element's own prefix or none. Else "".

    The declarations in scope stand on the first tag, which ends at the first ">", because the parser takes no namespace
    with one in it; behind it "<" begins tags only. A colon or "xmlns" that is left may be another prefix or a
    declaration; where it is but text, only time is lost."""
    if element.attrib or not len(element):
        return ""
    rest = etree.tostring(element, encoding="unicode", with_tail=False).partition(">")[2]
    if (prefix := element.prefix) and element.nsmap.get(None, "") in ("", namespace(element)):
        rest = rest.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
    if ":" in rest or "xmlns" in rest:
        return ""
    return f"<{local_name(element)}>{rest}"


def _plain(element: etree._Element, kept: frozenset[str]) -> str:
    name = local_name(element)
    inside = [text(element.text or "")]
    for child in element:
        if namespace(child) in kept:
            inside.append(_plain(child, kept))
        inside.append(text(child.tail or ""))
    content = "".join(inside)
    return (
        f"<{name}{_attributes(element)}>{content}</{name}>" if content else f"<{name}{_attributes(element)}/>"
    )


def _attributes(element: etree._Element) -> str:
    """Those without a namespace, and xsi:type and xsi:nil with the prefix they need."""
    plain: list[str] = []
    foreign: list[str] = []
    for name, given in element.attrib.items():
        key, value = str(name), str(given)
        if not key.startswith("{"):
            plain.append(f' {key}="{quoted(value)}"')
        elif key == f"{{{_XSI}}}type" and (kind := _hl7_type(element, value)):
            foreign.append(f' xsi:type="{quoted(kind)}"')
        elif key == f"{{{_XSI}}}nil":
            foreign.append(f' xsi:nil="{quoted(value)}"')
    return "".join(plain) + (f' xmlns:xsi="{_XSI}"{"".join(foreign)}' if foreign else "")


def _hl7_type(element: etree._Element, qname: str) -> str:
    """The type's name without its prefix; "" for a type that is not of HL7, which the default namespace cannot name."""
    prefix, _, name = qname.strip().rpartition(":")
    return name if not prefix or element.nsmap.get(prefix) == oids.HL7 else ""
