"""Whole records of the base's persons: one statement for each table they stand in, be they one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from vincula.national.cadsus.services import others, store
from vincula.national.cadsus.services.quick import Statement
from vincula.national.cadsus.services.records import DATA
from vincula.people.record import Card, LocalId, PersonRecord

T = TypeVar("T")

_COLUMNS = ", ".join(
    ("id", "cpf", "cns_mestre", "qualidade", "ativa", "vip", "protegida", "outros_dados", *DATA)
)
_DATA_AT = 8


class _Source:
    """A query over some persons, and its short form for one, which is what look-ups ask for."""

    def __init__(self, query: str) -> None:
        self._many = query
        self._one = Statement(query.format(among="= ?"))

    def of(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        return self._one.rows(ids) if len(ids) == 1 else store.fetch_among(self._many, ids)


_PERSONS = _Source(f"SELECT {_COLUMNS} FROM cadsus_pessoa WHERE id {{among}}")
_CARDS = _Source("SELECT pessoa_id, cns, tipo, atribuido_em FROM cadsus_cartao WHERE pessoa_id {among}")
_LOCALS = _Source(
    "SELECT pessoa_id, raiz, extensao, sistema FROM cadsus_identificador_local WHERE pessoa_id {among}"
    " ORDER BY raiz, extensao"
)
_CPFS = _Source(
    "SELECT pessoa_id, min(valor) FROM cadsus_identificador WHERE tipo = 1 AND NOT disputado AND pessoa_id {among}"
    " GROUP BY pessoa_id"
)


def records_of(ids: Sequence[int]) -> list[PersonRecord]:
    """The records of these registrations, in the order of `ids`; those that do not exist are left out.

    Each with all cards it holds (the master first, then D before P, then by number) and all it is called by systems.
    A person without a CPF of his own shows the one that came with a registration united into him.
    """
    rows = {row[0]: row for row in _PERSONS.of(ids)}
    known = list(rows)
    cards, locais = _grouped(_CARDS, Card, known), _grouped(_LOCALS, LocalId, known)
    bare = [one for one, row in rows.items() if not row[1]]
    cpfs: dict[int, str] = dict(_CPFS.of(bare)) if bare else {}
    return [
        _record(rows[one], cards.get(one, []), tuple(locais.get(one, ())), cpfs.get(one, ""))
        for one in ids
        if one in rows
    ]


def _record(row: tuple[Any, ...], cards: list[Card], locais: tuple[LocalId, ...], cpf: str) -> PersonRecord:
    master = row[2]
    cards.sort(key=lambda card: (card.numero != master, card.tipo, card.numero))
    known = others.complete(dict(zip(DATA, row[_DATA_AT:], strict=True)), row[7])
    return PersonRecord(
        id=row[0],
        cpf=row[1] or cpf,
        cartoes=tuple(cards),
        locais=locais,
        qualidade=row[3],
        ativa=bool(row[4]),
        vip=bool(row[5]),
        protegida=bool(row[6]),
        **known,
    )


def _grouped(source: _Source, kind: Callable[..., T], ids: Sequence[int]) -> dict[int, list[T]]:
    """Person → what a source has of him, in its order."""
    found: dict[int, list[T]] = {}
    for person, *parts in source.of(ids) if ids else ():
        found.setdefault(person, []).append(kind(*parts))
    return found
