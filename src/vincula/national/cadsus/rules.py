"""The decisions of the CNS base: which card is the master, who is the same person, whose data win. Pure.

Sources: design, section 3 (uniqueness, the law of numbers, the order of the master card); cadsus-
services.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

MASTER_PREFIXES = "79128"
KNOWN_SEXES = frozenset("MF")
UNKNOWN_PARENT = "SEM INFORMACAO"  # the identity key of the official placeholder, SEM INFORMAÇÃO


class Card(NamedTuple):
    """What the choice of the master looks at. `atribuido_em`: ISO date or ""; `origem`: id of the home
    registration; `ordem`: 0 for the number that a registration gave as its own, then as it listed the
    others.
    """

    cns: str
    tipo: str
    atribuido_em: str = ""
    origem: int = 0
    ordem: int = 0


def master(cards: Iterable[Card], chosen: str = "") -> str:
    """The master number of a person; "" for one without cards.

    The one chosen at unification, else the definitive one, else by prefix 7, 9, 1, 2, 8, else the oldest:
    the earliest known date, then the registration that the base took first, then its own order.
    """
    best = min(cards, key=lambda card: _preference(card, chosen), default=None)
    return best.cns if best else ""


def _preference(card: Card, chosen: str) -> tuple[bool, bool, int, str, int, int, str]:
    prefix = MASTER_PREFIXES.find(card.cns[:1])
    return (
        card.cns != chosen,
        card.tipo != "D",
        prefix if prefix >= 0 else len(MASTER_PREFIXES),
        card.atribuido_em or "9999-12-31",
        card.origem,
        card.ordem,
        card.cns,
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """What two registrations are compared by. `nome` and `mae` are identity keys, "" when not known."""

    cpfs: frozenset[str]
    nome: str
    data_nascimento: str
    mae: str
    sexo: str


class Tie(Enum):
    """What stands between two registrations."""

    SAME = "a mesma pessoa"
    DISPUTE = "mesmo CPF, mas nome e nascimento não permitem dizer que é a mesma pessoa"
    REVIEW = "mesmo nome e nascimento, sem mãe ou sexo que confirmem"
    OTHER = "outra pessoa"


def compare(one: Identity, other: Identity) -> Tie:
    """Same CPF, and same name or same birth and first name: the same. Same CPF alone: a dispute. A CPF on
    one side at most: the same only if name, birth and mother are, and no sex contradicts; name and
    birth alone are for people to see.
    """
    if one.cpfs & other.cpfs:
        return Tie.SAME if _same_holder(one, other) else Tie.DISPUTE
    if one.cpfs and other.cpfs:
        return Tie.OTHER
    if not one.nome or not one.data_nascimento:
        return Tie.OTHER
    if (one.nome, one.data_nascimento) != (other.nome, other.data_nascimento):
        return Tie.OTHER
    contradicted = one.sexo != other.sexo and {one.sexo, other.sexo} <= KNOWN_SEXES
    return Tie.SAME if one.mae and one.mae == other.mae and not contradicted else Tie.REVIEW


def _same_holder(one: Identity, other: Identity) -> bool:
    if one.nome and one.nome == other.nome:
        return True
    if not one.data_nascimento or one.data_nascimento != other.data_nascimento:
        return False
    first = one.nome.partition(" ")[0]
    return bool(first) and first == other.nome.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """Join the registration to `person`; None: make a new one, and leave `pairs` for people to look at."""

    person: int | None = None
    pairs: tuple[tuple[int, Tie], ...] = ()


def decide(new: Identity, candidates: Iterable[tuple[int, Identity]]) -> Decision:
    """Which person a registration is of, among (person, identity) candidates: those that claim its CPF and
    those of the same name and birth. A person may come several times, once per registration unified into
    it.

    The CPF speaks first. When two persons fit equally well the registration is a new one, never a guess.
    """
    ties: dict[int, set[Tie]] = {}
    claimants: set[int] = set()
    for person, known in candidates:
        ties.setdefault(person, set()).add(compare(new, known))
        if new.cpfs & known.cpfs:
            claimants.add(person)
    same = [p for p in ties if Tie.SAME in ties[p] and (p in claimants or not claimants)]
    if len(same) == 1:
        return Decision(same[0])
    pairs = tuple(
        (p, Tie.DISPUTE if p in claimants else Tie.REVIEW) for p in sorted(ties) if ties[p] != {Tie.OTHER}
    )
    return Decision(pairs=pairs)


# Fields that stand or fall together: half of an old address beside half of a new one is nobody's address.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("ddd", "telefone"),
    (
        "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "municipio", "uf",
    ),
)  # fmt: skip
PARENTS = ("nome_mae", "nome_pai")


class Merger:
    """Joins the data of two registrations, as rows in the order of `fields`."""

    def __init__(self, fields: Sequence[str], not_merged: Iterable[str] = ()) -> None:
        place = {name: index for index, name in enumerate(fields)}
        grouped = {name for group in GROUPS for name in group}
        alone = tuple((name,) for name in fields if name not in grouped and name not in set(not_merged))
        self._groups = [tuple(place[name] for name in group) for group in (*alone, *GROUPS)]
        self._parents = {(place[name],) for name in PARENTS}

    def merge(self, held: Sequence[str], arrived: Sequence[str], *, arrived_wins: bool) -> tuple[str, ...]:
        """The newest data win; what the older alone knows is kept. A placeholder never replaces a known
        parent.
        """
        merged = list(held)
        for group in self._groups:
            first = group[0]
            old = any(held[i] for i in group)
            new = any(arrived[i] for i in group)
            if not new or (old and not arrived_wins):
                continue
            if group in self._parents and old and unknown_parent(arrived[first]):
                continue
            for i in group:
                merged[i] = arrived[i]
        return tuple(merged)


def unknown_parent(name: str) -> bool:
    """Whether the name is the placeholder for a parent not known."""
    return name.upper().replace("Ç", "C").replace("Ã", "A").strip() == UNKNOWN_PARENT
