"""Keeps the master number of the persons whose cards changed."""

from __future__ import annotations

from collections.abc import Collection

from vincula.national.cadsus.rules import Card, master
from vincula.national.cadsus.services import lookups, store


def settle(roots: Collection[int]) -> dict[int, str]:
    """Choose again the master of each person and store it; person → number."""
    cards: dict[int, list[Card]] = {root: [] for root in roots}
    query = "SELECT pessoa_id, cns, tipo, atribuido_em, origem_id, ordem FROM cadsus_cartao WHERE pessoa_id {among}"
    for root, *card in store.fetch_among(query, roots):
        cards[root].append(Card(*card))
    chosen = _chosen(roots)
    masters = {root: master(held, chosen.get(root, "")) for root, held in cards.items()}
    store.run_many(
        "UPDATE cadsus_pessoa SET cns_mestre = %s WHERE id = %s AND cns_mestre <> %s",
        ((cns, root, cns) for root, cns in masters.items()),
    )
    return masters


def _chosen(roots: Collection[int]) -> dict[int, str]:
    """Person → the number chosen at the latest unification in force among its registrations, where it
    still holds it.
    """
    query = """
        SELECT c.pessoa_id, u.principal_id, u.cns_mestre, u.id FROM cadsus_cartao c
          JOIN cadsus_uniao u ON u.cns_mestre = c.cns
         WHERE u.desfeita_em IS NULL AND c.pessoa_id {among}
    """
    found = store.fetch_among(query, roots)
    root_of = lookups.roots_of({principal for _, principal, _, _ in found})
    latest: dict[int, tuple[int, str]] = {}
    for holder, principal, cns, number in found:
        if root_of.get(principal) == holder:
            latest[holder] = max(latest.get(holder, (0, "")), (number, cns))
    return {holder: cns for holder, (_, cns) in latest.items()}
