"""The history of a person as AuditoriaCadsus tells it (cadsus-services.md, section 7): versions, what each changed,
and the record before and after any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vincula.national.cadsus.models import Cartao, TipoTransacao, Transacao
from vincula.national.cadsus.services import details, lookups
from vincula.national.cadsus.services.records import DATA
from vincula.national.cadsus.services.shape import record_of
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
    state = _State(wanted.pessoa_id)
    for one in Transacao.objects.filter(pessoa_id=wanted.pessoa_id, pk__gt=number).order_by("-pk"):
        state.undo(one.campos)
    after = state.record()
    if wanted.tipo == TipoTransacao.ADICIONADO:
        return after, None
    state.undo(wanted.campos)
    return after, state.record()


class _State:
    """A registration on its way back through its versions."""

    def __init__(self, person: int) -> None:
        now = whole(person)
        assert now is not None, "no registration is ever deleted"
        (held,) = lookups.persons([person])
        self._now, self._cpf, self._others = now, held.cpf, held.outros
        self._data = dict(zip(DATA, held.data, strict=True))
        self._flags = {name: getattr(now, name) for name in _FLAGS}
        self._later: set[str] = set()
        self._bound_later: list[list[str]] = []

    def undo(self, changes: Mapping[str, Any]) -> None:
        """Back to before these changes."""
        self._data.update({name: pair[0] for name, pair in changes.items() if name in self._data})
        self._flags.update({name: pair[0] for name, pair in changes.items() if name in self._flags})
        self._cpf = changes["cpf"][0] if "cpf" in changes else self._cpf
        self._others = details.undone(self._others, changes)
        self._later.update(changes["cns"][1] if "cns" in changes else ())
        self._bound_later += [changes["locais"][1]] if "locais" in changes else []

    def record(self) -> PersonRecord:
        """The record as it was."""
        return replace(
            record_of(self._cpf, tuple(self._data.values()), self._others),
            id=self._now.id,
            qualidade=self._now.qualidade,
            cartoes=tuple(card for card in self._now.cartoes if card.numero not in self._later),
            locais=tuple(
                one for one in self._now.locais if [one.raiz, one.extensao] not in self._bound_later
            ),
            **self._flags,
        )


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
