"""The history of a person as AuditoriaCadsus tells it (cadsus-services.md, section 7): versions, what each changed,
and the record before and after any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vincula.national.cadsus.models import Cartao, TipoTransacao, Transacao
from vincula.national.cadsus.services import details, others
from vincula.national.cadsus.services.records import DATA
from vincula.national.cadsus.services.shape import columns_of, record_of
from vincula.national.cadsus.services.whole import whole
from vincula.people.record import PersonRecord

_FLAGS = ("ativa", "vip", "protegida")


@dataclass(frozen=True, slots=True)
class Transaction:
    """A version: its id, its term of the CadSUS vocabulary, who made it, from which CNES (7 digits or ""), when
    (UTC), and the names of the fields it changed.
    """

    id: int
    pessoa_id: int
    tipo: str
    quem: str
    cnes: str
    quando: datetime
    campos: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Linked:
    """A registration that was united with the person, or parted from it: by which transaction, and the
    registration.
    """

    transaction: Transaction
    record: PersonRecord


def transactions(person: int) -> list[Transaction]:
    """The versions of a registration, oldest first; none for one that does not exist."""
    found = Transacao.objects.filter(pessoa_id=person).order_by("pk")
    return [_told(one) for one in found]


def transaction(number: int) -> Transaction | None:
    """One version by its id."""
    found = Transacao.objects.filter(pk=number).first()
    return _told(found) if found else None


def changed_fields(number: int) -> tuple[PersonRecord, PersonRecord | None] | None:
    """The record after a transaction and before it, None before the one that added it; None for no such transaction.

    Worked out backwards from the record as it stands. A number or local id that came later is left out; whose numbers
    were with whom during a unification is not worked out: `unification_history` tells it.
    """
    wanted = Transacao.objects.filter(pk=number).first()
    if wanted is None:
        return None
    record = whole(wanted.pessoa_id)
    assert record is not None, "no registration is ever deleted"
    later = Transacao.objects.filter(pessoa_id=wanted.pessoa_id, pk__gt=number).order_by("-pk")
    for one in later:
        record = _before(record, one.campos)
    if wanted.tipo == TipoTransacao.ADICIONADO:
        return record, None
    return record, _before(record, wanted.campos)


def unification_history(person: int) -> list[Linked]:
    """Every registration united with this one or parted from it, oldest first; each as it stands now."""
    found = Transacao.objects.filter(pessoa_id=person, tipo__in=(TipoTransacao.UNIDO, TipoTransacao.DESUNIDO))
    linked = []
    for one in found.order_by("pk"):
        other = whole(int(one.campos["com"][1]))
        assert other is not None, "no registration is ever deleted"
        linked.append(Linked(_told(one), other))
    return linked


def last_change(cns: str) -> datetime | None:
    """When the person to whom this number leads was last changed (UTC); None for a number never given."""
    holder = Cartao.objects.filter(cns=cns).values_list("pessoa_id", flat=True).first()
    if holder is None:
        return None
    last = Transacao.objects.filter(pessoa_id=holder).order_by("-pk").values_list("quando", flat=True)
    return last.first()


def _told(one: Transacao) -> Transaction:
    return Transaction(one.pk, one.pessoa_id, one.tipo, one.quem, one.cnes, one.quando, tuple(one.campos))


def _before(record: PersonRecord, changes: Mapping[str, Any]) -> PersonRecord:
    """The record as it was before these changes."""
    if not changes:
        return record
    columns = dict(zip(DATA, columns_of(record), strict=True))
    columns.update({name: changes[name][0] for name in DATA if name in changes})
    cpf = changes["cpf"][0] if "cpf" in changes else record.cpf
    earlier = record_of(cpf, tuple(columns.values()), details.undone(others.pack(record), changes))
    came = set(changes["cns"][1]) if "cns" in changes else set()
    bound = changes["locais"][1] if "locais" in changes else None
    return replace(
        earlier,
        id=record.id,
        cartoes=tuple(card for card in record.cartoes if card.numero not in came),
        locais=tuple(one for one in record.locais if [one.raiz, one.extensao] != bound),
        qualidade=record.qualidade,
        **{name: changes[name][0] if name in changes else getattr(record, name) for name in _FLAGS},
    )
