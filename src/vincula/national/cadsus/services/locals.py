"""What systems call a person: (OID of the system, its number) → person, with home and holder like a card."""

from __future__ import annotations

from collections.abc import Collection

from vincula.national.cadsus.services import store
from vincula.people.record import LocalId

MAX_LENGTH = 100


def holder(local: LocalId) -> int | None:
    """The person to whom the local id leads now; None where nobody has it."""
    query = "SELECT pessoa_id FROM cadsus_identificador_local WHERE raiz = %s AND extensao = %s"
    found = store.fetch(query, (local.raiz, local.extensao))
    return int(found[0][0]) if found else None


def bind(local: LocalId, root: int, home: int) -> None:
    """The local id, known to be free, belongs to registration `home` and leads to person `root`."""
    store.run(
        "INSERT INTO cadsus_identificador_local (raiz, extensao, sistema, pessoa_id, origem_id)"
        " VALUES (%s, %s, %s, %s, %s)",
        (local.raiz, local.extensao, local.sistema, root, home),
    )


def of(root: int) -> tuple[LocalId, ...]:
    """The local ids that lead to a person, in the order of systems and numbers."""
    query = "SELECT raiz, extensao, sistema FROM cadsus_identificador_local WHERE pessoa_id = %s"
    return tuple(LocalId(*row) for row in sorted(store.fetch(query, (root,))))


def fits(local: LocalId, limits: Collection[int] = (MAX_LENGTH, MAX_LENGTH, 50)) -> bool:
    """Whether system and number are there and short enough for the base."""
    parts = (local.raiz, local.extensao, local.sistema)
    sized = all(len(part) <= limit for part, limit in zip(parts, limits, strict=True))
    return bool(local.raiz and local.extensao) and sized and "\0" not in "".join(parts)
