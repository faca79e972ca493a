"""Two registrations of one system declared to be one person: PRPA_IN201304UV02 (cadsus-services.md, section 4; how the
official service treats it is unknown, the reading is HL7's)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vincula.formats.hl7.message import Target, find, read_target
from vincula.formats.pix.feed import read_ids
from vincula.people.record import LocalId


@dataclass(frozen=True, slots=True, repr=False)
class Merge:
    """`surviving`: what the person is called from now on; `replaced`: what disappears into it. As they came: either may
    be empty, and an id may lack its root or its number."""

    target: Target
    surviving: tuple[LocalId, ...]
    replaced: tuple[LocalId, ...]


def read_merge(message: etree._Element) -> Merge | None:
    """The merge in the message; None where it has no patient."""
    patient = find(message, "patient")
    if patient is None:
        return None
    replaced = [
        one
        for replacement in message.iter("{*}replacementOf")
        for role in replacement.iter("{*}priorRegisteredRole")
        for one in read_ids(role)
    ]
    return Merge(read_target(message), read_ids(patient), tuple(dict.fromkeys(replaced)))
