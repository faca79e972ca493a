"""The nationality, which no element of a feed says: it follows from the place of birth and the naturalisation.

City and 010 mean Brasileira; a portaria or a date of naturalisation, Naturalizada; the date of entry alone, or another
country, Estrangeira (cadsus-rules.md, section 9; derived there).
"""

from __future__ import annotations

import re

from lxml import etree

from vincula.formats.hl7.message import all_text, children, find
from vincula.formats.pix.reading import Reading

_BRASIL = "010"
_COUNTRY = re.compile(r"[0-9]{3}")
# What only the other nationalities have: who has this one has none of it (RN015 to RN019).
_NONE = {
    "B": ("portaria_naturalizacao", "data_naturalizacao", "data_entrada"),
    "N": ("municipio_nascimento",),
    "E": ("municipio_nascimento", "portaria_naturalizacao", "data_naturalizacao"),
}


def read_nationality(places: list[etree._Element], reading: Reading) -> None:
    """After the naturalisation was read. What the nationality rules out is given as empty where it did not come."""
    for place in places:
        address = find(place, "addr")
        parts = {} if address is None else children(address)
        texts = {name: all_text(part) for name, part in parts.items()}
        reading.give("municipio_nascimento", texts.get("city", ""))
        _read_country(texts.get("country", ""), reading)
    nationality = _inferred(reading)
    reading.give("nacionalidade", nationality)
    if nationality == "B":
        reading.give("pais_nascimento", _BRASIL)
    for name in _NONE.get(nationality, ()):
        reading.clear(name)


def _read_country(country: str, reading: Reading) -> None:
    if _COUNTRY.fullmatch(country):
        reading.give("pais_nascimento", country)
    elif country:
        reading.fault(
            "pais_nascimento",
            "O país de nascimento não é um código do CadSUS.",
            "Envie os 3 algarismos do código, 010 para Brasil.",
        )


def _inferred(reading: Reading) -> str:
    """B, N or E; "" where the feed does not tell."""
    given = reading.values
    if given.get("portaria_naturalizacao") or given.get("data_naturalizacao"):
        return "N"
    unread = {fault.field for fault in reading.faults}
    if "data_naturalizacao" in unread:
        return "N"
    if given.get("data_entrada") or "data_entrada" in unread:
        return "E"
    if "pais_nascimento" in unread:
        return ""
    country = given.get("pais_nascimento", _BRASIL if given.get("municipio_nascimento") else "")
    if not country:
        return ""
    return "B" if country == _BRASIL else "E"
