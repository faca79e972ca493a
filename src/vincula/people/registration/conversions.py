"""What the rules convert before they judge: RN002.9 to 12, upper case (RN027.5, 029.5, 030.5, 039.5 to 041.5), and the
spellings that the wire knows for one code. Never refuses; a converted record converts to itself.

Ours: blanks around a value go; typographic apostrophes become '; the sex UN or N of feeds is I (C8); a blood type
loses its space (C9); a telephone type its leading zero; the name of a cartório its accents, which the v5r0 schema has
no room for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from vincula.people.demographics import sex_from_cadsus
from vincula.people.folding import FOLD_APOSTROPHES, without_accents
from vincula.people.name import converted
from vincula.people.record import Certificate, Document, PersonRecord, Phone

Part = TypeVar("Part", bound=Document | Certificate | Phone)

NAMES = ("nome", "nome_social", "nome_mae", "nome_pai")
UPPER = ("logradouro", "numero", "complemento", "bairro", "municipio_exterior", "justificativa_obito")
CODES = ("etnia", "nacionalidade", "uf", "endereco_tipo")


def convert(record: PersonRecord) -> PersonRecord:
    """The record as the rules judge it and the base keeps it."""
    changed: dict[str, Any] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if value and isinstance(value, str):
            changed[one.name] = _text(one.name, value)
    changed["documentos"] = by_kind(_document(one) for one in record.documentos)
    changed["certidoes"] = by_kind(_certificate(one) for one in record.certidoes)
    changed["telefones"] = tuple(_phone(one) for one in record.telefones)
    changed["emails"] = tuple(email for one in record.emails if (email := _strip(one)))
    return replace(record, **changed)


def by_kind(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Documents or certidões in the order in which a record holds them."""
    return tuple(sorted(parts, key=attrgetter("tipo")))


def _text(name: str, value: str) -> str:
    if name in NAMES:
        return converted(value.replace("\0", ""))
    if name in UPPER or name in CODES:
        return _upper(value)
    value = _strip(value)
    if name == "sexo":
        sex = sex_from_cadsus(value.upper())
        return sex.value if sex else value
    if name == "tipo_sanguineo":
        return "".join(value.upper().split())
    return value


def _strip(value: str) -> str:
    """Without blanks around it, and without the one character that no base holds."""
    return value.replace("\0", "").strip()


def _upper(value: str) -> str:
    return unicodedata.normalize("NFC", _strip(value).upper()).translate(FOLD_APOSTROPHES)


def _each(part: Part, change: Callable[[str], str]) -> Part:
    values: dict[str, Any] = {one.name: change(getattr(part, one.name)) for one in fields(part)}
    return replace(part, **values)


def _document(part: Document) -> Document:
    return replace(_each(part, _upper), tipo=_strip(part.tipo).lower())


def _certificate(part: Certificate) -> Certificate:
    upper = _each(part, _upper)
    return replace(upper, cartorio=without_accents(upper.cartorio))


def _phone(part: Phone) -> Phone:
    bare = _each(part, _strip)
    return replace(bare, tipo=bare.tipo.lstrip("0"), ddi=bare.ddi.lstrip("+"))
