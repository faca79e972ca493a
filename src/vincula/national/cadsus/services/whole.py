"""A person's whole record out of the base."""

from __future__ import annotations

from vincula.national.cadsus.services.assembling import records_of
from vincula.people.record import PersonRecord


def whole(person: int) -> PersonRecord | None:
    """Everything held on the registration with this id, as it stands; None if it does not exist.

    The numbers and local ids are those it holds now, the master card first; of one united into another, none.
    """
    return next(iter(records_of([person])), None)
