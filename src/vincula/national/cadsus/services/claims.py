"""Who bears a CPF, one person at a time. The batch (intake) keeps the same books in memory."""

from __future__ import annotations

from collections.abc import Collection

from vincula.national.cadsus.services import lookups, store

_CPF = "tipo = 1 AND valor = %s"


def bear(cpf: str, home: int) -> None:
    """The registration bears this CPF from now on; the first to bear it is its home."""
    root = lookups.roots_of([home])[home]
    store.run(
        "INSERT INTO cadsus_identificador (tipo, valor, pessoa_id, origem_id, disputado) VALUES (1, %s, %s, %s, %s)"
        " ON CONFLICT (tipo, valor) DO NOTHING",
        (cpf, root, home, False),
    )
    if store.fetch(f"SELECT origem_id FROM cadsus_identificador WHERE {_CPF}", (cpf,))[0][0] != home:
        store.run(
            "INSERT INTO cadsus_reivindicacao (cpf, pessoa_id, origem_id) VALUES (%s, %s, %s)"
            " ON CONFLICT (cpf, origem_id) DO NOTHING",
            (cpf, root, home),
        )
    settle([cpf])


def release(cpf: str, home: int) -> None:
    """The registration no longer bears this CPF: the next one that does becomes its home; without one, it
    is free.
    """
    claim = lookups.claims([cpf]).get(cpf)
    if claim is None:
        return
    heir = home
    if claim.home == home:
        if not claim.others:
            store.run(f"DELETE FROM cadsus_identificador WHERE {_CPF}", (cpf,))
            return
        heir = min(claim.others)
        root = lookups.roots_of([heir])[heir]
        store.run(
            f"UPDATE cadsus_identificador SET origem_id = %s, pessoa_id = %s WHERE {_CPF}", (heir, root, cpf)
        )
    store.run("DELETE FROM cadsus_reivindicacao WHERE cpf = %s AND origem_id = %s", (cpf, heir))
    settle([cpf])


def settle(cpfs: Collection[str]) -> None:
    """A CPF is disputed while those that bear it are not one person."""
    claims = lookups.claims(cpfs)
    roots = lookups.roots_of({one for claim in claims.values() for one in (claim.home, *claim.others)})
    changed = []
    for cpf, claim in claims.items():
        disputed = len({roots[one] for one in (claim.home, *claim.others)}) > 1
        if disputed != claim.disputed:
            changed.append((disputed, cpf))
    store.run_many(f"UPDATE cadsus_identificador SET disputado = %s WHERE {_CPF}", changed)
