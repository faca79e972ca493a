"""Who may be meant by a name and a birth, or by a document: each question answered from one index, and never more than
some hundred persons.

A question that has more answers than that is not answered in part, for the part would be arbitrary: it answers None.
Who may not be shown to the asker (`Sight`) does not count for that: a refusal would tell of him. In a crowd whom he may
be told of is asked first, by id and CPF alone, and only those are read. That too has its end, FAR: that a name has so
many bearers tells of none of them.
"""

from __future__ import annotations

from typing import Any

from vincula.common.bulk import as_list, batches
from vincula.national.cadsus.services.glimpse import COLUMNS, MASTER, glimpse
from vincula.national.cadsus.services.quick import Rows, Statement
from vincula.national.cadsus.services.sight import EVERYBODY, Sight
from vincula.people.record import PersonRecord

MOST = 500
"""Persons, of those whom the asker may be told of, that one question reads at most; and as many of those hidden."""
FAR = 20_000
"""Persons among whom those are picked whom the asker may be told of; not counting VIP and protected ones hidden."""
_AT_ONCE = 5_000  # persons of whom it is asked together whether he may be told of them

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
_documented = Statement("SELECT pessoa_id FROM cadsus_documento WHERE tipo = ? AND numero = ? LIMIT ?")
_these = Statement(f"SELECT {COLUMNS} FROM cadsus_pessoa p {MASTER} WHERE p.id AMONG ?")
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


def in_short(query: str) -> str:
    """The question that answers with ids and CPFs, of many more persons."""
    return (
        query.replace(f"{COLUMNS} ", "p.id, p.cpf ")
        .replace(f" {MASTER}", "")
        .replace(_LIMIT, f"LIMIT {FAR + 1}")
    )


IN_SHORT = {name: in_short(query) for name, query in STATEMENTS.items()}
SHOWN_IN_SHORT = {name: in_short(query) for name, query in SHOWN.items()}
_all, _shown, _hidden, _all_in_short, _shown_in_short = (
    {name: Statement(query) for name, query in kind.items()}
    for kind in (STATEMENTS, SHOWN, HIDDEN, IN_SHORT, SHOWN_IN_SHORT)
)


def same_name_on(day: str, name_key: str, sight: Sight = EVERYBODY) -> People | None:
    """Born that day with the same identity key of the name."""
    return _ask("same_name_on", sight, day, name_key)


def sounding(sound: str, sight: Sight = EVERYBODY) -> People | None:
    """First and last name sound so (`people.phonetics.search_key`)."""
    return _ask("sounding", sight, sound)


def sounding_on(sound: str, day: str, sight: Sight = EVERYBODY) -> People | None:
    """The same, born that day."""
    return _ask("sounding_on", sight, sound, day)


def sounding_between(sound: str, first: str, last: str, sight: Sight = EVERYBODY) -> People | None:
    """The same, born from one day to another, both included."""
    return _ask("sounding_between", sight, sound, first, last)


def first_sounding_on(sound: str, day: str, sight: Sight = EVERYBODY) -> People | None:
    """Born that day, the first name sounding like that of `sound`."""
    first = sound.partition(" ")[0]
    # The space comes just before the exclamation mark.
    return _ask("first_sounding_on", sight, day, f"{first} ", f"{first}!")


def bearing(kind: str, number: str, sight: Sight = EVERYBODY) -> People | None:
    """Who bears this document (people.documents: tipoDocumento and plain number), whatever his name."""
    most = MOST if sight.all else FAR
    registrations = [row[0] for row in _documented.rows((kind, number, most + 1))]
    if len(registrations) > most:
        return None
    people = [glimpse(row) for row in _holders.rows((as_list(registrations),))] if registrations else []
    return people if len(people) <= MOST or len(sight.among(people)) <= MOST else None


def _ask(name: str, sight: Sight, *parameters: Any) -> People | None:
    rows: Rows | None = _all[name].rows(parameters)
    if rows is not None and len(rows) > MOST:
        rows = _of_crowd(name, sight, parameters)
    return None if rows is None else [glimpse(row) for row in rows]


def _of_crowd(name: str, sight: Sight, parameters: tuple[Any, ...]) -> Rows | None:
    """Of more than can be read, those whom the asker may be told of; None where they too are more."""
    if sight.all:
        return None
    rows = _told_of(name, sight, parameters) if sight.known else _shown[name].rows(parameters)
    if rows is None or len(rows) > MOST:
        return None
    if sight.restricted:
        return rows
    return rows + _hidden[name].rows(parameters)  # who is among them is for the alert, and for nobody else


def _told_of(name: str, sight: Sight, parameters: tuple[Any, ...]) -> Rows | None:
    found = (_all_in_short if sight.restricted else _shown_in_short)[name].rows(parameters)
    if len(found) > FAR:
        return None
    own: list[int] = []
    for part in batches(found, _AT_ONCE):
        own += sight.known_of(dict(part))
        if len(own) > MOST:
            return None
    return _these.rows((as_list(own),)) if own else []
