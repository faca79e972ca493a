"""Who may be meant by a name and a birth, or by a document: each question answered from one index, and never more than
some hundred rows.

A question that has more answers than that is not answered in part, for the part would be arbitrary: it answers None.
Who may not be shown to the asker does not count for that: a refusal would tell of him. `restricted`: whether VIP and
protected persons may be shown.
"""

from __future__ import annotations

from typing import Any

from vincula.common.bulk import as_list
from vincula.national.cadsus.services.glimpse import COLUMNS, MASTER, glimpse
from vincula.national.cadsus.services.quick import Statement
from vincula.people.record import PersonRecord

MOST = 500
"""Persons, of those whom the asker may be shown, that one question reads at most; and as many of the others."""

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
_documented = Statement(f"SELECT pessoa_id FROM cadsus_documento WHERE tipo = ? AND numero = ? {_LIMIT}")
# A document stands in the registrations, also in those unified since: their chains are followed.
_holders = Statement(f"""
    WITH RECURSIVE chain(id, next) AS (
        SELECT id, unida_em_id FROM cadsus_pessoa WHERE id AMONG ?
        UNION
        SELECT u.id, u.unida_em_id FROM chain c JOIN cadsus_pessoa u ON u.id = c.next
    )
    SELECT {COLUMNS} FROM chain i JOIN cadsus_pessoa p ON p.id = i.id {MASTER} WHERE i.next IS NULL ORDER BY p.id
""")
_RESTRICTED = "(p.vip OR p.protegida)"
SHOWN = {name: query.replace("AND", f"AND NOT {_RESTRICTED} AND", 1) for name, query in STATEMENTS.items()}
HIDDEN = {name: query.replace("AND", f"AND {_RESTRICTED} AND", 1) for name, query in STATEMENTS.items()}
_all, _shown, _hidden = (
    {name: Statement(query) for name, query in kind.items()} for kind in (STATEMENTS, SHOWN, HIDDEN)
)


def same_name_on(day: str, name_key: str, *, restricted: bool = True) -> People | None:
    """Born that day with the same identity key of the name."""
    return _ask("same_name_on", restricted, day, name_key)


def sounding(sound: str, *, restricted: bool = True) -> People | None:
    """First and last name sound so (`people.phonetics.search_key`)."""
    return _ask("sounding", restricted, sound)


def sounding_on(sound: str, day: str, *, restricted: bool = True) -> People | None:
    """The same, born that day."""
    return _ask("sounding_on", restricted, sound, day)


def sounding_between(sound: str, first: str, last: str, *, restricted: bool = True) -> People | None:
    """The same, born from one day to another, both included."""
    return _ask("sounding_between", restricted, sound, first, last)


def first_sounding_on(sound: str, day: str, *, restricted: bool = True) -> People | None:
    """Born that day, the first name sounding like that of `sound`."""
    first = sound.partition(" ")[0]
    # The space comes just before the exclamation mark.
    return _ask("first_sounding_on", restricted, day, f"{first} ", f"{first}!")


def bearing(kind: str, number: str) -> People | None:
    """Who bears this document (people.documents: tipoDocumento and plain number), whatever his name."""
    registrations = [row[0] for row in _documented.rows((kind, number))]
    if len(registrations) > MOST:
        return None
    return [glimpse(row) for row in _holders.rows((as_list(registrations),))] if registrations else []


def _ask(name: str, restricted: bool, *parameters: Any) -> People | None:
    rows = _all[name].rows(parameters)
    if len(rows) > MOST:
        if restricted:
            return None
        rows = _shown[name].rows(parameters)
        if len(rows) > MOST:
            return None
        rows += _hidden[name].rows(parameters)  # who is among them is for the alert, and for nobody else
    return [glimpse(row) for row in rows]
