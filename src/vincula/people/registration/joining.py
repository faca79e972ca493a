"""What a person's record becomes when new data arrive: added to what is known, or put in its place. Pure.

Numbers, local ids, grade, and what only an administrator changes (V3, V12) are not data of this kind: they stay as
held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from typing import Any

from vincula.people.identity import identity_key
from vincula.people.name import UNKNOWN_PARENT
from vincula.people.record import PersonRecord

from .address import PARTS
from .conversions import Part, by_kind
from .nationality import UNKNOWN_MUNICIPALITY

NOT_DATA = frozenset(
    {
        "id", "cartoes", "locais", "qualidade", "original_rfb", "ativa", "motivo_situacao", "vip", "motivo_vip",
        "protegida", "descricao_protecao",
    }
)  # fmt: skip
DATA = tuple(one.name for one in fields(PersonRecord) if one.name not in NOT_DATA)
_ADDRESS = (*PARTS, "uf", "endereco_tipo", "nomade")
_NATIONALITY = (
    "nacionalidade", "municipio_nascimento", "pais_nascimento", "data_naturalizacao", "portaria_naturalizacao",
    "data_entrada",
)  # fmt: skip
_RACE = ("raca_cor", "etnia")
_GROUPED = frozenset((*_ADDRESS, *_NATIONALITY, *_RACE, "documentos", "certidoes", "emails"))
# Values that say "not known": they never take the place of what is known (derived).
_UNKNOWN = {
    "nome_mae": {identity_key(UNKNOWN_PARENT)},
    "nome_pai": {identity_key(UNKNOWN_PARENT)},
    "sexo": {"I"},
    "raca_cor": {"99"},
    "municipio_nascimento": {UNKNOWN_MUNICIPALITY},
}


def replaced(
    held: PersonRecord, arrived: PersonRecord, given: Collection[str], *, whole_lists: bool = True
) -> PersonRecord:
    """The fields named in `given` as they arrived, "" where they were emptied; the others as held.

    `whole_lists` False: documents, certidões and e-mails that did not arrive are kept, as a message names some and does
    not say that others are gone.
    """
    changed = {name: getattr(arrived, name) for name in DATA if name in given}
    if not whole_lists:
        changed.update(_lists(held, arrived, changed.keys()))
    return replace(held, **changed)


def added(held: PersonRecord, arrived: PersonRecord, given: Collection[str]) -> PersonRecord:
    """What arrived is added: it wins over what is held, empties nothing, and a placeholder replaces nothing known.

    Address, nationality, race and telephones stand or fall together: half of an old address beside half of a new one
    is nobody's. Of documents and certidões those of a kind that arrived are replaced.
    """
    sent = {name for name in DATA if name in given and getattr(arrived, name)}
    told = {name for name in sent if not _says_unknown(name, held, arrived)}
    changed: dict[str, Any] = {name: getattr(arrived, name) for name in told - _GROUPED}
    if sent & {*PARTS, "nomade"}:
        changed.update(_all_of(_ADDRESS, arrived))
    if "nacionalidade" in told:
        changed.update(_nationality(held, arrived, told))
    else:
        changed.update({name: getattr(arrived, name) for name in told.intersection(_NATIONALITY)})
    if "raca_cor" in told:
        changed.update(_all_of(_RACE, arrived))
    elif "etnia" in told:
        changed["etnia"] = arrived.etnia
    changed.update(_lists(held, arrived, told))
    return replace(held, **changed)


def _says_unknown(name: str, held: PersonRecord, arrived: PersonRecord) -> bool:
    """Whether a placeholder arrived for what is known."""
    placeholders = _UNKNOWN.get(name)
    if not placeholders or not getattr(held, name):
        return False
    return identity_key(getattr(arrived, name)) in placeholders


def _all_of(names: Iterable[str], arrived: PersonRecord) -> dict[str, Any]:
    return {name: getattr(arrived, name) for name in names}


def _nationality(held: PersonRecord, arrived: PersonRecord, told: Collection[str]) -> dict[str, Any]:
    group = _all_of(_NATIONALITY, arrived)
    if "municipio_nascimento" not in told and held.nacionalidade in ("", arrived.nacionalidade):
        group["municipio_nascimento"] = held.municipio_nascimento
    return group


def _lists(held: PersonRecord, arrived: PersonRecord, told: Collection[str]) -> dict[str, Any]:
    """The lists named in `told` with what arrived put to what is held."""
    changed: dict[str, Any] = {
        name: _by_kind(getattr(held, name), getattr(arrived, name))
        for name in ("documentos", "certidoes")
        if name in told
    }
    if "emails" in told:
        changed["emails"] = _emails(held.emails, arrived.emails) if arrived.emails else held.emails
    return changed


def _by_kind(held: tuple[Part, ...], arrived: tuple[Part, ...]) -> tuple[Part, ...]:
    kinds = {one.tipo for one in arrived}
    return by_kind([*(one for one in held if one.tipo not in kinds), *arrived])


def _emails(held: tuple[str, ...], arrived: tuple[str, ...]) -> tuple[str, ...]:
    """The principal that arrived, and the alternative that arrived or else the one held."""
    known = {email.casefold() for email in arrived}
    return (*arrived, *(email for email in held[1:] if email.casefold() not in known))[: max(2, len(arrived))]
