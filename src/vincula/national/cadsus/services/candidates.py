"""Who may be meant by a name and a birth: each question answered from one index, and never more than some hundred rows.

A question that has more answers than that is not answered in part, for the part would be arbitrary: it answers None.
"""

from __future__ import annotations

from typing import Any

from vincula.national.cadsus.services.glimpse import COLUMNS, MASTER, glimpse
from vincula.national.cadsus.services.quick import Statement
from vincula.people.record import PersonRecord

MOST = 500
"""Rows of the base that one question reads at most."""

People = list[PersonRecord]
_FROM = f"SELECT {COLUMNS} FROM cadsus_pessoa p {MASTER} WHERE p.unida_em_id IS NULL AND"
_LIMIT = f"LIMIT {MOST + 1}"
STATEMENTS = {
    "same_name_on": f"{_FROM} p.data_nascimento = ? AND p.nome_chave = ? {_LIMIT}",
    "sounding": f"{_FROM} p.fonetica = ? {_LIMIT}",
    "sounding_on": f"{_FROM} p.fonetica = ? AND p.data_nascimento = ? {_LIMIT}",
    "sounding_between": f"{_FROM} p.fonetica = ? AND p.data_nascimento >= ? AND p.data_nascimento <= ? {_LIMIT}",
    # Whatever the last name: it changes with marriage. ~>=~ and ~<~ compare by bytes, in whatever order the base sorts.
    "first_sounding_on": f"{_FROM} p.data_nascimento = ? AND p.fonetica ~>=~ ? AND p.fonetica ~<~ ? {_LIMIT}",
}
_prepared = {name: Statement(query) for name, query in STATEMENTS.items()}


def same_name_on(day: str, name_key: str) -> People | None:
    """Born that day with the same identity key of the name."""
    return _ask("same_name_on", day, name_key)


def sounding(sound: str) -> People | None:
    """First and last name sound so (`people.phonetics.search_key`)."""
    return _ask("sounding", sound)


def sounding_on(sound: str, day: str) -> People | None:
    """The same, born that day."""
    return _ask("sounding_on", sound, day)


def sounding_between(sound: str, first: str, last: str) -> People | None:
    """The same, born from one day to another, both included."""
    return _ask("sounding_between", sound, first, last)


def first_sounding_on(sound: str, day: str) -> People | None:
    """Born that day, the first name sounding like that of `sound`."""
    first = sound.partition(" ")[0]
    return _ask(
        "first_sounding_on", day, f"{first} ", f"{first}!"
    )  # the space comes just before the exclamation mark


def _ask(name: str, *parameters: Any) -> People | None:
    rows = _prepared[name].rows(parameters)
    return None if len(rows) > MOST else [glimpse(row) for row in rows]
