"""A person's whole record out of the base: columns, data beside them, numbers, local ids."""

from __future__ import annotations

from dataclasses import replace

from vincula.national.cadsus.services import locals, queries, store
from vincula.national.cadsus.services.records import DATA
from vincula.national.cadsus.services.shape import record_of
from vincula.people.record import Card, PersonRecord

_COLUMNS = ("cpf", *DATA, "outros_dados", "cns_mestre", "qualidade", "ativa", "vip", "protegida")


def whole(person: int) -> PersonRecord | None:
    """Everything held on the registration with this id, as it stands; None if it does not exist.

    The numbers and local ids are those it holds now, the master card first; of one united into another, none.
    """
    found = store.fetch(f"SELECT {', '.join(_COLUMNS)} FROM cadsus_pessoa WHERE id = %s", (person,))
    if not found:
        return None
    cpf, *rest = found[0]
    data, (outros, master, grade, active, vip, protected) = rest[: len(DATA)], rest[len(DATA) :]
    return replace(
        record_of(cpf or queries.cpf_of(person), data, outros),
        id=person,
        cartoes=_cards(person, master),
        locais=locals.of(person),
        qualidade=grade,
        ativa=bool(active),
        vip=bool(vip),
        protegida=bool(protected),
    )


def _cards(person: int, master: str) -> tuple[Card, ...]:
    query = "SELECT cns, tipo, atribuido_em FROM cadsus_cartao WHERE pessoa_id = %s ORDER BY cns"
    cards = [Card(*row) for row in store.fetch(query, (person,))]
    return tuple(sorted(cards, key=lambda card: card.numero != master))
