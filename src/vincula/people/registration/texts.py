"""Characters, terms and dates: what several rules ask of a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vincula.people.demographics import is_date
from vincula.people.name_items import allowed
from vincula.people.terms import Match, official

from .faults import Around, Fault

EARLIEST_YEAR = 1851  # RN009.5: the year is greater than 1850
_ISO_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ADDRESS_SIGNS = frozenset("-()/,")
_ALPHANUMERIC = re.compile(r"[0-9A-Z]+", re.ASCII)


def fits_address(text: str) -> bool:
    """RN027.2 and 4: letters, digits, accents, apostrophe, space, and `-` `(` `)` `/` `,`."""
    return all(one in _ADDRESS_SIGNS or one in "0123456789" or allowed(one) for one in text)


def fits_prose(text: str) -> bool:
    """RN013.2: letters, digits, accents and punctuation marks."""
    return all(
        one in "0123456789" or allowed(one) or unicodedata.category(one).startswith("P") for one in text
    )


def is_document_number(text: str) -> bool:
    """RN033.3, RN051.3: letters and digits, up to 15, not letters only."""
    return len(text) <= 15 and _ALPHANUMERIC.fullmatch(text) is not None and not text.isalpha()


def whole_field_term(text: str, around: Around, exempt: frozenset[str] = frozenset()) -> bool:
    """Whether the whole field is an invalid term (RN055, our reading for addresses)."""
    return bool((around.terms or official()).find(text, Match.WHOLE_FIELD, exempt))


def too_long(text: str, limit: int, number: int, field: str, name: str) -> Iterator[Fault]:
    """The size that the document's own table of fields gives field `number`; `name` with its article."""
    if len(text) > limit:
        yield Fault(
            f"CAMPO{number:02}", field, f"{name} passa de {limit} caracteres.", "Encurte o que foi informado."
        )


def date_faults(
    value: str, field: str, name: str, via: str, around: Around, birth: str = "", *, future: bool = False
) -> Iterator[Fault]:
    """RN009 of a date given. `name`: how messages call it ("data de óbito"); `via`: the item that asks for RN009;
    `birth`: the date of birth, "" where it is this date or not known; `future`: spared of item 2.
    """
    if not value:
        return
    if not _ISO_SHAPE.fullmatch(value):
        message = f"A {name} não está no formato de data."
        yield Fault("RN009.4", field, message, "Informe dia, mês e ano.", via)
    elif not is_date(value):
        yield Fault("RN009.3", field, f"A {name} não existe no calendário.", "Confira o documento.", via)
    else:
        yield from _out_of_range(value, field, name, via, around, birth, future)


def _out_of_range(
    value: str, field: str, name: str, via: str, around: Around, birth: str, future: bool
) -> Iterator[Fault]:
    if is_date(birth) and value < birth:
        message = f"A {name} é anterior ao nascimento."
        yield Fault("RN009.1", field, message, "Confira as duas datas.", via)
    if value > around.today and not future:
        yield Fault("RN009.2", field, f"A {name} está no futuro.", "Confira a data no documento.", via)
    if int(value[:4]) < EARLIEST_YEAR:
        message = f"O ano da {name} não é maior que 1850."
        yield Fault("RN009.5", field, message, "Confira o ano, com quatro algarismos.", via)
