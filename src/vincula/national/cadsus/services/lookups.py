"""What the base already knows about a batch of registrations: a few statements for the whole batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from vincula.common.bulk import as_list
from vincula.national.cadsus.models import TipoIdentificador
from vincula.national.cadsus.rules import Identity, unknown_parent
from vincula.national.cadsus.services import store
from vincula.national.cadsus.services.records import DATA, PLACE
from vincula.people.name import identity_key

_COLUMNS = ", ".join(
    ("id", "registro_origem", "cpf", *DATA, "atualizado_em", "nome_chave", "mae_chave", "unida_em_id", "outros_dados")
)  # fmt: skip
_NAME, _MOTHER, _SEX, _BIRTH = (PLACE[n] for n in ("nome", "nome_mae", "sexo", "data_nascimento"))


@dataclass(slots=True)
class Held:
    """A registration of the base while a batch works on it."""

    id: int
    registro: str
    cpf: str
    data: tuple[str, ...]
    atualizado_em: str
    nome_chave: str
    mae_chave: str
    unida_em: int | None = None
    outros: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Birth and name key: what namesakes share."""
        return self.data[_BIRTH], self.nome_chave

    def rekey(self) -> None:
        """Compute the keys again after the names changed."""
        mother = self.data[_MOTHER]
        self.nome_chave = identity_key(self.data[_NAME])
        self.mae_chave = "" if unknown_parent(mother) else identity_key(mother)

    def identity(self, cpfs: Iterable[str]) -> Identity:
        """What the registration is compared by, with the CPFs that its person bears."""
        return Identity(frozenset(cpfs), self.nome_chave, self.data[_BIRTH], self.mae_chave, self.data[_SEX])


@dataclass(slots=True)
class Claim:
    """Who bears a CPF: the home, which had it first, and the others; ids of registrations."""

    home: int
    others: set[int] = field(default_factory=set)
    disputed: bool = False


def identifiers(tipo: TipoIdentificador, values: Collection[str]) -> dict[str, int]:
    """valor → home registration."""
    query = f"SELECT valor, origem_id FROM cadsus_identificador WHERE tipo = {int(tipo)} AND valor {{among}}"
    return dict(store.fetch_among(query, values))


def claims(cpfs: Collection[str]) -> dict[str, Claim]:
    """CPF → who bears it; those that nobody bears are left out."""
    query = "SELECT valor, origem_id, disputado FROM cadsus_identificador WHERE tipo = 1 AND valor {among}"
    found = {
        cpf: Claim(home, set(), bool(disputed)) for cpf, home, disputed in store.fetch_among(query, cpfs)
    }
    query = "SELECT cpf, origem_id FROM cadsus_reivindicacao WHERE cpf {among}"
    for cpf, person in store.fetch_among(query, found):
        found[cpf].others.add(person)
    return found


def card_holders(numbers: Collection[str]) -> dict[str, int]:
    """CNS → who holds it now."""
    return dict(store.fetch_among("SELECT cns, pessoa_id FROM cadsus_cartao WHERE cns {among}", numbers))


def persons(ids: Collection[int]) -> list[Held]:
    """The registrations with these ids, in no order; those that do not exist are left out."""
    query = f"SELECT {_COLUMNS} FROM cadsus_pessoa WHERE id {{among}}"
    return [_held(row) for row in store.fetch_among(query, ids)]


def lookalikes(pairs: Sequence[tuple[str, str]]) -> list[Held]:
    """The registrations of one of these (birth, name key)."""
    if not pairs:
        return []
    if connection.vendor == "postgresql":
        wanted = "SELECT * FROM unnest(%s::text[], %s::text[])"
        parameters: tuple[Any, ...] = ([birth for birth, _ in pairs], [name for _, name in pairs])
    else:
        wanted = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)"
        parameters = (as_list(pairs),)
    query = f"SELECT {_COLUMNS} FROM cadsus_pessoa WHERE (data_nascimento, nome_chave) IN ({wanted})"
    return [_held(row) for row in store.fetch(query, parameters)]


def _held(row: tuple[Any, ...]) -> Held:
    data = 3 + len(DATA)
    return Held(row[0], row[1], row[2], tuple(row[3:data]), *row[data:])


def cpfs_of(roots: Collection[int]) -> dict[int, set[str]]:
    """Person → every CPF that one of its registrations bears, disputed ones too."""
    found: dict[int, set[str]] = {root: set() for root in roots}
    for query in (
        "SELECT pessoa_id, valor FROM cadsus_identificador WHERE tipo = 1 AND pessoa_id {among}",
        "SELECT pessoa_id, cpf FROM cadsus_reivindicacao WHERE pessoa_id {among}",
    ):
        for person, cpf in store.fetch_among(query, roots):
            found[person].add(cpf)
    return found


def roots_of(ids: Collection[int]) -> dict[int, int]:
    """Registration → the end of its chain of unifications. Ids that do not exist are left out."""
    query = """
        WITH RECURSIVE chain(start, id, next) AS (
            SELECT id, id, unida_em_id FROM cadsus_pessoa WHERE id {among}
            UNION ALL
            SELECT c.start, p.id, p.unida_em_id FROM chain c JOIN cadsus_pessoa p ON p.id = c.next
        )
        SELECT start, id FROM chain WHERE next IS NULL
    """
    return dict(store.fetch_among(query, ids))


def tree_of(root: int) -> set[int]:
    """The registration and all that were unified into it, at any depth."""
    query = """
        WITH RECURSIVE tree(id) AS (
            SELECT CAST(%s AS bigint) UNION ALL
            SELECT p.id FROM tree t JOIN cadsus_pessoa p ON p.unida_em_id = t.id
        )
        SELECT id FROM tree
    """
    return {row[0] for row in store.fetch(query, (root,))}
