"""What a feed has said so far, and what in it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from vincula.formats.hl7.message import all_text, attribute, iso_day
from vincula.people.record import PersonRecord

_DATE_REMEDY = "Envie a data em AAAAMMDD, por exemplo 19850312."


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What of a feed could not be read. `field`: the name in PersonRecord, "" where it is the message as a whole;
    `message`, `remedy`: Portuguese, without the value."""

    field: str
    message: str
    remedy: str


@dataclass(slots=True)
class Reading:
    """Collects fields of PersonRecord. What is given stands, and what differs from it later is a fault; "" is given
    only where the feed says that there is none."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)

    def give(self, name: str, value: str) -> None:
        """An empty element says nothing: it erases nothing."""
        if value and self.values.setdefault(name, value) != value:
            self.fault(name, f"O dado {name} veio mais de uma vez, com valores diferentes.", "Envie um só.")

    def clear(self, name: str) -> None:
        """The feed says that there is no such thing."""
        self.values.setdefault(name, "")

    def fault(self, name: str, message: str, remedy: str) -> None:
        one = FieldFault(name, message, remedy)
        if one not in self.faults:
            self.faults.append(one)

    def day(self, name: str, what: str, moment: str) -> str:
        """`AAAA-MM-DD` of an HL7 date; "" where there is none, or none that can be read, which is a fault. `what`: how
        a person calls it, beginning with "data"."""
        day = iso_day(moment)
        if moment and not day:
            self.fault(name, f"A {what} não pôde ser lida como data.", _DATE_REMEDY)
        return day

    def record(self) -> PersonRecord:
        return PersonRecord(**self.values)


def moment(element: etree._Element | None) -> str:
    """A date as attribute or as text (cadsus-services.md, section 9, rule 14)."""
    if element is None:
        return ""
    return attribute(element, "value") or all_text(element)
