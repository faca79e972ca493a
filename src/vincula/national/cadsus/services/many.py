"""Look-ups of some thousand numbers at once, one statement for all: what the bulk look-up is made of.

As `hot`, in whose words each answers; who asks audits, and decides what he shows of restricted persons.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from vincula.national.cadsus.services import store
from vincula.national.cadsus.services.assembling import records_of
from vincula.national.cadsus.services.glimpse import COLUMNS, MASTER, glimpse
from vincula.people.record import PersonRecord

_JOIN = f"JOIN cadsus_pessoa p ON p.id = i.pessoa_id {MASTER}"
_CPF = (
    "i.valor, {columns} FROM cadsus_identificador i {join}"
    " WHERE i.tipo = 1 AND NOT i.disputado AND i.valor {{among}}"
)
_CNS = "i.cns, {columns} FROM cadsus_cartao i {join} WHERE i.cns {{among}}"


def by_cpfs(numbers: Collection[str], *, full: bool) -> dict[str, PersonRecord]:
    """CPF → person, for those that lead to one for sure."""
    return _found(_CPF, numbers, full)


def by_cards(numbers: Collection[str], *, full: bool) -> dict[str, PersonRecord]:
    """CNS → the person to whom it leads now, for those that lead to one."""
    return _found(_CNS, numbers, full)


def _found(query: str, numbers: Collection[str], full: bool) -> dict[str, PersonRecord]:
    if full:
        return _whole(query, numbers)
    brief = "SELECT " + query.format(columns=COLUMNS, join=_JOIN)
    return {row[0]: glimpse(row[1:]) for row in store.fetch_among(brief, numbers)}


def _whole(query: str, numbers: Collection[str]) -> dict[str, PersonRecord]:
    rows: list[tuple[Any, ...]] = store.fetch_among(
        "SELECT " + query.format(columns="i.pessoa_id", join=""), numbers
    )
    records = {one.id: one for one in records_of(list({row[1] for row in rows}))}
    return {number: records[person] for number, person in rows if person in records}
