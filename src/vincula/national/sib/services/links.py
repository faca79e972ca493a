"""Who is an operadora's own: the persons and numbers of its vínculos, active or ended, as they stand now.

Asked in the event loop of the CNS services too, hence the statements of `quick`. Nothing here is told to anybody: who
asks decides what he says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from vincula.common.bulk import as_list
from vincula.national.cadsus.services.quick import Statement

# An expression of the registro, so that an engine goes by the number: half the base is one operadora's, and a number is
# one person's. The second condition on the CNS says that the partial index will do.
STATEMENTS = {
    "cpfs": "SELECT v.cpf FROM sib_vinculo v WHERE v.cpf AMONG ? AND v.registro_ans || '' = ?",
    "cards": (
        "SELECT v.cns FROM sib_vinculo v WHERE v.cns AMONG ? AND NOT (v.cns = '') AND v.registro_ans || '' = ?"
    ),
    "people_by_card": (
        "SELECT n.pessoa_id FROM cadsus_numero n JOIN sib_vinculo v ON v.cns = n.cns"
        " WHERE n.pessoa_id AMONG ? AND NOT (v.cns = '') AND v.registro_ans || '' = ?"
    ),
    "people_by_cpf": (
        "SELECT c.pessoa_id FROM cadsus_cpf c JOIN sib_vinculo v ON v.cpf = c.cpf"
        " WHERE c.pessoa_id AMONG ? AND v.registro_ans || '' = ?"
    ),
    # By the order of the index, for one row: an engine that takes the registro for a common one would read the table.
    "any": "SELECT v.codigo FROM sib_vinculo v WHERE v.registro_ans = ? ORDER BY v.codigo LIMIT 1",
}
_prepared = {name: Statement(query) for name, query in STATEMENTS.items()}


def has_links(registro: str) -> bool:
    """Whether this installation holds any vínculo of the operadora."""
    return bool(_prepared["any"].rows((registro,)))


def linked_cpfs(registro: str, cpfs: Collection[str]) -> set[str]:
    """Those of the CPFs (11 digits) that a vínculo of the operadora bears."""
    return _among("cpfs", registro, cpfs)


def linked_cards(registro: str, cards: Collection[str]) -> set[str]:
    """Those of the CNS (15 digits) that a vínculo of the operadora bears."""
    return _among("cards", registro, cards)


def linked_people(registro: str, people: Mapping[int, str]) -> set[int]:
    """Those of the persons (id of the CNS base → the CPF of the registration, "" for none) of whose CNS and CPFs, those
    that came by a unification included, a vínculo of the operadora bears one."""
    cpfs = linked_cpfs(registro, {cpf for cpf in people.values() if cpf})
    own = {one for one, cpf in people.items() if cpf in cpfs}
    for how in ("people_by_card", "people_by_cpf"):
        own |= _among(how, registro, people.keys() - own)
    return own


def _among(name: str, registro: str, values: Collection[Any]) -> set[Any]:
    if not values:
        return set()
    return {row[0] for row in _prepared[name].rows((as_list(values), registro))}
