"""All the rules over one record."""

from __future__ import annotations

from vincula.people.record import PersonRecord

from . import address, certificates, contact, documents, nationality, personal
from .book import Book, official
from .faults import Around, Fault

_CHAPTERS = (personal, nationality, contact, address, documents, certificates)


def check(record: PersonRecord, around: Around, book: Book | None = None) -> tuple[Fault, ...]:
    """Everything that stands against a converted record, in the order of the rules; nothing means that the rules take
    it.

    What needs the base or the Receita (RN001.4, RN020.4) is not among it. `book`: the register to go by, the official
    one by default.
    """
    rules = book or official()
    return tuple(
        fault for chapter in _CHAPTERS for fault in chapter.check(record, around) if rules.in_force(fault)
    )
