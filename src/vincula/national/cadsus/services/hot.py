"""Look-ups by identifier for the answers over the wire, in the fewest statements.

`full=False`: one statement, and only what an operadora is answered and what a score is made of (`glimpse`): id, names,
sex, birth and its municipality, CPF, quality, state, the flags of restricted persons, the master card. `full=True`: the
whole record. Every identifier leads to the person in force, also one that came with a registration unified since.
VIP and protected persons are answered with their flags: who asks decides what he shows. So are inactive ones.

What reveals a person is audited by whoever asks: the base does not know for what purpose.
"""

from __future__ import annotations

from vincula.national.cadsus.services.assembling import records_of
from vincula.national.cadsus.services.glimpse import COLUMNS, MASTER, glimpse
from vincula.national.cadsus.services.quick import Statement
from vincula.people.record import PersonRecord

_CARD = "FROM cadsus_cartao i {join} WHERE i.cns = ?"
_CPF = "FROM cadsus_identificador i {join} WHERE i.tipo = 1 AND i.valor = ? AND NOT i.disputado"
_LOCAL = "FROM cadsus_identificador_local i {join} WHERE i.raiz = ? AND i.extensao = ?"
# A NIS leads nowhere by itself: it stands in the registrations, also in those unified since. Their chains are followed.
# The second condition says that the partial index will do, whatever number is asked for.
_NIS = """
    WITH RECURSIVE chain(id, next) AS (
        SELECT id, unida_em_id FROM cadsus_pessoa WHERE pis = ? AND NOT (pis = '')
        UNION
        SELECT u.id, u.unida_em_id FROM chain c JOIN cadsus_pessoa u ON u.id = c.next
    )
    SELECT {columns} FROM chain i {join} WHERE i.next IS NULL ORDER BY p.id
"""


_ID = _NIS.replace("pis = ? AND NOT (pis = '')", "id = ?")


class _Lookup:
    """A look-up in its two sizes."""

    def __init__(self, source: str) -> None:
        join = f"JOIN cadsus_pessoa p ON p.id = i.pessoa_id {MASTER}"
        self._brief = Statement(f"SELECT {COLUMNS} {source.format(join=join)}")
        self._ids = Statement(f"SELECT i.pessoa_id {source.format(join='')}")

    def one(self, parameters: tuple[str, ...], full: bool) -> PersonRecord | None:
        if not full:
            rows = self._brief.rows(parameters)
            return glimpse(rows[0]) if rows else None
        found = records_of([row[0] for row in self._ids.rows(parameters)])
        return found[0] if found else None


_by_card, _by_cpf, _by_local = _Lookup(_CARD), _Lookup(_CPF), _Lookup(_LOCAL)
_nis_brief = Statement(_NIS.format(columns=COLUMNS, join=f"JOIN cadsus_pessoa p ON p.id = i.id {MASTER}"))
_nis_ids = Statement(_NIS.format(columns="p.id", join="JOIN cadsus_pessoa p ON p.id = i.id"))

_id_brief = Statement(_ID.format(columns=COLUMNS, join=f"JOIN cadsus_pessoa p ON p.id = i.id {MASTER}"))
_id_ids = Statement(_ID.format(columns="p.id", join="JOIN cadsus_pessoa p ON p.id = i.id"))


def by_cns(cns: str, *, full: bool) -> PersonRecord | None:
    """The person to whom this number (15 digits) leads now, whichever of its numbers it is; None for no number."""
    return _by_card.one((cns,), full)


def by_cpf(cpf: str, *, full: bool) -> PersonRecord | None:
    """The person with this CPF (11 digits); None where there is none, or several dispute it."""
    return _by_cpf.one((cpf,), full)


def by_nis(nis: str, *, full: bool) -> list[PersonRecord]:
    """The persons with this NIS/PIS/PASEP (11 digits), by id: nothing keeps the base from having several."""
    if full:
        return records_of([row[0] for row in _nis_ids.rows((nis,))])
    return [glimpse(row) for row in _nis_brief.rows((nis,))]


def by_local(root: str, extension: str, *, full: bool) -> PersonRecord | None:
    """The person whom a system (OID `root`) calls `extension`; None for a name it never gave."""
    return _by_local.one((root, extension), full)


def by_id(number: int, *, full: bool) -> PersonRecord | None:
    """The person in force to whom a registration belongs, by its identificador corporativo."""
    if full:
        return next(iter(records_of([row[0] for row in _id_ids.rows((number,))])), None)
    rows = _id_brief.rows((number,))
    return glimpse(rows[0]) if rows else None
