"""What every HL7 message is read with: its parts by local name, and what its answer gives back of it.

By local names and in any order (cadsus-services.md, section 9, rules 13 and 14).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from vincula.formats.soap import local_name
from vincula.people.demographics import is_date

_DIGITS = re.compile(r"[0-9]{1,6}")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{2,6}(?:\.[0-9]+)?(?:[+-][0-9]{4})?)?")


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """An II. Of a livingSubjectId the root says of what kind it is, the extension is the number."""

    root: str
    extension: str


@dataclass(frozen=True, slots=True)
class Target:
    """What an answer echoes of a message: its id, its sender's name, its processing codes."""

    root: str = ""
    extension: str = ""
    sender: str = ""
    processing: str = "T"
    mode: str = "T"


def read_target(message: etree._Element) -> Target:
    """The parts of any HL7 message that its answer gives back."""
    parts = children(message)
    one = parts.get("id")
    return Target(
        verbatim(one, "root"),
        verbatim(one, "extension"),
        _sender(parts.get("sender")),
        attribute(parts.get("processingCode"), "code") or "T",
        attribute(parts.get("processingModeCode"), "code") or "T",
    )


def _sender(sender: etree._Element | None) -> str:
    device = None if sender is None else find(sender, "device")
    name = None if device is None else children(device).get("name")
    return "" if name is None else _joined(name).strip()


def identifier(element: etree._Element | None) -> Identifier:
    return Identifier(verbatim(element, "root"), verbatim(element, "extension"))


def children(element: etree._Element) -> dict[str, etree._Element]:
    """The first child of each local name."""
    return {local_name(child): child for child in reversed(element)}


def find(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iter(f"{{*}}{name}"), None)


def attribute(element: etree._Element | None, name: str) -> str:
    return "" if element is None else (element.get(name) or "").strip()


def verbatim(element: etree._Element | None, name: str) -> str:
    """What is given back as it came (rule 12)."""
    return "" if element is None else (element.get(name) or "")


def number(element: etree._Element | None) -> int | None:
    text = attribute(element, "value")
    return int(text) if _DIGITS.fullmatch(text) else None


def iso_day(moment: str) -> str:
    """`AAAA-MM-DD` of an HL7 date of 8 or 14 digits, with or without fraction and zone, which do not count (section
    3.7); "" for what is none."""
    digits = _DAY.fullmatch(moment.strip())
    day = "-".join(digits.groups()) if digits else ""
    return day if is_date(day) else ""


def all_text(element: etree._Element) -> str:
    """A whole name: in one given, in family, in several parts, or as bare text (section 3.3)."""
    return " ".join(_joined(element).split())


def _joined(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    inside = [part for child in element for part in (_joined(child), child.tail or "")]
    return " ".join([element.text or "", *inside])
